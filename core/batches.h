// Batches deal a training set out to the passes: which samples update number u
// sees. With a batch size of 0 every pass sees all of them. An epoch is as many
// whole batches as the set has; samples left over wait for the next shuffle.
#pragma once

#include <cstdint>
#include <vector>

#include "core/graph.h"
#include "core/program.h"
#include "core/training.h"

namespace backstep {

class Batches {
 public:
  Batches() = default;  // no named data: every pass is an epoch
  Batches(NamedData data, const Training& training);

  bool dealt() const { return per_epoch_ > 1 || shuffle_; }  // passes differ in their data
  long per_epoch() const { return per_epoch_; }
  long epoch_of(long update) const { return update / per_epoch_; }
  long samples() const { return samples_; }
  long batch_size() const { return size_; }
  const NamedData& data() const { return data_; }

  // The data a graph for these batches is built with.
  NamedData first() const;

  // The sample in each row of update `update`.
  const std::vector<long>& rows_of(long update) const;

  // Finds the leaves of a graph built with first(): the graph that load() and
  // take_back() are for, or a clone of it.
  void attach(const Graph& graph);
  // Copies the rows of `update` into the graph's named leaves.
  void load(const Graph& graph, long update) const;
  // Takes the graph's rows over into the data, after an edit of them.
  // Returns whether anything changed.
  bool take_back(const Graph& graph, long update);

 private:
  NamedData data_;
  std::vector<int> leaves_;
  long samples_ = 0, size_ = 0, per_epoch_ = 1;
  bool shuffle_ = false;
  std::uint64_t seed_ = 1;
  mutable long order_of_ = -1, rows_of_ = -1;  // the epoch and update known at present
  mutable std::vector<long> order_, rows_;
};

}  // namespace backstep
