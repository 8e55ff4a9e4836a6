// Batches deal a training set out to the passes: which samples update number u
// sees. With a batch size of 0 every pass sees all of them. An epoch is once
// through the set: the samples that do not fill a batch make a smaller last one,
// as PyTorch's DataLoader deals them, unless drop_last leaves them out.
//
// The rows belong to whoever made the batches; there is no second copy of them.
// A row edited by hand is edited there, and batches remember what it was before.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/engine/graph.h"
#include "core/program/program.h"
#include "core/stepping/training.h"

namespace backstep {

// Entries of the rows that were set by hand: what they were, and what they are.
struct RowEntry {
  std::string name;  // "x" of input("x")
  Index entry = 0;
  auto operator<=>(const RowEntry&) const = default;
};
struct RowEdit {
  double before = 0, now = 0;
  friend bool operator==(const RowEdit& a, const RowEdit& b);  // to the bit
};
using RowEdits = std::map<RowEntry, RowEdit>;

class Batches {
 public:
  Batches() = default;  // no named data: every pass is an epoch
  // `rows` outlive the batches and all copies of them.
  Batches(NamedData& rows, const Training& training);

  bool dealt() const { return size_ < samples_ || shuffle_; }  // a pass sees not just all rows
  long per_epoch() const { return per_epoch_; }
  long epoch_of(long update) const { return update / per_epoch_; }
  long samples() const { return samples_; }
  long batch_size() const { return size_; }
  // Samples in the smaller last batch, or left over when drop_last leaves them out.
  long remainder() const { return size_ > 0 ? samples_ % size_ : 0; }
  bool has_smaller() const { return per_epoch_ > 1 && per_epoch_ * size_ > samples_; }
  bool is_smaller(long update) const {
    return has_smaller() && update % per_epoch_ == per_epoch_ - 1;
  }

  // The data a graph for these batches is built with: that of the first, and that
  // of the smaller last one.
  NamedData first() const;
  NamedData smaller() const;

  // The sample in each row of update `update`.
  const std::vector<long>& rows_of(long update) const;

  // Finds the leaves of a graph built with first(): the graph that load() and
  // take_back() are for, or another of the same program.
  void attach(const Graph& graph);
  // Copies the rows of `update` into the graph's named leaves.
  void load(const Graph& graph, long update) const;
  // Takes the rows of `leaf` over into the data, after an edit of it.
  void take_back(const Graph& graph, int leaf, long update);

  const RowEdits& edits() const { return edits_; }
  // Edits the rows as in `edits`, and only so. Those that stand on another number
  // than they were made on are of other data, and left out. Returns whether any
  // row changed.
  bool set_edits(const RowEdits& edits);

 private:
  NamedData rows_named(const std::vector<long>& rows) const;
  void edit(const RowEntry& place, double value);

  NamedData* data_ = nullptr;
  std::vector<int> leaves_;
  long samples_ = 0, size_ = 0, per_epoch_ = 1;
  bool shuffle_ = false;
  std::uint64_t seed_ = 1;
  RowEdits edits_;
  mutable long order_of_ = -1, rows_of_ = -1;  // the epoch and update known at present
  mutable std::vector<long> order_, rows_;
};

// Passes in an epoch of `samples` samples.
long passes_per_epoch(long samples, const Training& training);

}  // namespace backstep
