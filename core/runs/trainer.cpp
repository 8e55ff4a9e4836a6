#include "core/runs/trainer.h"

#include <algorithm>
#include <limits>

#include "core/runs/full_set_pass.h"

namespace backstep {

// ---- what is kept by epoch -------------------------------------------------------

namespace {

// Layers in the order in which their parameters first occur.
std::vector<int> layers_in_order_of_parameters(const Graph& graph) {
  std::vector<int> layers;
  for (int parameter : graph.parameters()) {
    const int layer = graph.node(parameter).layer;
    if (std::find(layers.begin(), layers.end(), layer) == layers.end()) layers.push_back(layer);
  }
  return layers;
}

}  // namespace

EpochHistory::EpochHistory(const Graph& graph)
    : layers_(layers_in_order_of_parameters(graph)), columns_(2 + layers_.size(), most_rows) {}

void EpochHistory::add(long epoch, double train, double test, const std::vector<double>& norms) {
  if (epoch <= last()) return;
  std::vector<double> row = {train, test};
  row.insert(row.end(), norms.begin(), norms.end());
  columns_.add(epoch, row);
}

// ---- training --------------------------------------------------------------------

namespace {

constexpr double seconds_of_a_measurement = 0.4;

std::vector<double> norms_of_layers(const Graph& graph, const std::vector<int>& layers) {
  std::vector<double> norms;
  for (int layer : layers) norms.push_back(gradient_norm(graph, layer));
  return norms;
}

}  // namespace

Trainer::Trainer(Timeline& timeline, const GraphMaker& make, const Dataset& data)
    : timeline_(timeline), make_(make), data_(data), history_(timeline.graph()) {
  if (data.train.empty()) {
    whole_ = timeline.graph().clone();
    whole_->pass().mode = PassMode::evaluation;
  } else {
    train_.emplace(make, data.train);
  }
  if (!data.test.empty()) test_.emplace(make, data.test);
}

long Trainer::epoch() const {
  const Position now = timeline_.position();
  const long updates = now.update + (now.tick == timeline_.ticks() ? 1 : 0);
  return updates / timeline_.batches().per_epoch();
}

long Trainer::begun() const {
  const Position now = timeline_.position();
  const long updates = now.update + (now.tick > 0 ? 1 : 0);
  const long per_epoch = timeline_.batches().per_epoch();
  return (updates + per_epoch - 1) / per_epoch;
}

void Trainer::forget_what_changed() {
  history_.forget_from(epoch() + 1);
  if (timeline_.position() == Position{}) history_.forget_from(0);
  norms_of_ = -1;
  start_.reset();
  stage_ = Stage::passes;
}

bool Trainer::work(long last_epoch, const Deadline& deadline) {
  while (true) {
    const long done = epoch();
    const bool first_row = history_.size() == 0 && timeline_.position() == Position{};
    if (first_row && !read_norms_before_training(deadline)) return false;
    const bool due =
        done > 0 && done > history_.last() && (history_.keeps(done) || done == last_epoch);
    if (first_row || stage_ != Stage::passes || (due && norms_of_ == done))
      if (!record(done, deadline)) return false;
    measure_speed(done);
    if (done >= last_epoch) return true;
    if (!run_epoch(done + 1, last_epoch, deadline)) return false;
  }
}

// Epoch e is updates (e − 1)·per_epoch … e·per_epoch − 1. Its norms are read
// after the backward pass of the first of them, if the history keeps this epoch.
bool Trainer::run_epoch(long epoch, long last_epoch, const Deadline& deadline) {
  const long per_epoch = timeline_.batches().per_epoch();
  const int ticks = timeline_.ticks();
  const bool kept = history_.keeps(epoch) || epoch == last_epoch;
  // Epochs that the history does not keep are run in one go.
  while (!kept && epoch + 1 < last_epoch && !history_.keeps(epoch + 1)) ++epoch;
  const Position gradients = {(epoch - 1) * per_epoch, gradients_known()};
  if (kept && norms_of_ != epoch) {
    // If the timeline was moved past that pass, the norms are read where it stands.
    const bool ahead = timeline_.position() <= gradients;
    if (ahead && !timeline_.seek(gradients, deadline)) return false;
    norms_ = norms_of_layers(timeline_.graph(), history_.layers());
    norms_of_ = epoch;
  }
  return timeline_.seek({epoch * per_epoch - 1, ticks}, deadline);
}

int Trainer::gradients_known() const {
  return timeline_.forward_ticks() + timeline_.backward_ticks();
}

// Reads the norms over the whole training set, or over a part if it is too large for
// one pass. They stay valid until forget_what_changed().
bool Trainer::read_norms_before_training(const Deadline& deadline) {
  constexpr long most_rows = 4096;
  if (norms_of_ == 0) return true;
  if (!start_) {
    start_.emplace(timeline_, make_, data_, most_rows);
    start_->begin(timeline_.graph());
  }
  if (!start_->work(deadline)) return false;
  norms_ = norms_of_layers(start_->graph(), history_.layers());
  norms_of_ = 0;
  start_.reset();
  return true;
}

// Records the losses at the end of `epoch`, as inference gives them.
bool Trainer::record(long epoch, const Deadline& deadline) {
  const Graph& trained = timeline_.graph();
  if (stage_ == Stage::passes) {
    if (train_) train_->begin(trained);
    stage_ = Stage::train_loss;
  }
  if (stage_ == Stage::train_loss) {
    if (train_ && !train_->work(deadline)) return false;
    if (test_) test_->begin(trained);
    stage_ = Stage::test_loss;
  }
  if (test_ && !test_->work(deadline)) return false;
  stage_ = Stage::passes;
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  history_.add(epoch, train_ ? train_->loss() : loss_of_whole(), test_ ? test_->loss() : unknown,
               norms_);
  return true;
}

double Trainer::loss_of_whole() {
  const View from = timeline_.graph().leaf_memory();
  std::copy(from.begin(), from.end(), whole_->leaf_memory().data);
  forward_pass(*whole_);
  return whole_->node(whole_->loss()).value[0];
}

void Trainer::measure_speed(long epoch) {
  const auto now = Deadline::Clock::now();
  if (measured_at_ == Deadline::Clock::time_point()) measured_at_ = now;
  const double seconds = std::chrono::duration<double>(now - measured_at_).count();
  if (seconds < seconds_of_a_measurement || epoch == measured_epoch_) return;
  // A longer interval means that training paused, unless it is that of a single epoch.
  const bool going_on = epoch == measured_epoch_ + 1 ||
                        (epoch > measured_epoch_ && seconds < 3 * seconds_of_a_measurement);
  speed_ = going_on ? static_cast<double>(epoch - measured_epoch_) / seconds : 0;
  measured_at_ = now;
  measured_epoch_ = epoch;
}

}  // namespace backstep
