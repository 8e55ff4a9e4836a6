// Batches divide a training set into mini-batches and say which samples each pass
// sees. With a batch size of 0 every pass sees all of them. An epoch goes once
// through the set: samples that do not fill a batch make a smaller last one, as with
// PyTorch's DataLoader, unless drop_last leaves them out.
//
// The rows belong to whoever made the batches, and are not copied. Editing a row by
// hand changes it there, and batches remember what it was before.
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

// An entry of the rows that was set by hand: where it is, what it was, what it is.
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

  // False if every pass sees all rows in their own order.
  bool uses_mini_batches() const { return size_ < samples_ || shuffle_; }
  long per_epoch() const { return per_epoch_; }
  long epoch_of(long update) const { return update / per_epoch_; }
  long samples() const { return samples_; }
  long batch_size() const { return size_; }
  // Samples in the smaller last batch, or left out by drop_last.
  long remainder() const { return size_ > 0 ? samples_ % size_ : 0; }
  bool has_smaller() const { return per_epoch_ > 1 && per_epoch_ * size_ > samples_; }
  bool is_smaller(long update) const {
    return has_smaller() && update % per_epoch_ == per_epoch_ - 1;
  }

  // The data to build a graph with: those of the first batch, and of the smaller last
  // one.
  NamedData first() const;
  NamedData smaller() const;

  // The sample in each row of update `update`.
  const std::vector<long>& rows_of(long update) const;

  // Finds the leaves that are filled from the batches, in a graph built with first().
  // load() and store_edits() take that graph or another of the same program.
  void attach(const Graph& graph);
  // Copies the rows of `update` into the graph's named leaves.
  void load(const Graph& graph, long update) const;
  // Stores the rows of `leaf` in the data after it was edited.
  void store_edits(const Graph& graph, int leaf, long update);

  const RowEdits& edits() const { return edits_; }
  // Makes `edits` the only edits of the rows. Edits of other data, where the number
  // before is not the one that stands there, are left out. Returns whether any row
  // changed.
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
  mutable long order_of_ = -1, rows_of_ = -1;  // the epoch of order_, the update of rows_
  mutable std::vector<long> order_, rows_;
};

// Passes in an epoch of `samples` samples.
long passes_per_epoch(long samples, const Training& training);

}  // namespace backstep
