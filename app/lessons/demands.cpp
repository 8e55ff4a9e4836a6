// The kinds of demand, a class and a row of the table each.
#include <algorithm>
#include <cmath>

#include "app/commands/commands.h"
#include "app/explain/symbols.h"
#include "app/lessons/demand.h"
#include "app/lessons/lesson_numbers.h"
#include "app/lessons/lesson_values.h"
#include "app/paint/numbers.h"
#include "app/workspace/workspace_actions.h"
#include "core/base/number_words.h"
#include "core/base/text.h"
#include "core/slips/bug.h"

namespace backstep {

namespace {

// " (→)": the keys that do it.
std::string keys_of(CommandId id) { return " (" + name_of(command_of(id).keys) + ")"; }

// Whether the step itself sets or edits something.
bool changes_setup(const LessonStep& step) {
  return step.program || step.setup ||
         std::any_of(step.settings.begin(), step.settings.end(), [](const Setting& setting) {
           return setting.lasts != Setting::Lasts::to_the_end;
         });
}

// ---- step to PLACE ----------------------------------------------------------------

std::string place_words(const Place& place) {
  const std::string name = pretty_name(place.node);
  const std::string in_pass =
      place.passes > 0 ? text(", in pass {}", place.passes + 1) : std::string();
  const bool whole = place.node.empty();
  switch (place.after) {
    case Place::After::start:
      return "to the start of the pass" + in_pass;
    case Place::After::forward:
      return (whole ? "to the end of the forward pass" : text("until {} has its value", name)) +
             in_pass;
    case Place::After::backward:
      return (whole ? "to the end of the backward pass"
                    : text("until the backward pass has gone past {}", name)) +
             in_pass;
    case Place::After::update:
      return (whole ? "to the end of the updates" : text("until {} is updated", name)) + in_pass;
  }
  return "";
}

struct StepTo final : Demand {
  Place place;

  std::string read(const std::string& argument) { return read_place(argument, place); }

  std::string sentence(const LessonMoment&) const override {
    return text("Step {}{}.", place_words(place), keys_of(CommandId::step));
  }
  bool is_met(const Workspace& workspace, const LessonMoment& moment) const override {
    std::string mistake;
    const Timeline& timeline = workspace.session().timeline();
    const Position wanted = position_of(place_from(moment), timeline, mistake);
    return mistake.empty() && timeline.position() >= wanted;
  }
  void show(Workspace& workspace, const LessonMoment& moment) const override {
    std::string mistake;
    const Position wanted =
        position_of(place_from(moment), workspace.session().timeline(), mistake);
    workspace.playback.pause();
    if (mistake.empty()) workspace.session().seek(wanted);
    workspace.playback.light_last_step();
  }
  std::string mistake(LessonNumbers& numbers, const LessonMoment& moment) const override {
    std::string mistake;
    const Position wanted = position_of(place_from(moment), numbers.timeline(), mistake);
    if (!mistake.empty()) return mistake;
    return wanted <= numbers.position() ? "the cursor stands there already" : "";
  }

 private:
  // In the pass the step is about, unless another is named.
  Place place_from(const LessonMoment& moment) const {
    Place wanted = place;
    if (wanted.epochs > 0 || wanted.passes > 0) return wanted;
    wanted.epochs = moment.place.epochs;
    wanted.passes = moment.place.passes;
    return wanted;
  }
};

// ---- edit w = 2 -------------------------------------------------------------------

std::string edit_words(const LeafEdit& edit) {
  std::string name = pretty_name(edit.entry.node);
  if (!edit.whole && edit.entry.row)
    name += text("[{},{}]", *edit.entry.row, edit.entry.column);
  else if (!edit.whole)
    name += text("[{}]", edit.entry.column);
  std::string values;
  for (Index i = 0; i < edit.value.shape.size(); ++i) {
    if (i > 0) values += i % edit.value.shape.columns == 0 ? "; " : ", ";
    values += with_minus(exact_number(edit.value.entries[static_cast<std::size_t>(i)]));
  }
  return text("{} to {}", name, values);
}

struct Edit final : Demand {
  LeafEdit edit;

  std::string read(const std::string& argument) { return read_edit(argument, edit); }

  std::string sentence(const LessonMoment&) const override {
    return text("Set {}: drag its number, or click it and type.", edit_words(edit));
  }
  bool is_met(const Workspace& workspace, const LessonMoment&) const override {
    const Timeline& timeline = workspace.session().timeline();
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
  void show(Workspace& workspace, const LessonMoment&) const override {
    workspace.playback.pause();
    Session& session = workspace.session();
    std::string mistake;
    const EntryPlace place = entry_of(edit.entry, session.graph(), mistake);
    if (mistake.empty()) set(session, place);
    session.end_burst();
  }
  std::string mistake(LessonNumbers& numbers, const LessonMoment&) const override {
    const Graph& graph = numbers.graph();
    std::string mistake;
    const EntryPlace place = entry_of(edit.entry, graph, mistake);
    if (!mistake.empty()) return mistake;
    const Node& node = graph.node(place.node);
    const Shape wanted = edit.whole ? node.value.shape : Shape{};
    if (!node.is_editable())
      return text("'{}' is computed; edited are inputs, targets, parameters", edit.entry.node);
    if (edit.value.shape != wanted) return text("'{}' is {}", edit.entry.node, to_string(wanted));
    return "";
  }
  bool holds_in(const LessonStep& next) const override { return changes_setup(next); }

 private:
  void set(Session& session, EntryPlace place) const {
    if (!edit.whole) return session.edit_entry(place.node, place.entry, edit.value.entries[0]);
    // The program may have been changed meanwhile.
    const bool fits = edit.value.shape == session.graph().node(place.node).value.shape;
    if (fits) session.edit_leaf(place.node, edit.value);
  }
};

// ---- train to epoch 300 -------------------------------------------------------------

struct TrainTo final : Demand {
  long last = 0;

  std::string read(const std::string& argument) {
    if (read_number(argument, last) && last > 0) return "";
    return text("'{}': an epoch is a whole number from 1", argument);
  }

  std::string sentence(const LessonMoment&) const override {
    return text("Train to epoch {}{}.", last, keys_of(CommandId::train));
  }
  bool is_met(const Workspace& workspace, const LessonMoment&) const override {
    return (workspace.is_comparing() ? workspace.lab.comparison()->epoch()
                                     : workspace.session().trainer().epoch()) >= last;
  }
  // Compare trains its own runs; the session's is trained by the guide.
  void show(Workspace& workspace, const LessonMoment&) const override {
    workspace.playback.pause();
    if (workspace.is_comparing()) workspace.playback.train_to(last);
  }
  std::string mistake(LessonNumbers&, const LessonMoment& moment) const override {
    return last <= moment.place.epochs ? "that epoch is reached already" : "";
  }
  bool holds_in(const LessonStep& next) const override {
    return next.program || next.setup || next.at;
  }
  std::optional<long> epoch() const override { return last; }
};

// ---- set activation = tanh ------------------------------------------------------------

struct Set final : Demand {
  Change change;

  std::string read(const std::string& argument) { return read_change(argument, change); }

  std::string sentence(const LessonMoment&) const override {
    const Changeable* row = find_changeable(change.setting);
    return text("In the setup (beside Train and Compare), set “{}” to {}.",
                row ? row->label : change.setting, change.value);
  }
  bool is_met(const Workspace& workspace, const LessonMoment& moment) const override {
    return is_set(workspace.session().setup(), moment.document, change);
  }
  void show(Workspace& workspace, const LessonMoment&) const override {
    Document document = workspace.session().as_given();
    const std::string mistake = set_field(document, change);
    if (mistake.empty())
      carry_out(workspace, action::ChangeSetup{document.setup, ""});
    else
      workspace.say(mistake);
  }
  std::string mistake(LessonNumbers&, const LessonMoment& moment) const override {
    Document document = moment.document;
    const std::string mistake = set_field(document, change);
    if (!mistake.empty()) return mistake;
    return is_set(moment.document.setup, moment.document, change) ? "it is set so already" : "";
  }
  bool holds_in(const LessonStep& next) const override { return changes_setup(next); }
};

// ---- check ----------------------------------------------------------------------------

struct Check final : Demand {
  std::string sentence(const LessonMoment&) const override {
    return text("Check every gradient{}.", keys_of(CommandId::check_all));
  }
  bool is_met(const Workspace& workspace, const LessonMoment&) const override {
    const GradientChecks* checks = workspace.session().all_checks();
    return checks && checks->finished();
  }
  void show(Workspace& workspace, const LessonMoment&) const override {
    carry_out(workspace, action::CheckAll{});
  }
};

// ---- mode train -------------------------------------------------------------------------

struct GoToMode final : Demand {
  Mode mode = Mode::step;

  std::string read(const std::string& argument) { return read_mode(argument, mode); }

  std::string sentence(const LessonMoment&) const override {
    const CommandId command = command_for(mode);
    return text("Go to {}{}.", command_of(command).label, keys_of(command));
  }
  bool is_met(const Workspace& workspace, const LessonMoment&) const override {
    return workspace.view.mode == mode;
  }
  void show(Workspace& workspace, const LessonMoment&) const override { workspace.set_mode(mode); }
  std::string mistake(LessonNumbers&, const LessonMoment& moment) const override {
    return moment.document.mode == mode ? "that mode is on already" : "";
  }
};

// ---- find bug ---------------------------------------------------------------------------

struct FindBug final : Demand {
  std::string sentence(const LessonMoment& moment) const override {
    if (!moment.document.setup.bug.empty()) return "Find the bug, and name it in the inspector.";
    return text("Have a bug hidden{}, find it, and name it in the inspector.",
                keys_of(CommandId::hide_bug));
  }
  bool is_met(const Workspace& workspace, const LessonMoment&) const override {
    return workspace.hunt.found || workspace.hunt.given_up;
  }
  void show(Workspace& workspace, const LessonMoment&) const override {
    if (!workspace.hunt.on) hide_bug(workspace, {});
    carry_out(workspace, action::GuessBug{workspace.session().setup().bug});
  }
  // A step that brings its own bug begins a round of the bug lab.
  void begin(Workspace& workspace) const override {
    const std::string& bug = workspace.session().setup().bug;
    if (bug.empty()) return;
    std::vector<std::string> choices;
    const Timeline& timeline = workspace.session().training_timeline();
    for (const Bug& row : all_bugs())
      if (row.id == bug || row.fits(timeline.graph(), timeline.training()))
        choices.push_back(row.id);
    workspace.hunt.begin(std::move(choices));
  }
};

// ---- open paths -------------------------------------------------------------------------

struct OpenPaths final : Demand {
  std::string sentence(const LessonMoment&) const override {
    return "Select a number, and light up one of its paths to the loss in the inspector.";
  }
  bool is_met(const Workspace& workspace, const LessonMoment&) const override {
    return !workspace.view.lit_edges.empty();
  }
  void show(Workspace& workspace, const LessonMoment&) const override {
    Selection& selection = workspace.view.selection;
    if (selection.node < 0) selection = {workspace.session().graph().parameters().front(), 0};
    const Paths& paths = workspace.session().paths(selection.node, selection.entry);
    if (paths.strongest.empty()) return;
    action::LightPath light;
    for (const PathStep& step : paths.strongest.front().steps) {
      light.edges.push_back(step.edge);
      light.entries.push_back(step.from);
    }
    carry_out(workspace, light);
  }
};

// ---- the table --------------------------------------------------------------------------

struct DemandRow {
  const char* name;
  const char* example;  // as mistakes show it
  std::string (*read)(const std::string& argument, std::shared_ptr<Demand>& demand);
};

// Reads a kind of demand; one without an argument has no read() of its own.
template <class Kind>
std::string read_as(const std::string& argument, std::shared_ptr<Demand>& demand) {
  auto read = std::make_shared<Kind>();
  std::string mistake;
  if constexpr (requires { read->read(argument); })
    mistake = read->read(argument);
  else if (!argument.empty())
    mistake = text("nothing follows it, and here stands '{}'", argument);
  demand = std::move(read);
  return mistake;
}

constexpr DemandRow demand_rows[] = {
    {"step to", "step to PLACE", read_as<StepTo>},
    {"edit", "edit w = 2", read_as<Edit>},
    {"train to epoch", "train to epoch 300", read_as<TrainTo>},
    {"set", "set activation = tanh", read_as<Set>},
    {"check", "check", read_as<Check>},
    {"mode", "mode train", read_as<GoToMode>},
    {"find bug", "find bug", read_as<FindBug>},
    {"open paths", "open paths", read_as<OpenPaths>},
};

}  // namespace

std::vector<std::string> demand_names() {
  std::vector<std::string> names;
  for (const DemandRow& row : demand_rows) names.emplace_back(row.name);
  return names;
}

std::string read_demand(const std::string& written, std::shared_ptr<const Demand>& demand) {
  for (const DemandRow& row : demand_rows) {
    std::string argument;
    if (written != row.name && !begins_with(written, std::string(row.name) + " ", argument))
      continue;
    std::shared_ptr<Demand> read;
    const std::string mistake = row.read(argument, read);
    read->words = written;
    demand = std::move(read);
    return mistake;
  }
  return text("'{}' is not known; what can be demanded is {}", written,
              joined(demand_rows, ", ", [](const DemandRow& row) { return row.example; }));
}

}  // namespace backstep
