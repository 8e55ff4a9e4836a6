#include "app/export/whole_pass.h"

#include <algorithm>
#include <limits>

namespace backstep {

Graph whole_pass(const Experiment& experiment, long epochs) {
  FullSetPass full_pass(experiment.timeline(), experiment.make(), experiment.data(),
                        std::numeric_limits<long>::max());
  full_pass.begin(experiment.timeline().graph());
  full_pass.graph().pass().number = static_cast<std::uint64_t>(epochs);
  full_pass.work(Deadline::never());
  return full_pass.graph().clone();
}

bool is_of_all_rows(const Graph& whole, const Experiment& experiment) {
  return std::all_of(whole.data_leaves().begin(), whole.data_leaves().end(), [&](int leaf) {
    const Node& node = whole.node(leaf);
    return node.value.shape.rows == experiment.data().train.at(node.data_name).shape.rows;
  });
}

}  // namespace backstep
