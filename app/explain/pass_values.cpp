#include "app/explain/pass_values.h"

#include <algorithm>

namespace backstep {

bool PassValues::operands_known(int op) const {
  const auto& inputs = timeline_.graph().node(op).inputs;
  return std::all_of(inputs.begin(), inputs.end(), [&](int input) { return known(input); });
}

View PassValues::view_of(int index) {
  const Node& node = timeline_.graph().node(index);
  const bool updating =
      timeline_.position().tick > timeline_.forward_ticks() + timeline_.backward_ticks();
  if (node.kind != NodeKind::parameter || !updating) return node.value;
  Memory& memory = before_update_[index];
  if (memory.empty()) {
    const Matrix start = timeline_.leaf_at_start(index);
    memory.resize(static_cast<std::size_t>(padded(start.shape.size())));
    std::copy(start.entries.begin(), start.entries.end(), memory.begin());
  }
  return {memory.data(), node.value.shape};
}

Call PassValues::call(int op) {
  const Node& node = timeline_.graph().node(op);
  Call call = node.call;
  if (!node.op->is_elementwise())
    for (std::size_t i = 0; i < node.inputs.size(); ++i) call.in[i] = view_of(node.inputs[i]);
  return call;
}

}  // namespace backstep
