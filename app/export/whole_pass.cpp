#include "app/export/whole_pass.h"

#include <limits>

namespace backstep {

Graph whole_pass(const Experiment& experiment, long epochs) {
  Examination examination(experiment.timeline(), experiment.make(), experiment.data(),
                          std::numeric_limits<long>::max());
  examination.begin(experiment.timeline().graph());
  examination.graph().pass().number = static_cast<std::uint64_t>(epochs);
  examination.work(Deadline::never());
  return examination.graph().clone();
}

}  // namespace backstep
