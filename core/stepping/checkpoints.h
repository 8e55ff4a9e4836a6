// Checkpoints keep the parameters as they stood before chosen updates, so that
// a timeline can go back: load the nearest one, then repeat the updates since,
// which give the same bits again. The memory is taken once; when it is full,
// every second checkpoint is dropped and they are kept half as often.
#pragma once

#include <memory>
#include <vector>

#include "core/engine/matrix.h"

namespace backstep {

class Checkpoints {
 public:
  // For `size` doubles each, in at most `bytes` of memory (but at least four).
  Checkpoints(Index size, std::size_t bytes);

  // Keeps `parameters` as those before update number `update`, unless that or a
  // later one is kept already. Unless `needed`, only every stride-th is.
  // One that is needed (after an edit) cannot be found by repeating updates.
  void keep(long update, const double* parameters, bool needed);
  // Whether keep() would keep `update` although it is not needed.
  bool wants(long update) const;

  // The number of the latest checkpoint at or before `update`, and its
  // parameters; there is always one at first().
  long at_or_before(long update) const;
  const double* parameters_at(long kept_update) const;

  // The parameters with which `update` begins when that cannot be found by
  // repeating updates, else null.
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
