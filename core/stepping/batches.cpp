#include "core/stepping/batches.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <numeric>

#include "core/base/random.h"

namespace backstep {

namespace {

// Fisher and Yates' shuffle, a different one for every epoch.
void shuffle(std::vector<long>& order, std::uint64_t seed, long epoch) {
  Random random(seed * 0x9E3779B97F4A7C15u + static_cast<std::uint64_t>(epoch));
  for (std::size_t i = order.size(); i > 1; --i) {
    const auto j = static_cast<std::size_t>(random.uniform() * static_cast<double>(i));
    std::swap(order[i - 1], order[j]);
  }
}

long size_of_batch(long samples, const Training& training) {
  return training.batch_size <= 0 ? samples : std::min(training.batch_size, samples);
}

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

}  // namespace

bool operator==(const RowEdit& a, const RowEdit& b) {
  return same_bits(a.before, b.before) && same_bits(a.now, b.now);
}

long passes_per_epoch(long samples, const Training& training) {
  const long size = size_of_batch(samples, training);
  if (size == 0) return 1;
  return training.drop_last ? samples / size : (samples + size - 1) / size;
}

Batches::Batches(NamedData& rows, const Training& training)
    : data_(&rows), shuffle_(training.shuffle), seed_(training.seed) {
  for (const auto& [name, matrix] : rows) samples_ = std::max(samples_, long{matrix.shape.rows});
  if (samples_ == 0) {
    shuffle_ = false;
    return;
  }
  size_ = size_of_batch(samples_, training);
  per_epoch_ = passes_per_epoch(samples_, training);
  order_.resize(static_cast<std::size_t>(samples_));
  rows_.resize(static_cast<std::size_t>(size_));
}

void Batches::attach(const Graph& graph) {
  leaves_.clear();
  for (std::size_t i = 0; i < graph.nodes().size(); ++i)
    if (!graph.nodes()[i].data_name.empty()) leaves_.push_back(static_cast<int>(i));
}

NamedData Batches::first() const {
  if (samples_ == 0) return {};
  return uses_mini_batches() ? rows_named(rows_of(0)) : *data_;
}

NamedData Batches::smaller() const {
  assert(has_smaller() && "no batch is smaller than the others");
  return rows_named(rows_of(per_epoch_ - 1));
}

NamedData Batches::rows_named(const std::vector<long>& rows) const {
  NamedData batch;
  for (const auto& [name, all] : *data_) {
    const auto width = static_cast<std::size_t>(all.shape.columns);
    Matrix& part = batch[name];
    part.shape = {static_cast<Index>(rows.size()), all.shape.columns};
    part.entries.clear();
    for (long row : rows) {
      const double* from = all.entries.data() + static_cast<std::size_t>(row) * width;
      part.entries.insert(part.entries.end(), from, from + width);
    }
  }
  return batch;
}

const std::vector<long>& Batches::rows_of(long update) const {
  if (update == rows_of_ || samples_ == 0) return rows_;
  const long epoch = epoch_of(update);
  if (epoch != order_of_ && (shuffle_ || order_of_ < 0)) {
    std::iota(order_.begin(), order_.end(), 0);
    if (shuffle_) shuffle(order_, seed_, epoch);
    order_of_ = epoch;
  }
  const long first = update % per_epoch_ * size_;
  rows_.resize(static_cast<std::size_t>(std::min(size_, samples_ - first)));
  std::copy_n(order_.begin() + first, rows_.size(), rows_.begin());
  rows_of_ = update;
  return rows_;
}

void Batches::load(const Graph& graph, long update) const {
  if (samples_ == 0) return;
  const std::vector<long>& rows = rows_of(update);
  for (int leaf : leaves_) {
    const Node& node = graph.node(leaf);
    const double* from = data_->at(node.data_name).entries.data();
    const Index width = node.value.shape.columns;
    for (std::size_t i = 0; i < rows.size(); ++i)
      std::memcpy(node.value.data + static_cast<Index>(i) * width, from + rows[i] * width,
                  sizeof(double) * static_cast<std::size_t>(width));
  }
}

// ---- edits by hand -----------------------------------------------------------------

// Only an entry that differs from what was loaded is an edit: where numbers are
// rounded, the row keeps the digits that the graph does not see.
void Batches::store_edits(const Graph& graph, int leaf, long update) {
  if (samples_ == 0) return;
  const Node& node = graph.node(leaf);
  const std::vector<double>& all = data_->at(node.data_name).entries;
  const Index width = node.value.shape.columns;
  const std::vector<long>& rows = rows_of(update);
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (Index column = 0; column < width; ++column) {
      const Index entry = rows[i] * width + column;
      const double loaded = round_to(all[static_cast<std::size_t>(entry)], graph.pass().precision);
      const double now = node.value(static_cast<Index>(i), column);
      if (!same_bits(loaded, now)) edit({node.data_name, entry}, now);
    }
}

void Batches::edit(const RowEntry& place, double value) {
  double& number = data_->at(place.name).entries[static_cast<std::size_t>(place.entry)];
  const double before = edits_.try_emplace(place, RowEdit{number, value}).first->second.before;
  number = value;
  if (same_bits(before, value))
    edits_.erase(place);
  else
    edits_[place].now = value;
}

bool Batches::set_edits(const RowEdits& edits) {
  if (samples_ == 0 || edits == edits_) return false;
  for (const auto& [place, edit] : edits_)
    data_->at(place.name).entries[static_cast<std::size_t>(place.entry)] = edit.before;
  edits_.clear();
  for (const auto& [place, wanted] : edits) {
    const auto rows = data_->find(place.name);
    if (rows == data_->end() || place.entry >= rows->second.shape.size()) continue;
    if (same_bits(rows->second.entries[static_cast<std::size_t>(place.entry)], wanted.before))
      edit(place, wanted.now);
  }
  return true;
}

}  // namespace backstep
