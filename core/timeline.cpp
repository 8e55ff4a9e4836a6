#include "core/timeline.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "core/passes.h"

namespace backstep {

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

bool operator==(const Moment& a, const Moment& b) {
  const auto same_bits = [](const std::vector<double>& x, const std::vector<double>& y) {
    return x.size() == y.size() &&
           (x.empty() || std::memcmp(x.data(), y.data(), sizeof(double) * x.size()) == 0);
  };
  const auto same_edit = [&](const EditAfterUpdate& x, const EditAfterUpdate& y) {
    return x.parameter == y.parameter && same_bits(x.value.entries, y.value.entries);
  };
  return a.position == b.position && a.learning_rate == b.learning_rate &&
         same_bits(a.leaves, b.leaves) &&
         std::equal(a.edits.begin(), a.edits.end(), b.edits.begin(), b.edits.end(), same_edit);
}

Timeline::Timeline(Graph graph, double learning_rate, std::size_t checkpoint_bytes)
    : graph_(std::move(graph)),
      learning_rate_(learning_rate),
      forward_ticks_(static_cast<int>(graph_.ops().size())),
      backward_ticks_(static_cast<int>(graph_.backward_ops().size())),
      update_ticks_(static_cast<int>(graph_.parameters().size())),
      forward_tick_of_(graph_.nodes().size(), 0),
      backward_tick_of_(graph_.nodes().size(), 0),
      start_(static_cast<std::size_t>(graph_.parameter_memory().shape.size())),
      checkpoints_(graph_.parameter_memory().shape.size(), checkpoint_bytes),
      progress_(graph_) {
  for (int i = 0; i < forward_ticks_; ++i) forward_tick_of_[graph_.ops()[i]] = i + 1;
  for (int i = 0; i < backward_ticks_; ++i)
    backward_tick_of_[graph_.backward_ops()[i]] = forward_ticks_ + i + 1;
  begin_pass(0);
  remember_start();
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
      update_parameter(now.node);
      break;
  }
  position_.tick = number;
}

void Timeline::update_parameter(int parameter) {
  update(graph_, parameter, learning_rate_);
  const auto edits = edits_after_update_.find(position_.update);
  if (edits == edits_after_update_.end()) return;
  for (const EditAfterUpdate& edit : edits->second)
    if (edit.parameter == parameter)
      std::copy(edit.value.entries.begin(), edit.value.entries.end(),
                graph_.node(parameter).value.data);
}

void Timeline::run_to(int tick) {
  while (position_.tick < tick) run_tick(position_.tick + 1);
}

// Passes until `update` begins, of which nothing is looked at but their progress.
void Timeline::run_unseen_passes(long update) {
  if (position_.update >= update) return;
  if (position_.tick > 0) {
    run_to(ticks());
    begin_pass(position_.update + 1);
  }
  while (position_.update < update) {
    forward_and_backward_pass(graph_, Reach::parameters);
    if (progress_.keeps(position_.update)) progress_.record(position_.update, graph_);
    for (int parameter : graph_.parameters()) update_parameter(parameter);
    begin_pass(position_.update + 1);
  }
  remember_start();
}

void Timeline::begin_pass(long update) {
  const View parameters = graph_.parameter_memory();
  if (const double* edited = checkpoints_.needed_at(update))
    std::copy_n(edited, start_.size(), parameters.data);
  checkpoints_.keep(update, parameters.data, edits_after_update_.contains(update - 1));
  position_ = {update, 0};
}

void Timeline::remember_start() {
  std::copy_n(graph_.parameter_memory().data, start_.size(), start_.begin());
}

void Timeline::restore_start() {
  std::copy_n(start_.begin(), start_.size(), graph_.parameter_memory().data);
}

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

void Timeline::seek(Position to) {
  to = std::max(to, first());
  to.tick = std::clamp(to.tick, 0, ticks());
  if (to.update < position_.update) go_back_to_pass(to.update);
  run_unseen_passes(to.update);
  if (to.tick >= position_.tick)
    run_to(to.tick);
  else
    replay(to.tick);
}

// Loads the nearest checkpoint and repeats updates until `update` begins. The
// rows of progress and the checkpoints on the way are there already.
void Timeline::go_back_to_pass(long update) {
  const long kept = checkpoints_.at_or_before(update);
  std::copy_n(checkpoints_.parameters_at(kept), start_.size(), graph_.parameter_memory().data);
  for (long pass = kept; pass < update; ++pass) {
    position_ = {pass, 0};
    forward_and_backward_pass(graph_, Reach::parameters);
    for (int parameter : graph_.parameters()) update_parameter(parameter);
  }
  remember_start();
  position_ = {update, 0};
}

// The ticks of this pass up to `tick`, done again from its start.
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

void Timeline::edit(int leaf, Index entry, double value) {
  Matrix matrix = is_updated(leaf) ? copy_of(graph_.node(leaf).value) : leaf_at_start(leaf);
  matrix.entries[static_cast<std::size_t>(entry)] = value;
  edit(leaf, matrix);
}

void Timeline::edit(int leaf, const Matrix& value) {
  const Node& node = graph_.node(leaf);
  assert(node.is_editable() && "inputs, targets and parameters can be edited");
  assert(value.shape == node.value.shape && "an edit keeps the shape");
  const long pass = position_.update;
  if (is_updated(leaf)) {
    auto& edits = edits_after_update_[pass];
    std::erase_if(edits, [&](const EditAfterUpdate& edit) { return edit.parameter == leaf; });
    edits.push_back({leaf, value});
    forget_edits_to_come();
    checkpoints_.forget_from(pass + 1);
    progress_.forget_from(pass + 1);
    replay(position_.tick);
    return;
  }
  restore_start();
  std::copy(value.entries.begin(), value.entries.end(), node.value.data);
  after_edit(leaf);
}

// What came later is no longer so; what came before still is, unless the data
// it was computed from has changed.
void Timeline::after_edit(int leaf) {
  const long pass = position_.update;
  const double* parameters = graph_.parameter_memory().data;
  std::copy_n(parameters, start_.size(), start_.begin());
  forget_edits_to_come();
  progress_.forget_from(pass);
  checkpoints_.forget_from(pass);
  if (graph_.node(leaf).kind != NodeKind::parameter) checkpoints_.forget_before(pass);
  checkpoints_.keep(pass, parameters, true);
  replay(position_.tick);
}

// An edit changes what follows the cursor; what was set by hand there, in this
// pass or a later one, is no longer so.
void Timeline::forget_edits_to_come() {
  const long pass = position_.update;
  edits_after_update_.erase(edits_after_update_.upper_bound(pass), edits_after_update_.end());
  const auto edits = edits_after_update_.find(pass);
  if (edits == edits_after_update_.end()) return;
  std::erase_if(edits->second,
                [&](const EditAfterUpdate& edit) { return !is_updated(edit.parameter); });
  if (edits->second.empty()) edits_after_update_.erase(edits);
}

void Timeline::set_learning_rate(double learning_rate) {
  if (learning_rate == learning_rate_) return;
  learning_rate_ = learning_rate;
  const long pass = position_.update;
  forget_edits_to_come();
  progress_.forget_from(pass + 1);
  checkpoints_.forget_from(pass);
  checkpoints_.forget_before(pass);
  checkpoints_.keep(pass, start_.data(), true);
  replay(position_.tick);
}

Moment Timeline::moment() const {
  const View leaves = graph_.leaf_memory();
  Moment moment = {position_, learning_rate_, {leaves.begin(), leaves.end()}, {}};
  std::copy(start_.begin(), start_.end(), moment.leaves.begin());
  const auto edits = edits_after_update_.find(position_.update);
  if (edits != edits_after_update_.end()) moment.edits = edits->second;
  return moment;
}

void Timeline::restore(const Moment& moment) {
  const View leaves = graph_.leaf_memory();
  assert(static_cast<Index>(moment.leaves.size()) == leaves.shape.size() &&
         "a moment fits its own program");
  const long pass = moment.position.update;
  const bool same_data = std::equal(leaves.begin() + start_.size(), leaves.end(),
                                    moment.leaves.begin() + static_cast<long>(start_.size()));
  const bool led_there = pass >= checkpoints_.first() && pass <= position_.update;
  const bool keep_past = same_data && led_there && moment.learning_rate == learning_rate_;
  std::copy(moment.leaves.begin(), moment.leaves.end(), leaves.begin());
  std::copy_n(leaves.data, start_.size(), start_.begin());
  learning_rate_ = moment.learning_rate;
  edits_after_update_.erase(edits_after_update_.lower_bound(pass), edits_after_update_.end());
  if (!moment.edits.empty()) edits_after_update_[pass] = moment.edits;
  progress_.forget_from(pass);
  checkpoints_.forget_from(keep_past ? pass : 0);
  checkpoints_.keep(pass, start_.data(), true);
  position_ = {pass, 0};
  run_to(moment.position.tick);
}

void Timeline::copy_leaves_to(const Graph& clone) const {
  const View from = graph_.leaf_memory();
  std::copy(from.begin(), from.end(), clone.leaf_memory().data);
  std::copy_n(start_.begin(), start_.size(), clone.parameter_memory().data);
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
  const auto& parameters = graph_.parameters();
  const auto at = std::find(parameters.begin(), parameters.end(), leaf);
  const int updates_done = position_.tick - forward_ticks_ - backward_ticks_;
  return at != parameters.end() && at - parameters.begin() < updates_done;
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
    return position_.tick >= forward_ticks_ + backward_ticks_ ? Arrived::all : Arrived::nothing;
  int wanted = 0, arrived = 0;
  for (int edge : node.edges_out) {
    if (!graph_.edge(edge).carries_gradient) continue;
    ++wanted;
    arrived += edge_done(edge);
  }
  return arrived == 0 ? Arrived::nothing : arrived < wanted ? Arrived::some : Arrived::all;
}

}  // namespace backstep
