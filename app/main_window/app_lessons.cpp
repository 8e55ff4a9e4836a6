// What the App does for lessons: opening them, going from step to step, taking
// predictions, and seeing that what a step demands was done.
#include <algorithm>
#include <cmath>

#include "app/lessons/lesson_run.h"
#include "app/main_window/app.h"
#include "app/workspace/workspace_actions.h"
#include "core/base/failure_words.h"
#include "core/slips/bug.h"

namespace backstep {

namespace {

// The session's graph after the forward and the backward pass it stands in.
Graph finished_pass(Session& session) {
  const Timeline& timeline = session.timeline();
  const Position now = timeline.position();
  session.seek({now.update, timeline.forward_ticks() + timeline.backward_ticks()});
  Graph graph = session.graph().clone();
  session.seek(now);
  return graph;
}

// A place in the pass the step is about, unless it names another.
Place place_from(Place place, const Place& now) {
  if (place.epochs > 0 || place.passes > 0) return place;
  place.epochs = now.epochs;
  place.passes = now.passes;
  return place;
}

bool holds(const Timeline& timeline, const LeafEdit& edit) {
  std::string mistake;
  const EntryPlace place = entry_of(edit.entry, timeline.graph(), mistake);
  if (!mistake.empty()) return false;
  const Matrix now = timeline.leaf_at_start(place.node);
  const auto same = [](double a, double b) { return std::fabs(a - b) <= 1e-9 * std::fabs(b); };
  if (!edit.whole)
    return same(now.entries[static_cast<std::size_t>(place.entry)], edit.value.entries[0]);
  return now.shape == edit.value.shape &&
         std::equal(now.entries.begin(), now.entries.end(), edit.value.entries.begin(), same);
}

}  // namespace

// ---- opening and closing ------------------------------------------------------------

void App::show_lessons() {
  dialogs_.progress = settings().lessons;
  open_dialog(dialogs_, Dialog::lessons);
  if (!all_lessons().problem.empty()) say(all_lessons().problem);
}

void App::open_lesson(const std::string& id) { begin_lesson(find_lesson(id)); }

void App::begin_lesson(Lesson lesson) {
  const auto known = settings().lessons.find(lesson.id);
  lesson_ = std::make_unique<LessonRun>(
      std::move(lesson), known == settings().lessons.end() ? LessonProgress{} : known->second);
  side_ = SidePanel::program;  // where there is room for one panel
  enter_lesson_step(lesson_->first_step());
  if (lesson_->opened.empty()) lesson_.reset();
}

void App::close_lesson() {
  lesson_.reset();
  session().plant_bug("");
  hunt().on = false;
  view().pointed_nodes.clear();
}

void App::keep_lesson_progress() { settings().lessons[lesson_->lesson().id] = lesson_->progress(); }

// ---- from step to step --------------------------------------------------------------

void App::go_on_in_lesson(int direction) {
  if (!lesson_) return;
  if (direction > 0 && lesson_->asks()) return say("Predict first, or let it be shown.");
  if (direction > 0 && lesson_->demands()) return say("First: " + lesson_->demand_sentence());
  const int step = lesson_->step() + direction;
  if (step >= 0 && step < lesson_->steps()) return enter_lesson_step(step);
  if (direction < 0) return;
  lesson_->finish();
  keep_lesson_progress();
  const auto& lessons = all_lessons().lessons;
  for (std::size_t i = 0; i + 1 < lessons.size(); ++i)
    if (lessons[i].id == lesson_->lesson().id) return open_lesson(lessons[i + 1].id);
  close_lesson();
}

void App::enter_lesson_step(int step) {
  try {
    lesson_->enter(step);
    const LessonMoment& moment = lesson_->moment();
    if (!shows_lesson_setup()) show(moment.document, {});
    lesson_->opened = moment.recipe;
    lesson_->opened_run = session().run_number();
  } catch (const std::exception& error) {
    return say(failure_words(error, "this step of the lesson"));
  }
  playback().pause();
  session().pick_sample(-1);
  session().mark_saved();
  begin_lesson_hunt();
  view().show_checks = false;
  view().message.clear();
  forget_old_graph();
  view().lit_edges.clear();
  view().selection = {};
  if (const auto& select = lesson_->now().select) {
    std::string mistake;
    const EntryPlace place = entry_of(select->value, session().graph(), mistake);
    if (mistake.empty()) view().selection = {place.node, place.entry};
  }
  go_to_lesson_place();
  keep_lesson_progress();
}

// A step that hides a bug and demands that it is found begins a round of the lab.
void App::begin_lesson_hunt() {
  const std::string& bug = session().setup().bug;
  const auto& demand = lesson_->now().demand;
  hunt().end();
  if (bug.empty() || !demand || demand->value.kind != Demand::Kind::find_bug) return;
  std::vector<std::string> choices;
  const Timeline& timeline = session().training_timeline();
  for (const Bug& row : all_bugs())
    if (row.id == bug || row.fits(timeline.graph(), timeline.training())) choices.push_back(row.id);
  hunt().begin(std::move(choices));
}

// Whether what is open is what the step is about, but for where it stands.
bool App::shows_lesson_setup() const {
  const LessonMoment& moment = lesson_->moment();
  if (lesson_->opened.empty() || session().mistake()) return false;
  if (session().is_changed())
    return session().training_timeline().position().update == 0 &&
           session().document().setup == moment.document.setup;
  return lesson_->opened == moment.recipe && lesson_->opened_run == session().run_number();
}

void App::go_to_lesson_place() {
  const LessonMoment& moment = lesson_->moment();
  const Mode mode = moment.document.mode;
  if (mode == Mode::compare) {
    const Document& shown = session().as_given();
    const bool same = lab().comparison() && lab().compared().belong_to(session()) &&
                      shown.compare_by == moment.document.compare_by &&
                      shown.compare_values == moment.document.compare_values;
    workspace_.set_mode(mode);
    if (!same)
      carry_out(workspace_, action::CompareBy{moment.document.compare_by,
                                              moment.document.compare_values});
    Comparison* comparison = lab().compared().comparison();
    if (!comparison) return;
    if (comparison->furthest() > moment.place.epochs) comparison->restart();
    playback().train_to(moment.place.epochs);
    view().training = moment.place.epochs > comparison->epoch();
    return;
  }
  workspace_.set_mode(mode);
  lesson_->way = LessonRun::Way::entering;
  lesson_->way_from = std::min(session().trainer().epoch(), moment.place.epochs);
  lesson_->way_to = moment.place.epochs;
  work_on_lesson();
}

void App::settle_lesson_step(int step) {
  enter_lesson_step(step);
  while (lesson_is_busy()) work_on_lesson();
  playback().settle();
}

bool App::lesson_is_busy() const { return lesson_ && lesson_->way != LessonRun::Way::there; }

// Rings what the step points at; its panel rings what is pointed at in its words.
void App::point_for_lesson() {
  view().pointed_nodes.clear();
  for (const Given<std::string>& name : lesson_->now().point)
    if (const int node = session().graph().find(name.value); node >= 0)
      view().pointed_nodes.push_back(node);
}

void App::work_on_lesson() {
  if (!lesson_) return;
  point_for_lesson();
  if (lesson_is_busy()) {
    const bool trains = lesson_->way_to > lesson_->way_from;
    if (trains && !session().train_until(Deadline::in(playback().seconds_for_work()), lesson_->way_to)) return;
    if (lesson_->way == LessonRun::Way::entering) {
      std::string mistake;
      const Position place =
          position_of(lesson_->moment().place, session().training_timeline(), mistake);
      if (mistake.empty()) session().seek(place);
    }
    lesson_->way = LessonRun::Way::there;
    settle_frames_ = 3;
  }
  if (!lesson_->demands() || lesson_->asks() || !demand_is_met()) return;
  if (lesson_->now().demand->value.kind == Demand::Kind::train_to) playback().pause();
  lesson_->meet_demand();
  settle_frames_ = 3;
}

// ---- demands --------------------------------------------------------------------------

bool App::demand_is_met() const {
  const Demand& demand = lesson_->now().demand->value;
  const Timeline& timeline = session().timeline();
  std::string mistake;
  switch (demand.kind) {
    case Demand::Kind::step_to: {
      const Place place = place_from(demand.place, lesson_->moment().place);
      const Position wanted = position_of(place, timeline, mistake);
      return mistake.empty() && timeline.position() >= wanted;
    }
    case Demand::Kind::edit:
      return holds(timeline, demand.edit);
    case Demand::Kind::train_to:
      return workspace_.is_comparing() ? lab().comparison()->epoch() >= demand.epoch
                            : session().trainer().epoch() >= demand.epoch;
    case Demand::Kind::set:
      return is_set(session().setup(), lesson_->moment().document, demand.change);
    case Demand::Kind::check:
      return session().all_checks() && session().all_checks()->finished();
    case Demand::Kind::mode:
      return view().mode == demand.mode;
    case Demand::Kind::find_bug:
      return hunt().found || hunt().given_up;
    case Demand::Kind::open_paths:
      return !view().lit_edges.empty();
  }
  return false;
}

// Of the step one is in, when it is not trained to it yet; then Train stops there.
long App::epoch_the_lesson_demands() const {
  if (!lesson_ || !lesson_->demands()) return Playback::for_ever;
  const Demand& demand = lesson_->now().demand->value;
  return demand.kind == Demand::Kind::train_to && !demand_is_met() ? demand.epoch
                                                                     : Playback::for_ever;
}

namespace {

void edit_leaf(Session& session, const LeafEdit& edit) {
  std::string mistake;
  const EntryPlace place = entry_of(edit.entry, session.graph(), mistake);
  if (!mistake.empty()) return;
  const bool fits = edit.value.shape == session.graph().node(place.node).value.shape;
  if (edit.whole && !fits) return;  // the program was changed meanwhile
  if (edit.whole)
    session.edit_leaf(place.node, edit.value);
  else
    session.edit_entry(place.node, place.entry, edit.value.entries[0]);
}

}  // namespace

void App::meet_demand() {
  const Demand& demand = lesson_->now().demand->value;
  std::string mistake;
  switch (demand.kind) {
    case Demand::Kind::step_to: {
      const Place place = place_from(demand.place, lesson_->moment().place);
      const Position wanted = position_of(place, session().timeline(), mistake);
      playback().pause();
      if (mistake.empty()) session().seek(wanted);
      return playback().light_last_step();
    }
    case Demand::Kind::edit:
      playback().pause();
      edit_leaf(session(), demand.edit);
      return session().end_burst();
    case Demand::Kind::train_to:
      playback().pause();
      if (workspace_.is_comparing()) return playback().train_to(demand.epoch);
      lesson_->way = LessonRun::Way::showing;
      lesson_->way_from = session().trainer().epoch();
      lesson_->way_to = demand.epoch;
      return;
    case Demand::Kind::set: {
      Document document = session().as_given();
      mistake = set_field(document, demand.change);
      if (!mistake.empty()) return say(mistake);
      return carry_out(workspace_, action::ChangeSetup{document.setup, ""});
    }
    case Demand::Kind::check:
      return carry_out(workspace_, action::CheckAll{});
    case Demand::Kind::mode:
      return workspace_.set_mode(demand.mode);
    case Demand::Kind::find_bug:
      if (!hunt().on) hide_bug(workspace_, {});
      return carry_out(workspace_, action::GuessBug{session().setup().bug});
    case Demand::Kind::open_paths: {
      Selection at = view().selection;
      if (at.node < 0) at = {session().graph().parameters().front(), 0};
      view().selection = at;
      const Paths& paths = session().paths(at.node, at.entry);
      if (paths.strongest.empty()) return;
      action::LightPath light;
      for (const PathStep& step : paths.strongest.front().steps) {
        light.edges.push_back(step.edge);
        light.entries.push_back(step.from);
      }
      return carry_out(workspace_, light);
    }
  }
}

// ---- actions --------------------------------------------------------------------------

void App::apply(const action::OpenLesson& lesson) {
  if (!let_go_of_edits(lesson)) return;
  open_lesson(lesson.id);
}

void App::apply(const action::CloseLesson&) { close_lesson(); }

void App::apply(const action::GoToLessonStep& to) {
  if (lesson_) go_on_in_lesson(to.step - lesson_->step());
}

void App::apply(const action::Predict& prediction) {
  if (!lesson_ || !lesson_->asks() || lesson_is_busy()) return;
  const PredictionWanted& wanted = lesson_->now().predict->value;
  const Graph graph = finished_pass(session());
  std::string mistake;
  const EntryPlace place = entry_of(wanted.entry, graph, mistake);
  if (!mistake.empty()) return say(mistake + ". Previous and Next bring the lesson's own back.");
  const Question question = {wanted.asked, place.node, place.entry};
  lesson_->take({prediction.answer, judge(graph, question, prediction.answer)});
  keep_lesson_progress();
}

// The prediction first: what it is about may be what is demanded.
void App::apply(const action::ShowMe&) {
  if (!lesson_ || lesson_is_busy()) return;
  if (!lesson_->asks()) {
    if (lesson_->demands()) meet_demand();
    return;
  }
  const PredictionWanted& wanted = lesson_->now().predict->value;
  const Graph graph = finished_pass(session());
  std::string mistake;
  const EntryPlace place = entry_of(wanted.entry, graph, mistake);
  if (!mistake.empty()) return say(mistake);
  Judgement shown;
  shown.truth = truth_of(graph, {wanted.asked, place.node, place.entry});
  lesson_->take({"", shown});
  keep_lesson_progress();
}

}  // namespace backstep
