#include "core/batches.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <numeric>

#include "core/random.h"

namespace backstep {

namespace {

// Fisher and Yates' shuffle, another one for every epoch.
void shuffle(std::vector<long>& order, std::uint64_t seed, long epoch) {
  Random random(seed * 0x9E3779B97F4A7C15u + static_cast<std::uint64_t>(epoch));
  for (std::size_t i = order.size(); i > 1; --i) {
    const auto j = static_cast<std::size_t>(random.uniform() * static_cast<double>(i));
    std::swap(order[i - 1], order[j]);
  }
}

}  // namespace

Batches::Batches(NamedData data, const Training& training)
    : data_(std::move(data)), shuffle_(training.shuffle), seed_(training.seed) {
  for (const auto& [name, rows] : data_) samples_ = std::max(samples_, long{rows.shape.rows});
  size_ = training.batch_size <= 0 ? samples_ : std::min(training.batch_size, samples_);
  if (samples_ == 0) {
    shuffle_ = false;
    return;
  }
  per_epoch_ = samples_ / size_;
  order_.resize(static_cast<std::size_t>(samples_));
  rows_.resize(static_cast<std::size_t>(size_));
}

void Batches::attach(const Graph& graph) {
  leaves_.clear();
  for (std::size_t i = 0; i < graph.nodes().size(); ++i)
    if (!graph.nodes()[i].data_name.empty()) leaves_.push_back(static_cast<int>(i));
}

NamedData Batches::first() const {
  if (!dealt()) return data_;
  NamedData batch;
  for (const auto& [name, rows] : data_) {
    const auto width = static_cast<std::size_t>(rows.shape.columns);
    Matrix& part = batch[name];
    part.shape = {size_, rows.shape.columns};
    part.entries.clear();
    for (long row : rows_of(0)) {
      const double* from = rows.entries.data() + static_cast<std::size_t>(row) * width;
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
  std::copy_n(order_.begin() + update % per_epoch_ * size_, size_, rows_.begin());
  rows_of_ = update;
  return rows_;
}

void Batches::load(const Graph& graph, long update) const {
  if (!dealt()) return;
  const std::vector<long>& rows = rows_of(update);
  for (int leaf : leaves_) {
    const Node& node = graph.node(leaf);
    const double* from = data_.at(node.data_name).entries.data();
    const Index width = node.value.shape.columns;
    for (std::size_t i = 0; i < rows.size(); ++i)
      std::memcpy(node.value.data + static_cast<Index>(i) * width, from + rows[i] * width,
                  sizeof(double) * static_cast<std::size_t>(width));
  }
}

bool Batches::take_back(const Graph& graph, long update) {
  if (samples_ == 0) return false;
  bool changed = false;
  const std::vector<long>& rows = rows_of(update);
  for (int leaf : leaves_) {
    const Node& node = graph.node(leaf);
    double* to = data_.at(node.data_name).entries.data();
    const Index width = node.value.shape.columns;
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (Index column = 0; column < width; ++column) {
        double& sample = to[rows[i] * width + column];
        const double edited = node.value(static_cast<Index>(i), column);
        changed |= std::memcmp(&sample, &edited, sizeof(double)) != 0;
        sample = edited;
      }
  }
  return changed;
}

}  // namespace backstep
