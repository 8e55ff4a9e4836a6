// SharedSamples are samples, or none, that all copies of a setup have in common:
// a setup is copied at every edit, and a million samples need not be.
#pragma once

#include <memory>
#include <utility>

#include "core/runs/data_sets.h"

namespace backstep {

class SharedSamples {
 public:
  SharedSamples() = default;
  SharedSamples(Samples samples) : samples_(std::make_shared<Samples>(std::move(samples))) {}

  explicit operator bool() const { return samples_ != nullptr; }
  bool has_value() const { return samples_ != nullptr; }
  const Samples& operator*() const { return *samples_; }
  const Samples* operator->() const { return samples_.get(); }
  void reset() { samples_.reset(); }

  // To be changed: what was shared is copied first, and stays as it is elsewhere.
  Samples& own() {
    if (samples_.use_count() > 1) samples_ = std::make_shared<Samples>(*samples_);
    return *samples_;
  }

  // Whether both are the same numbers, or none, whatever they are called.
  friend bool operator==(const SharedSamples& a, const SharedSamples& b);

 private:
  std::shared_ptr<Samples> samples_;
};

}  // namespace backstep
