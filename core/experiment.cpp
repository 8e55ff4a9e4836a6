#include "core/experiment.h"

namespace backstep {

Experiment::Experiment(Setup setup)
    : setup_(std::move(setup)), data_(dataset_of(setup_)), make_(graph_maker_of(setup_)) {
  const Training training = training_of(setup_);
  Batches batches(data_.train, training);
  Graph graph = make_(batches.first());
  timeline_ = std::make_unique<Timeline>(std::move(graph), training, std::move(batches));
  trainer_ = std::make_unique<Trainer>(*timeline_, make_, data_);
}

}  // namespace backstep
