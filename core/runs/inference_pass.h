// An InferencePass runs a trained network forward over many rows, a chunk at a time,
// as when it is used rather than trained: batch norm with its running
// statistics, no dropout. It can stop at a deadline and go on later.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>

#include "core/base/deadline.h"
#include "core/engine/graph.h"
#include "core/program/program.h"

namespace backstep {

// Builds the graph of a program for rows of data; node numbers are the same for
// any number of rows.
using GraphMaker = std::function<Graph(const NamedData&)>;

// The graph for evenly chosen rows of `data`: at most `rows` of them, or where those
// would take too much memory, five eighths of that, and so on. `rows` becomes their number.
Graph graph_that_fits(const GraphMaker& make, const NamedData& data, long& rows);
// Copies those rows of `data` into the graph's named leaves again.
void load_evenly(const Graph& graph, const NamedData& data);

class InferencePass {
 public:
  static constexpr long default_chunk = 128;

  // `rows` holds every name the program reads; all have the same number of rows.
  // They outlive the pass, which reads them anew every time.
  InferencePass(const GraphMaker& make, const NamedData& rows, long chunk = default_chunk);

  // From the first row, with the parameters `trained` has now.
  void begin(const Graph& trained);
  // Goes on; `done` is called with the graph after each chunk, the number of
  // its first row and its count of rows. True when the last row is done.
  using Done = std::function<void(const Graph&, long first, long count)>;
  bool work(const Deadline& deadline, const Done& done);

  long rows() const { return count_; }
  // Whether the last begin() has been worked through.
  bool finished() const { return row_ >= count_; }

 private:
  Graph& graph_at(long row);
  long graph_rows(long row) const { return std::min(chunk_, count_ - row); }

  const NamedData& data_;
  long count_ = 0, chunk_ = 0, row_ = 0;
  std::size_t op_ = 0;
  std::optional<Graph> whole_, rest_;  // for full chunks, for the last
};

// The mean loss over the rows of a data set, each weighted alike.
class DatasetLoss {
 public:
  DatasetLoss(const GraphMaker& make, const NamedData& split) : pass_(make, split) {}
  void begin(const Graph& trained);
  bool work(const Deadline& deadline);  // true when loss() is known
  double loss() const { return loss_; }

 private:
  InferencePass pass_;
  double loss_ = 0;
};

}  // namespace backstep
