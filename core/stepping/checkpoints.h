// Checkpoints keep the parameters from before chosen updates, so that a timeline can
// go back: it loads the nearest one and repeats the updates since, which give the
// same bits again. The memory is allocated once; when it is full, every second
// checkpoint is dropped and from then on half as many are kept.
#pragma once

#include <memory>
#include <vector>

#include "core/engine/matrix.h"

namespace backstep {

class Checkpoints {
 public:
  // For `size` doubles each, in at most `bytes` of memory (but at least four).
  Checkpoints(Index size, std::size_t bytes);

  // Keeps `parameters` as those before update number `update`, unless there is a later
  // checkpoint. Without `needed` only every stride-th update is kept. A checkpoint is
  // needed after an edit, when repeating updates does not lead to these parameters.
  void keep(long update, const double* parameters, bool needed);
  // Whether keep() would keep `update` without its being needed.
  bool wants(long update) const;

  // The update of the latest checkpoint at or before `update`, and the parameters of a
  // checkpoint. There is always one at first().
  long at_or_before(long update) const;
  const double* parameters_at(long checkpoint) const;

  // The parameters with which `update` begins if that checkpoint was needed, else null.
  const double* needed_at(long update) const;

  long first() const { return entries_[0].update; }
  void forget_from(long update);    // this one and all later
  void forget_before(long update);  // all earlier

 private:
  struct Entry {
    long update;
    bool needed;
    Index slot;
  };

  int find(long update) const;
  void thin_out();

  Index size_ = 0;
  long stride_ = 1;
  std::vector<Entry> entries_;
  std::vector<Index> free_slots_;
  std::unique_ptr<double[]> memory_;
};

}  // namespace backstep
