#include "core/proofs/precision_check.h"

#include <cmath>
#include <optional>

#include "core/engine/passes.h"

namespace backstep {

namespace {

// A graph and its updater, which run the pass in one precision.
struct PassRun {
  Graph graph;
  Updater updater;

  void tick(const Tick& tick, long pass) {
    switch (tick.phase) {
      case Phase::forward:
        return forward(graph, tick.node);
      case Phase::backward:
        if (tick.number == 1) begin_backward(graph);
        return backward(graph, tick.node);
      case Phase::update:
        return updater.update(graph, tick.node, pass);
    }
  }
};

PassRun begin_run(const Timeline& timeline, const TimelineState& start, Precision precision) {
  PassRun run = {timeline.graph().clone(), timeline.updater()};
  timeline.copy_leaves_to(run.graph);
  run.updater.memory() = start.optimizer;
  run.graph.pass().precision = precision;
  return run;
}

bool is_fine(double number) { return std::isfinite(number) && number != 0; }

class PrecisionCheck {
 public:
  explicit PrecisionCheck(const Timeline& timeline)
      : timeline_(timeline),
        start_(timeline.state()),
        format_(format_of(timeline.graph().pass().precision)),
        exact_(begin_run(timeline, start_, Precision::float64)),
        got_(begin_run(timeline, start_, format_.precision)),
        unrounded_(begin_run(timeline, start_, Precision::float64)),
        value_spoilt_(timeline.graph().nodes().size()),
        gradient_spoilt_(timeline.graph().nodes().size()) {
    for (std::size_t i = 0; i < value_spoilt_.size(); ++i) {
      const Node& node = got_.graph.nodes()[i];
      if (node.is_leaf())
        for (double number : node.value)
          value_spoilt_[i] = value_spoilt_[i] || !std::isfinite(number);
    }
  }

  std::vector<BadNumber> run() {
    for (int number = 1; number <= timeline_.ticks(); ++number) run_tick(number);
    return std::move(found_);
  }

 private:
  void run_tick(int number) {
    const Tick tick = timeline_.tick(number);
    // unrounded_ has the same rounded operands, but does not round the result.
    got_.graph.copy_values_to(unrounded_.graph);
    unrounded_.updater = got_.updater;
    for (PassRun* run : {&exact_, &unrounded_, &got_}) run->tick(tick, start_.position.update);
    if (tick.phase == Phase::backward)
      look_at_contributions(number, tick.node);
    else
      look_at_value(number, tick);
  }

  void look_at_value(int number, const Tick& tick) {
    const auto value = [&](const PassRun& run) { return run.graph.node(tick.node).value; };
    const Node& node = got_.graph.node(tick.node);
    bool follows =
        tick.phase == Phase::update && (gradient_spoilt(tick.node) || value_spoilt(tick.node));
    for (int input : node.inputs) follows = follows || value_spoilt(input);
    if (look({number, tick.phase, tick.node}, value(exact_), value(unrounded_), value(got_),
             follows))
      value_spoilt_[static_cast<std::size_t>(tick.node)] = true;
  }

  // A contribution follows from the op's gradient and from the values of the op and its
  // operands.
  void look_at_contributions(int number, int index) {
    const Node& node = got_.graph.node(index);
    bool follows = gradient_spoilt(index) || value_spoilt(index);
    for (int input : node.inputs) follows = follows || value_spoilt(input);
    for (int edge : node.edges_in) {
      const GraphEdge& of = got_.graph.edge(edge);
      if (!of.carries_gradient) continue;
      const auto contribution = [&](const PassRun& run) {
        return run.graph.edge(edge).contribution;
      };
      const auto gradient = [&](const PassRun& run) { return run.graph.node(of.from).gradient; };
      const BadNumber place = {number, Phase::backward, of.from};
      bool bad =
          look(place, contribution(exact_), contribution(unrounded_), contribution(got_), follows);
      if (!bad && !of.sole_contribution) bad = look_at_sum(place, gradient(exact_), gradient(got_));
      if (bad) gradient_spoilt_[static_cast<std::size_t>(of.from)] = true;
    }
  }

  // A sum of good contributions can only overflow; if it is 0, that may be right.
  bool look_at_sum(const BadNumber& place, View exact, View got) {
    for (double number : got)
      if (!std::isfinite(number))
        return look(place, exact, exact, got, gradient_spoilt(place.node));
    return false;
  }

  // Records the entries that this tick spoilt. Returns whether any entry is bad, recorded
  // or not.
  bool look(BadNumber place, View exact, View unrounded, View got, bool follows) {
    bool bad = false;
    place.count = 0;
    for (Index i = 0; i < got.shape.size(); ++i) {
      const auto spoilt = spoilt_in(exact[i], unrounded[i], got[i]);
      if (!spoilt) continue;
      bad = true;
      if (follows && !is_fine(unrounded[i])) continue;
      if (place.count++ > 0) continue;
      place.entry = i;
      place.spoilt = *spoilt;
      place.exact = exact[i];
      place.got = got[i];
    }
    if (place.count > 0) found_.push_back(place);
    return bad;
  }

  // A number that is 0 because digits cancel counts only if the format could have held
  // the right one.
  std::optional<Spoilt> spoilt_in(double exact, double unrounded, double got) const {
    if (std::isnan(got)) return Spoilt::not_a_number;
    if (std::isinf(got)) return Spoilt::overflow;
    const bool lost = got == 0 && is_fine(exact);
    if (lost && (unrounded != 0 || std::abs(exact) >= format_.smallest)) return Spoilt::underflow;
    return {};
  }

  bool value_spoilt(int node) const { return value_spoilt_[static_cast<std::size_t>(node)]; }
  bool gradient_spoilt(int node) const { return gradient_spoilt_[static_cast<std::size_t>(node)]; }

  const Timeline& timeline_;
  const TimelineState start_;
  const PrecisionFormat& format_;
  PassRun exact_, got_, unrounded_;
  std::vector<bool> value_spoilt_, gradient_spoilt_;  // by node: whether some entry is
  std::vector<BadNumber> found_;
};

}  // namespace

const char* name_of(Spoilt spoilt) {
  switch (spoilt) {
    case Spoilt::underflow:
      return "underflow";
    case Spoilt::overflow:
      return "overflow";
    case Spoilt::not_a_number:
      return "not a number";
  }
  return "";
}

std::vector<BadNumber> bad_numbers(const Timeline& timeline) {
  return PrecisionCheck(timeline).run();
}

}  // namespace backstep
