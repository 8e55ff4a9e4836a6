#include "app/lessons/lesson_run.h"

#include <algorithm>
#include <cassert>

#include "app/commands/commands.h"
#include "app/explain/symbols.h"
#include "app/paint/numbers.h"

namespace backstep {

LessonRun::LessonRun(Lesson lesson, const LessonProgress& before)
    : lesson_(std::move(lesson)), records_(lesson_.steps.size()) {
  if (before.finished) finished_ = true;
  if (before.finished || before.reached >= steps()) return;
  before_ = before;
  first_ = before.reached;
}

void LessonRun::enter(int step) {
  assert(step >= 0 && step < steps() && "a step of the lesson");
  moment_ = moment_of(lesson_, static_cast<std::size_t>(step));
  step_ = step;
  reached_ = std::max(reached_, step);
  typed = answer() ? answer()->typed : "";
  way = Way::there;
  scroll_up = true;
  answered = false;
  wants_keys = asks();
}

void LessonRun::take(const Answer& given) {
  Record& record = records_[static_cast<std::size_t>(step_)];
  if (!record.answer) record.right_at_once = given.judgement.right && !given.typed.empty();
  record.answer = given;
  answered = true;
  wants_keys = asks();
}

int LessonRun::asked() const {
  return before_.asked + static_cast<int>(std::count_if(
                             records_.begin() + first_, records_.end(),
                             [](const Record& record) { return record.answer.has_value(); }));
}

int LessonRun::right() const {
  return before_.right +
         static_cast<int>(std::count_if(records_.begin() + first_, records_.end(),
                                        [](const Record& record) { return record.right_at_once; }));
}

std::string LessonRun::demand_sentence() const {
  return sentence_of(now().demand->value, !moment_.document.setup.bug.empty());
}

LessonProgress LessonRun::progress() const { return {reached_, asked(), right(), finished_}; }

// ---- what is said -------------------------------------------------------------------

namespace {

std::string keys_of(CommandId id) { return " (" + name_of(command_of(id).keys) + ")"; }

std::string words_of(const Place& place) {
  const std::string name = pretty_name(place.node);
  const std::string in_pass =
      place.passes > 0 ? ", in pass " + std::to_string(place.passes + 1) : "";
  const bool whole = place.node.empty();
  switch (place.after) {
    case Place::After::start:
      return "to the start of the pass" + in_pass;
    case Place::After::forward:
      return (whole ? "to the end of the forward pass" : "until " + name + " has its value") +
             in_pass;
    case Place::After::backward:
      return (whole ? "to the end of the backward pass"
                    : "until the backward pass is done with " + name) +
             in_pass;
    case Place::After::update:
      return (whole ? "to the end of the updates" : "until " + name + " is updated") + in_pass;
  }
  return "";
}

std::string words_of(const EntryName& entry, const Graph& graph) {
  std::string mistake;
  const EntryPlace place = entry_of(entry, graph, mistake);
  if (!mistake.empty()) return entry.node;
  return entry_symbol(graph.node(place.node).value.shape, place.entry);
}

std::string words_of(const LeafEdit& edit) {
  std::string name = pretty_name(edit.entry.node);
  if (!edit.whole)
    name += "[" + (edit.entry.row ? std::to_string(*edit.entry.row) + "," : std::string()) +
            std::to_string(edit.entry.column) + "]";
  if (edit.value.shape == Shape{})
    return name + " to " + with_minus(exact_number(edit.value.entries[0]));
  std::string rows;
  for (Index i = 0; i < edit.value.shape.size(); ++i)
    rows += (i == 0                              ? ""
             : i % edit.value.shape.columns == 0 ? "; "
                                                 : ", ") +
            with_minus(exact_number(edit.value.entries[static_cast<std::size_t>(i)]));
  return name + " to " + rows;
}

}  // namespace

std::string sentence_of(const Demand& demand, bool hidden) {
  switch (demand.kind) {
    case Demand::Kind::step_to:
      return "Step " + words_of(demand.place) + keys_of(CommandId::step) + ".";
    case Demand::Kind::edit:
      return "Set " + words_of(demand.edit) + ": drag its number, or click it and type.";
    case Demand::Kind::train_to:
      return "Train to epoch " + std::to_string(demand.epoch) + keys_of(CommandId::train) + ".";
    case Demand::Kind::set: {
      const Changeable* row = find_changeable(demand.change.setting);
      return std::string("In the setup (beside Train and Compare), set “") +
             (row ? row->label : demand.change.setting) + "” to " + demand.change.value + ".";
    }
    case Demand::Kind::check:
      return "Check every gradient" + keys_of(CommandId::check_all) + ".";
    case Demand::Kind::mode:
      return std::string("Go to ") + command_of(command_for(demand.mode)).label +
             keys_of(command_for(demand.mode)) + ".";
    case Demand::Kind::find_bug:
      return hidden ? "Find the bug, and name it in the inspector."
                    : "Let a bug be hidden" + keys_of(CommandId::hide_bug) +
                          ", find it, and name it in the inspector.";
    case Demand::Kind::open_paths:
      return "Select a number and light one of its paths to the loss, in the inspector.";
  }
  return "";
}

std::string words_of(const PredictionWanted& wanted, const Graph& graph) {
  const int node = graph.find(wanted.entry.node);
  if (node < 0) return wanted.entry.node;
  const std::string entry = words_of(wanted.entry, graph);
  if (wanted.asked == Asked::value) return symbol(graph, node) + entry;
  const std::string gradient = gradient_symbol(graph, node) + entry;
  return wanted.asked == Asked::gradient ? gradient : "the sign of " + gradient;
}

}  // namespace backstep
