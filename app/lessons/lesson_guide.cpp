#include "app/lessons/lesson_guide.h"

#include <algorithm>
#include <cassert>

#include "app/explain/symbols.h"
#include "app/lessons/lesson_host.h"
#include "app/workspace/workspace_actions.h"
#include "core/base/failure_words.h"

namespace backstep {

namespace {

// The session's graph at the end of the backward pass of the present pass.
Graph finished_pass(const Session& session) {
  Timeline timeline = session.timeline().copy();
  timeline.seek({timeline.position().update, timeline.gradient_ticks()});
  return timeline.graph().clone();
}

}  // namespace

LessonGuide::LessonGuide(Lesson lesson, const LessonProgress& before)
    : lesson_(std::move(lesson)), records_(lesson_.steps.size()) {
  if (before.finished) finished_ = true;
  if (before.finished || before.reached >= steps()) return;
  before_ = before;
  first_ = before.reached;
}

LessonProgress LessonGuide::progress() const { return {reached_, asked(), right(), finished_}; }

// ---- walking --------------------------------------------------------------------------

bool LessonGuide::enter(LessonHost& host, int step) {
  assert(step >= 0 && step < steps() && "a step of the lesson");
  try {
    moment_ = moment_of(lesson_, static_cast<std::size_t>(step));
    step_ = step;
    reached_ = std::max(reached_, step);
    ++visit_;
    transition_.reset();
    if (!shows_setup(host.workspace().session())) host.open_for_lesson(moment_.document);
    shown_ = moment_.document.setup;
    shown_run_ = host.workspace().session().run_number();
  } catch (const std::exception& error) {
    host.workspace().say(failure_words(error, "this step of the lesson"));
    return false;
  }
  show_step(host);
  go_to_place(host.workspace());
  return true;
}

bool LessonGuide::go_on(LessonHost& host, int count) {
  if (count > 0 && asks()) {
    host.workspace().say("Predict it first, or let it be shown.");
    return false;
  }
  if (count > 0 && demands()) {
    host.workspace().say("First: " + demand_sentence());
    return false;
  }
  const int wanted = step_ + count;
  if (wanted >= 0 && wanted < steps()) enter(host, wanted);
  if (wanted < steps()) return false;
  finished_ = true;
  return true;
}

// Whether what is open is what the step is about, but for where it stands.
bool LessonGuide::shows_setup(const Session& session) const {
  if (!shown_ || session.mistake()) return false;
  if (session.is_changed())
    return session.training_timeline().position().update == 0 &&
           session.document().setup == moment_.document.setup;
  return *shown_ == moment_.document.setup && shown_run_ == session.run_number();
}

// The step's view of what is open: nothing is left of what was looked at before.
void LessonGuide::show_step(LessonHost& host) {
  Workspace& workspace = host.workspace();
  workspace.playback.pause();
  workspace.session().pick_sample(-1);
  workspace.session().mark_saved();
  workspace.hunt.end();
  if (now().demand) demand().begin(workspace);
  host.forget_old_graph();
  ViewState& view = workspace.view;
  view.show_checks = false;
  view.message.clear();
  view.lit_edges.clear();
  view.selection = {};
  if (!now().select) return;
  std::string mistake;
  const EntryPlace place = entry_of(now().select->value, workspace.session().graph(), mistake);
  if (mistake.empty()) view.selection = {place.node, place.entry};
}

void LessonGuide::go_to_place(Workspace& workspace) {
  const Mode mode = moment_.document.mode;
  if (mode == Mode::compare) return go_to_comparison(workspace);
  workspace.set_mode(mode);
  const long epochs = moment_.place.epochs;
  transition_ = {std::min(workspace.session().trainer().epoch(), epochs), epochs, false};
}

// Compare trains its runs by itself; the step does not wait for them.
void LessonGuide::go_to_comparison(Workspace& workspace) {
  const Document& shown = workspace.session().as_given();
  const Document& wanted = moment_.document;
  const Lab& lab = workspace.lab;
  const bool same = lab.comparison() && lab.compared().belong_to(workspace.session()) &&
                    shown.compare_by == wanted.compare_by &&
                    shown.compare_values == wanted.compare_values;
  workspace.set_mode(Mode::compare);
  if (!same) carry_out(workspace, action::CompareBy{wanted.compare_by, wanted.compare_values});
  Comparison* comparison = workspace.lab.compared().comparison();
  if (!comparison) return;
  if (comparison->furthest() > moment_.place.epochs) comparison->restart();
  workspace.playback.train_to(moment_.place.epochs);
  workspace.view.training = moment_.place.epochs > comparison->epoch();
}

bool LessonGuide::work(Workspace& workspace, const Deadline& deadline) {
  point(workspace);
  bool changed = false;
  if (transition_) {
    const bool trains = transition_->to > transition_->from;
    if (trains && !workspace.session().train_until(deadline, transition_->to)) return false;
    if (!transition_->shows_demand) {
      std::string mistake;
      const Position place =
          position_of(moment_.place, workspace.session().training_timeline(), mistake);
      if (mistake.empty()) workspace.session().seek(place);
    }
    transition_.reset();
    changed = true;
  }
  if (!demands() || asks() || !demand().is_met(workspace, moment_)) return changed;
  if (demand().epoch()) workspace.playback.pause();
  record().done = true;
  return true;
}

// Rings what the step points at; its panel rings what is pointed at in its words.
void LessonGuide::point(Workspace& workspace) const {
  std::vector<int>& pointed = workspace.view.pointed_nodes;
  pointed.clear();
  for (const Given<std::string>& name : now().point)
    if (const int node = workspace.session().graph().find(name.value); node >= 0)
      pointed.push_back(node);
}

// ---- predictions ------------------------------------------------------------------------

void LessonGuide::predict(Workspace& workspace, const std::string& typed) {
  if (!asks() || transition_) return;
  const PredictionWanted& wanted = now().predict->value;
  const Graph graph = finished_pass(workspace.session());
  std::string mistake;
  const EntryPlace place = entry_of(wanted.entry, graph, mistake);
  if (!mistake.empty())
    return workspace.say(mistake + ". Previous and Next bring back the lesson's own network.");
  take({typed, judge(graph, {wanted.asked, place.node, place.entry}, typed)});
}

void LessonGuide::take(const Answer& given) {
  if (!record().answer) record().right_at_once = given.judgement.right && !given.typed.empty();
  record().answer = given;
  ++answers_;
}

int LessonGuide::asked() const {
  return before_.asked + static_cast<int>(std::count_if(
                             records_.begin() + first_, records_.end(),
                             [](const Record& record) { return record.answer.has_value(); }));
}

int LessonGuide::right() const {
  return before_.right +
         static_cast<int>(std::count_if(records_.begin() + first_, records_.end(),
                                        [](const Record& record) { return record.right_at_once; }));
}

std::string question_words(const PredictionWanted& wanted, const Graph& graph) {
  std::string mistake;
  const EntryPlace place = entry_of(wanted.entry, graph, mistake);
  if (place.node < 0) return wanted.entry.node;
  const std::string entry = mistake.empty()
                                ? entry_symbol(graph.node(place.node).value.shape, place.entry)
                                : wanted.entry.node;
  if (wanted.asked == Asked::value) return symbol(graph, place.node) + entry;
  const std::string gradient = gradient_symbol(graph, place.node) + entry;
  return wanted.asked == Asked::gradient ? gradient : "the sign of " + gradient;
}

// ---- demands ----------------------------------------------------------------------------

std::optional<long> LessonGuide::epoch_demanded(const Workspace& workspace) const {
  if (!demands() || demand().is_met(workspace, moment_)) return {};
  return demand().epoch();
}

// The prediction first: what it is about may be what is demanded.
void LessonGuide::show_me(Workspace& workspace) {
  if (transition_) return;
  if (asks()) {
    const PredictionWanted& wanted = now().predict->value;
    const Graph graph = finished_pass(workspace.session());
    std::string mistake;
    const EntryPlace place = entry_of(wanted.entry, graph, mistake);
    if (!mistake.empty()) return workspace.say(mistake);
    Judgement shown;
    shown.truth = truth_of(graph, {wanted.asked, place.node, place.entry});
    return take({"", shown});
  }
  if (!demands()) return;
  demand().show(workspace, moment_);
  // The session's own run is trained between frames, while the panel shows how far it is.
  if (const auto epoch = demand().epoch(); epoch && !workspace.is_comparing())
    transition_ = {workspace.session().trainer().epoch(), *epoch, true};
}

}  // namespace backstep
