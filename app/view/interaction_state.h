// The InteractionState is what the hand at one window is in the middle of: the
// field that is typed into, the list that is open, the node that is dragged. It
// outlives a frame, and is neither part of the document nor of how one looks at
// it. Each widget and panel declares a struct of its own for this, and finds the
// window's one by its type; another window has others.
#pragma once

#include <memory>
#include <typeindex>
#include <unordered_map>

namespace backstep {

class InteractionState {
 public:
  InteractionState() = default;
  InteractionState(const InteractionState&) = delete;
  InteractionState& operator=(const InteractionState&) = delete;

  // The window's one `Part`, as it was left; a new one the first time.
  template <class Part>
  Part& of() {
    std::shared_ptr<void>& part = parts_[typeid(Part)];
    if (!part) part = std::make_shared<Part>();
    return *static_cast<Part*>(part.get());
  }

 private:
  std::unordered_map<std::type_index, std::shared_ptr<void>> parts_;
};

}  // namespace backstep
