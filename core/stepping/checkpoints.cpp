#include "core/stepping/checkpoints.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace backstep {

namespace {
constexpr Index most_checkpoints = 16384;
// Larger checkpoints are kept less often, so that copying them does not slow training
// down; repeating a few updates costs little.
constexpr Index most_doubles_per_update = 8192;
}  // namespace

Checkpoints::Checkpoints(Index size, std::size_t bytes) : size_(size) {
  const Index affordable = static_cast<Index>(bytes / sizeof(double)) / std::max<Index>(size, 1);
  const Index count = std::clamp<Index>(affordable, 4, most_checkpoints);
  while (stride_ * most_doubles_per_update < size) stride_ *= 2;
  entries_.reserve(count);
  // Uninitialised, so that pages without a checkpoint take no memory.
  memory_.reset(new double[std::max<Index>(count * size, 1)]);
  for (Index slot = count - 1; slot >= 0; --slot) free_slots_.push_back(slot);
}

int Checkpoints::find(long update) const {
  const auto after = std::upper_bound(entries_.begin(), entries_.end(), update,
                                      [](long u, const Entry& entry) { return u < entry.update; });
  return static_cast<int>(after - entries_.begin()) - 1;
}

void Checkpoints::keep(long update, const double* parameters, bool needed) {
  // After going back, updates give the same bits again: kept already, or thinned out.
  if (!entries_.empty() && update < entries_.back().update) return;
  const bool known = !entries_.empty() && entries_.back().update == update;
  if (!known && !needed && !entries_.empty() && update % stride_ != 0) return;
  if (!known) {
    if (free_slots_.empty()) thin_out();
    entries_.push_back({update, needed, free_slots_.back()});
    free_slots_.pop_back();
  }
  entries_.back().needed |= needed;
  if (size_ > 0)
    std::memcpy(&memory_[entries_.back().slot * size_], parameters, sizeof(double) * size_);
}

bool Checkpoints::wants(long update) const {
  return entries_.empty() || (update > entries_.back().update && update % stride_ == 0);
}

long Checkpoints::at_or_before(long update) const {
  const int index = find(update);
  assert(index >= 0 && "before the first checkpoint there is none");
  return entries_[index].update;
}

const double* Checkpoints::parameters_at(long checkpoint) const {
  const Entry& entry = entries_[find(checkpoint)];
  assert(entry.update == checkpoint && "only updates with a checkpoint have parameters");
  return &memory_[entry.slot * size_];
}

const double* Checkpoints::needed_at(long update) const {
  if (entries_.empty() || entries_.back().update < update) return nullptr;
  const int index = find(update);
  const bool found = index >= 0 && entries_[index].update == update && entries_[index].needed;
  return found ? &memory_[entries_[index].slot * size_] : nullptr;
}

void Checkpoints::forget_from(long update) {
  while (!entries_.empty() && entries_.back().update >= update) {
    free_slots_.push_back(entries_.back().slot);
    entries_.pop_back();
  }
}

void Checkpoints::forget_before(long update) {
  const auto end = entries_.begin() + (find(update - 1) + 1);
  for (auto entry = entries_.begin(); entry != end; ++entry) free_slots_.push_back(entry->slot);
  entries_.erase(entries_.begin(), end);
}

void Checkpoints::thin_out() {
  stride_ *= 2;
  const long first = this->first();
  std::erase_if(entries_, [&](const Entry& entry) {
    const bool dropped = !entry.needed && entry.update != first && entry.update % stride_ != 0;
    if (dropped) free_slots_.push_back(entry.slot);
    return dropped;
  });
  // If all are needed, the oldest goes; passes before the next one are then out of reach.
  if (free_slots_.empty()) {
    free_slots_.push_back(entries_.front().slot);
    entries_.erase(entries_.begin());
  }
}

}  // namespace backstep
