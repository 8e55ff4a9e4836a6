#include "core/stepping/timeline.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "core/engine/passes.h"

namespace backstep {

namespace {

// The clock is read at least once in about this many multiplications.
constexpr double multiplications_of_a_light_pass = 300'000;

Training gradient_descent(double learning_rate) {
  Training training;
  training.learning_rate = learning_rate;
  return training;
}

// Roughly how many multiplications a forward pass takes.
double multiplications_of_pass(const Graph& graph) {
  double multiplications = 0;
  for (int op : graph.ops()) {
    const Call& call = graph.node(op).call;
    const double inner =
        graph.node(op).op->is_elementwise() ? 1 : static_cast<double>(call.in[0].shape.columns);
    multiplications += inner * static_cast<double>(call.out.shape.size());
  }
  return multiplications;
}

}  // namespace

const char* name_of(Phase phase) {
  switch (phase) {
    case Phase::forward:
      return "forward";
    case Phase::backward:
      return "backward";
    case Phase::update:
      return "update";
  }
  return "";
}

bool operator==(const TimelineState& a, const TimelineState& b) {
  const auto same_bits = [](const std::vector<double>& x, const std::vector<double>& y) {
    return x.size() == y.size() &&
           (x.empty() || std::memcmp(x.data(), y.data(), sizeof(double) * x.size()) == 0);
  };
  return a.position == b.position && a.learning_rate == b.learning_rate &&
         same_bits(a.leaves, b.leaves) && same_bits(a.optimizer, b.optimizer) &&
         a.row_edits == b.row_edits;
}

Timeline::Timeline(Graph graph, double learning_rate, std::size_t checkpoint_bytes)
    : Timeline(std::move(graph), gradient_descent(learning_rate), Batches(), {}, checkpoint_bytes) {
}

Timeline::Timeline(Graph graph, const Training& training, Batches batches,
                   std::optional<Graph> smaller, std::size_t checkpoint_bytes)
    : graph_(std::move(graph)),
      other_(std::move(smaller)),
      batches_(std::move(batches)),
      updater_(graph_, training),
      forward_ticks_(static_cast<int>(graph_.ops().size())),
      backward_ticks_(static_cast<int>(graph_.backward_ops().size())),
      update_ticks_(static_cast<int>(graph_.parameters().size())),
      forward_tick_of_(graph_.nodes().size(), 0),
      backward_tick_of_(graph_.nodes().size(), 0),
      start_(static_cast<std::size_t>(graph_.parameter_memory().shape.size()) +
             updater_.memory().size()),
      checkpoints_(static_cast<Index>(start_.size()), checkpoint_bytes),
      progress_(graph_) {
  for (int i = 0; i < forward_ticks_; ++i) forward_tick_of_[graph_.ops()[i]] = i + 1;
  for (int i = 0; i < backward_ticks_; ++i)
    backward_tick_of_[graph_.backward_ops()[i]] = forward_ticks_ + i + 1;
  assert(other_.has_value() == batches_.has_smaller() && "each size of batch has a graph");
  for (std::size_t i = 0; i < graph_.nodes().size(); ++i) {
    const Node& node = graph_.nodes()[i];
    if (node.is_editable() && node.kind != NodeKind::parameter && node.data_name.empty())
      own_leaves_.push_back(static_cast<int>(i));
  }
  batches_.attach(graph_);
  heavy_ = multiplications_of_pass(graph_) > multiplications_of_a_light_pass;
  begin_pass(0);
  remember_start();
}

Timeline Timeline::copy() const {
  std::optional<Graph> smaller;
  if (other_) smaller = in_smaller_ ? graph_.clone() : other_->clone();
  Timeline timeline(in_smaller_ ? other_->clone() : graph_.clone(), training(), batches_,
                    std::move(smaller));
  timeline.restore(state());
  return timeline;
}

Tick Timeline::tick(int number) const {
  assert(number >= 1 && number <= ticks() && "ticks are counted from 1");
  const int backward = number - forward_ticks_;
  const int update = backward - backward_ticks_;
  if (backward <= 0) return {Phase::forward, graph_.ops()[number - 1], number, forward_ticks_};
  if (update <= 0)
    return {Phase::backward, graph_.backward_ops()[backward - 1], backward, backward_ticks_};
  return {Phase::update, graph_.parameters()[update - 1], update, update_ticks_};
}

int Timeline::tick_of(Phase phase, int node) const {
  if (phase == Phase::forward) return forward_tick_of_[node];
  if (phase == Phase::backward) return backward_tick_of_[node];
  const auto& parameters = graph_.parameters();
  const auto at = std::find(parameters.begin(), parameters.end(), node);
  if (at == parameters.end()) return 0;
  return gradient_ticks() + static_cast<int>(at - parameters.begin()) + 1;
}

// ---- running ----------------------------------------------------------------

void Timeline::run_tick(int number) {
  const Tick now = tick(number);
  switch (now.phase) {
    case Phase::forward:
      forward(graph_, now.node);
      break;
    case Phase::backward:
      if (now.number == 1) begin_backward(graph_);
      backward(graph_, now.node);
      if (now.number == now.count) progress_.record(position_.update, graph_);
      break;
    case Phase::update:
      updater_.update(graph_, now.node, position_.update);
      break;
  }
  position_.tick = number;
}

void Timeline::run_to(int tick) { run_to(tick, Deadline::never()); }

bool Timeline::run_to(int tick, const Deadline& deadline) {
  while (position_.tick < tick) {
    run_tick(position_.tick + 1);
    if (heavy_ && deadline.passed()) return position_.tick == tick;
  }
  return true;
}

// Runs passes until `update` begins. Only their progress is recorded, so gradients that
// lead to no parameter are left out. Heavy passes are run tick by tick to stop in time.
bool Timeline::run_unseen_passes(long update, const Deadline& deadline) {
  constexpr long passes_between_looks = 8;
  if (position_.update >= update) return true;
  if (position_.tick > 0) {
    if (!run_to(ticks(), deadline)) return false;
    begin_pass(position_.update + 1);
    remember_start();
  }
  while (position_.update < update) {
    if (heavy_) {
      if (!run_to(ticks(), deadline)) return false;
    } else {
      forward_and_backward_pass(graph_, Reach::parameters);
      if (progress_.keeps(position_.update)) progress_.record(position_.update, graph_);
      for (int parameter : graph_.parameters())
        updater_.update(graph_, parameter, position_.update);
    }
    begin_pass(position_.update + 1);
    if (heavy_) remember_start();
    const bool look = heavy_ || position_.update % passes_between_looks == 0;
    if (!look || position_.update >= update || !deadline.passed()) continue;
    // Stop at the end of a pass, where there is something to see.
    remember_start();
    if (!heavy_) run_to(ticks());
    return false;
  }
  remember_start();
  return true;
}

const double* Timeline::trained_state() {
  const View parameters = graph_.parameter_memory();
  const std::vector<double>& optimizer = updater_.memory();
  if (optimizer.empty()) return parameters.data;
  trained_state_.resize(start_.size());
  std::copy(optimizer.begin(), optimizer.end(),
            std::copy(parameters.begin(), parameters.end(), trained_state_.begin()));
  return trained_state_.data();
}

void Timeline::load_trained_state(const double* state) {
  const View parameters = graph_.parameter_memory();
  std::vector<double>& optimizer = updater_.memory();
  std::copy_n(state, parameters.shape.size(), parameters.data);
  std::copy_n(state + parameters.shape.size(), optimizer.size(), optimizer.begin());
}

// A batch of another size has a graph of its own. It takes over what training changes,
// and the leaves that batches do not fill.
void Timeline::take_graph_of(long update) {
  if (!other_ || batches_.is_smaller(update) == in_smaller_) return;
  const View trained = graph_.parameter_memory();
  assert(trained.shape == other_->parameter_memory().shape && "both graphs have one program");
  std::copy(trained.begin(), trained.end(), other_->parameter_memory().data);
  for (int leaf : own_leaves_) {
    const View value = graph_.node(leaf).value;
    std::copy(value.begin(), value.end(), other_->node(leaf).value.data);
  }
  std::swap(graph_, *other_);
  in_smaller_ = !in_smaller_;
}

void Timeline::begin_pass(long update) {
  take_graph_of(update);
  if (const double* edited = checkpoints_.needed_at(update)) load_trained_state(edited);
  if (checkpoints_.wants(update)) checkpoints_.keep(update, trained_state(), false);
  if (batches_.uses_mini_batches()) batches_.load(graph_, update);
  round_all(graph_.leaf_memory(), graph_.pass().precision);
  graph_.pass().number = static_cast<std::uint64_t>(update);
  position_ = {update, 0};
}

void Timeline::remember_start() { std::copy_n(trained_state(), start_.size(), start_.begin()); }

void Timeline::restore_start() { load_trained_state(start_.data()); }

void Timeline::step() {
  if (position_.tick < ticks()) return run_tick(position_.tick + 1);
  begin_pass(position_.update + 1);
  remember_start();
}

void Timeline::step_back() {
  if (position_ == first()) return;
  seek(position_.tick > 0 ? Position{position_.update, position_.tick - 1}
                          : Position{position_.update - 1, ticks()});
}

void Timeline::seek(Position to) { seek(to, Deadline::never()); }

bool Timeline::seek(Position to, const Deadline& deadline) {
  to = std::max(to, first());
  to.tick = std::clamp(to.tick, 0, ticks());
  if (to.update < position_.update) go_back_to_pass(to.update);
  if (!run_unseen_passes(to.update, deadline)) return false;
  if (to.tick >= position_.tick) return run_to(to.tick, deadline);
  replay(to.tick);
  return true;
}

// Loads the nearest checkpoint and repeats updates until `update` begins. Progress
// already has the rows of these passes.
void Timeline::go_back_to_pass(long update) {
  const long checkpoint = checkpoints_.at_or_before(update);
  load_trained_state(checkpoints_.parameters_at(checkpoint));
  for (long pass = checkpoint; pass < update; ++pass) {
    begin_pass(pass);
    forward_and_backward_pass(graph_, Reach::parameters);
    for (int parameter : graph_.parameters()) updater_.update(graph_, parameter, pass);
  }
  begin_pass(update);
  remember_start();
}

// Runs this pass from its start to `tick` again.
void Timeline::replay(int tick) {
  restore_start();
  position_.tick = 0;
  run_to(tick);
}

void Timeline::train(long updates) {
  if (updates <= 0) return;
  const bool at_end = position_.tick == ticks();
  seek({position_.update + updates - (at_end ? 0 : 1), ticks()});
}

// ---- edits ------------------------------------------------------------------

// During updates the graph is between two passes: it has the values and gradients of
// this one and some parameters of the next. An edit needs one pass: the next, which
// begins with the updates done. Rows of a batch, however, are in this pass alone.
void Timeline::go_where_edit_is_seen(int leaf) {
  if (position_.tick <= gradient_ticks()) return;
  const bool only_in_this_pass =
      batches_.uses_mini_batches() && !graph_.node(leaf).data_name.empty();
  if (!only_in_this_pass) {
    run_to(ticks());
    checkpoints_.forget_from(position_.update + 1);
    begin_pass(position_.update + 1);
    remember_start();
  }
  position_.tick = gradient_ticks();  // where the edit runs the pass to
}

void Timeline::edit(int leaf, Index entry, double value) {
  go_where_edit_is_seen(leaf);
  Matrix matrix = leaf_at_start(leaf);
  matrix.entries[static_cast<std::size_t>(entry)] = value;
  edit(leaf, matrix);
}

void Timeline::edit(int leaf, const Matrix& value) {
  go_where_edit_is_seen(leaf);  // may switch to the graph of another size of batch
  const Node& node = graph_.node(leaf);
  assert(node.is_editable() && "inputs, targets and parameters can be edited");
  assert(value.shape == node.value.shape && "an edit keeps the shape");
  restore_start();
  std::transform(value.entries.begin(), value.entries.end(), node.value.data,
                 [&](double number) { return round_to(number, graph_.pass().precision); });
  after_edit(leaf);
}

// Forgets later passes, and earlier ones too if they would be repeated with other data.
void Timeline::after_edit(int leaf) {
  const long pass = position_.update;
  remember_start();
  if (!graph_.node(leaf).data_name.empty()) {
    batches_.store_edits(graph_, leaf, pass);
    batches_.load(graph_, pass);  // another leaf may read the same rows
    round_all(graph_.leaf_memory(), graph_.pass().precision);
  }
  progress_.forget_from(pass);
  checkpoints_.forget_from(pass);
  if (graph_.node(leaf).kind != NodeKind::parameter) checkpoints_.forget_before(pass);
  checkpoints_.keep(pass, start_.data(), true);
  replay(position_.tick);
}

void Timeline::set_learning_rate(double learning_rate) {
  if (learning_rate == training().learning_rate) return;
  updater_.set_learning_rate(learning_rate);
  const long pass = position_.update;
  progress_.forget_from(pass + 1);
  checkpoints_.forget_from(pass);
  checkpoints_.forget_before(pass);
  checkpoints_.keep(pass, start_.data(), true);
  replay(position_.tick);
}

TimelineState Timeline::state() const {
  const View leaves = graph_.leaf_memory();
  const Index parameters = graph_.parameter_memory().shape.size();
  TimelineState state = {
      position_, learning_rate(), {leaves.begin(), leaves.end()}, {}, batches_.edits()};
  std::copy_n(start_.begin(), parameters, state.leaves.begin());
  state.optimizer.assign(start_.begin() + parameters, start_.end());
  return state;
}

// Puts the leaves of a state in place. Returns whether the data are the same as before.
bool Timeline::load_leaves(const TimelineState& state) {
  const bool same_rows = !batches_.set_edits(state.row_edits);
  const View leaves = graph_.leaf_memory();
  const Index parameters = graph_.parameter_memory().shape.size();
  batches_.load(graph_, state.position.update);
  round_all(leaves, graph_.pass().precision);
  const bool same_data = same_rows && std::equal(leaves.begin() + parameters, leaves.end(),
                                                 state.leaves.begin() + parameters);
  std::copy(state.leaves.begin(), state.leaves.end(), leaves.begin());
  batches_.load(graph_, state.position.update);
  round_all(leaves, graph_.pass().precision);
  std::vector<double>& optimizer = updater_.memory();
  if (state.optimizer.size() == optimizer.size())
    optimizer = state.optimizer;
  else
    std::fill(optimizer.begin(), optimizer.end(), 0.0);
  return same_data;
}

void Timeline::restore(const TimelineState& state) {
  take_graph_of(state.position.update);
  assert(static_cast<Index>(state.leaves.size()) == graph_.leaf_memory().shape.size() &&
         "a state belongs to one program");
  const long pass = state.position.update;
  const bool led_there = pass >= checkpoints_.first() && pass <= position_.update;
  const bool same_data = load_leaves(state);
  const bool keep_past = same_data && led_there && state.learning_rate == learning_rate();
  remember_start();
  updater_.set_learning_rate(state.learning_rate);
  progress_.forget_from(pass);
  checkpoints_.forget_from(keep_past ? pass : 0);
  checkpoints_.keep(pass, start_.data(), true);
  graph_.pass().number = static_cast<std::uint64_t>(pass);
  position_ = {pass, 0};
  run_to(state.position.tick);
}

void Timeline::copy_leaves_to(const Graph& clone) const {
  const View from = graph_.leaf_memory();
  std::copy(from.begin(), from.end(), clone.leaf_memory().data);
  std::copy_n(start_.begin(), clone.parameter_memory().shape.size(), clone.parameter_memory().data);
}

Matrix Timeline::leaf_at_start(int leaf) const {
  const Node& node = graph_.node(leaf);
  Matrix matrix = copy_of(node.value);
  if (node.kind == NodeKind::parameter) {
    const double* first = start_.data() + (node.value.data - graph_.parameter_memory().data);
    std::copy_n(first, matrix.entries.size(), matrix.entries.begin());
  }
  return matrix;
}

// ---- what is known at the cursor ---------------------------------------------

bool Timeline::is_updated(int leaf) const {
  const int tick = tick_of(Phase::update, leaf);
  return tick > 0 && tick <= position_.tick;
}

bool Timeline::value_known(int node) const { return forward_tick_of_[node] <= position_.tick; }

bool Timeline::edge_done(int edge) const {
  const GraphEdge& of = graph_.edge(edge);
  return of.carries_gradient && backward_tick_of_[of.to] <= position_.tick;
}

Arrived Timeline::gradient_arrived(int index) const {
  const Node& node = graph_.node(index);
  if (!node.has_gradient || position_.tick <= forward_ticks_) return Arrived::nothing;
  if (index == graph_.loss()) return Arrived::all;
  if (!node.reaches_loss)
    return position_.tick >= gradient_ticks() ? Arrived::all : Arrived::nothing;
  int wanted = 0, arrived = 0;
  for (int edge : node.edges_out) {
    if (!graph_.edge(edge).carries_gradient) continue;
    ++wanted;
    arrived += edge_done(edge);
  }
  return arrived == 0 ? Arrived::nothing : arrived < wanted ? Arrived::some : Arrived::all;
}

}  // namespace backstep
