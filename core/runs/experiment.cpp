#include "core/runs/experiment.h"

namespace backstep {

namespace {

// Says in the message when only the smaller last batch does not fit the program.
Graph graph_of_smaller(const GraphMaker& make, const Batches& batches) {
  try {
    return make(batches.smaller());
  } catch (const ProgramError& error) {
    throw ProgramError(error.line, error.column,
                       error.message + " (in the last batch of an epoch, of " +
                           std::to_string(batches.remainder()) + "; drop_last would leave it out)");
  }
}

}  // namespace

Experiment::Experiment(Setup setup)
    : setup_(std::move(setup)), data_(dataset_of(setup_)), make_(graph_maker_of(setup_)) {
  const Training training = training_of(setup_);
  Batches batches(data_.train, training);
  batches.set_edits(setup_.row_edits);
  Graph graph = make_(batches.first());
  std::optional<Graph> smaller;
  if (batches.has_smaller()) smaller = graph_of_smaller(make_, batches);
  timeline_ = std::make_unique<Timeline>(std::move(graph), training, std::move(batches),
                                         std::move(smaller));
  trainer_ = std::make_unique<Trainer>(*timeline_, make_, data_);
}

}  // namespace backstep
