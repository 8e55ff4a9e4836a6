// What the App does for Train and Compare: training within a frame's time,
// keeping what is shown up to date, and the actions of the lab.
#include <algorithm>

#include "app/documents/session_file.h"
#include "app/main_window/app.h"
#include "app/paint/numbers.h"
#include "app/panels/compare/compare_panel.h"
#include "app/panels/compare/compare_side.h"
#include "app/panels/dialogs/data_dialog.h"
#include "app/panels/dialogs/data_table.h"
#include "app/panels/setup/setup_panel.h"
#include "app/panels/train/train_panel.h"
#include "app/widgets/guarded.h"

namespace backstep {

void App::set_mode(Mode mode) {
  if (view_.mode == mode) return;
  view_.training = view_.playing = false;
  view_.mode = mode;
  if (mode != Mode::step) session_->pick_sample(-1);
  if (mode == Mode::compare) keep_comparison();
}

// The runs of Compare follow from the session's setup: another setup, other runs.
// Those of a setup that is gone are let go of, whether others can take their place or not.
void App::keep_comparison() {
  const double rate = session_->training_timeline().learning_rate();
  if (compared_run_number_ == session_->run_number() && compared_rate_ == rate) return;
  if (!session_->runs()) return;
  const std::string field = compared_field();
  const std::vector<std::string> values = compared_values(field);
  lab_.forget_comparison();
  compare_by(field, values);
}

namespace {

bool can_be_compared(const Setup& setup, const std::string& field) {
  const Changeable* row = find_changeable(field);
  return row && (setup.network || !row->needs_network);
}

bool can_have(const Setup& setup, const std::string& field,
              const std::vector<std::string>& values) {
  return !values.empty() && std::all_of(values.begin(), values.end(), [&](const auto& value) {
    std::string mistake;
    with_change(setup, {field, value}, mistake);
    return mistake.empty();
  });
}

}  // namespace

// What is compared now or was when the session was saved, while it still can be.
std::string App::compared_field() const {
  const Setup& setup = session_->setup();
  if (lab_.comparison() && can_be_compared(setup, lab_.comparison()->setting()))
    return lab_.comparison()->setting();
  if (can_be_compared(setup, session_->as_given().compare_by))
    return session_->as_given().compare_by;
  return setup.network ? "activation" : "learning_rate";
}

std::vector<std::string> App::compared_values(const std::string& field) const {
  const Document& document = session_->as_given();
  if (document.compare_by == field && can_have(session_->setup(), field, document.compare_values))
    return document.compare_values;
  const Changeable* changeable = find_changeable(field);
  std::vector<std::string> values(changeable->values.begin(), changeable->values.end());
  values.resize(std::min<std::size_t>(values.size(), 3));
  return values;
}

void App::compare_by(const std::string& field, const std::vector<std::string>& values) {
  std::string mistake;
  lab_.compare(*session_, field, values, mistake);
  took_comparison(mistake);
}

// Of the session as it is now, when nothing is wrong with it.
void App::took_comparison(const std::string& mistake) {
  compared_run_number_ = session_->run_number();
  compared_rate_ = session_->training_timeline().learning_rate();
  if (!mistake.empty()) return say(mistake);
  session_->set_comparison(lab_.comparison()->setting(), lab_.comparison()->values());
  train_until_ = for_ever;
  view_.compared_run = 0;
  lab_up_to_date_ = false;
}

// Training first, then a look at what it has come to.
void App::work_in_lab() {
  if (view_.mode == Mode::compare) keep_comparison();
  const auto begun = FrameBudget::Clock::now();
  const bool trains = view_.training;
  const bool measured = train_in_frame();
  if (trains)
    budget_.trained(FrameBudget::seconds_since(begun));
  else
    budget_.rests(FrameBudget::seconds_since(begun));
  lab_up_to_date_ = view_.mode == Mode::step ? check_gradients() : look_in_frame() && measured;
}

// Without training, what is shown is still measured, and compared runs come to
// stand at the same epoch. True when nothing is left of that.
bool App::train_in_frame() {
  const Deadline deadline =
      Deadline::in(view_.mode == Mode::step ? budget_.seconds() : budget_.training_seconds());
  if (view_.mode == Mode::compare) {
    Comparison* comparison = lab_.comparison();
    const bool done =
        !comparison ||
        comparison->work(view_.training ? train_until_ : comparison->level(), deadline);
    if (done) view_.training = false;
    return done;
  }
  if (!view_.training) return view_.mode == Mode::step || session_->measure(deadline);
  if (session_->train_until(deadline, train_until_)) view_.training = false;
  return true;
}

bool App::look_in_frame() {
  if (budget_.look_seconds() <= 0) return false;
  const auto begun = FrameBudget::Clock::now();
  const Deadline deadline = Deadline::in(budget_.look_seconds());
  Comparison* comparison = lab_.comparison();
  const bool done = view_.mode == Mode::train ? lab_.refresh(*session_, deadline)
                                              : !comparison || comparison->refresh(deadline);
  budget_.looked(FrameBudget::seconds_since(begun));
  return done;
}

void App::draw_lab(const PanelContext& context, const Layout& layout) {
  const auto guarded = [&](Rect rect, const auto& draw) {
    if (rect.width > 0) draw_guarded(context, rect, draw);
  };
  const bool train = view_.mode == Mode::train;
  guarded(layout.setup, [&] { draw_setup_panel(context, layout.setup); });
  guarded(layout.middle, [&] {
    train ? draw_train_panel(context, layout.middle) : draw_compare_panel(context, layout.middle);
  });
  guarded(layout.side, [&] {
    train ? draw_train_side(context, layout.side) : draw_compare_side(context, layout.side);
  });
}

void App::settle_lab() {
  do work_in_lab();
  while (!lab_up_to_date_);
}

void App::train_in_lab(long epochs) {
  if (view_.mode != Mode::compare) {
    session_->train_epochs(epochs);
    return;
  }
  keep_comparison();
  if (Comparison* comparison = lab_.comparison())
    comparison->work(comparison->epoch() + epochs, Deadline::never());
}

bool App::is_comparing() const { return view_.mode == Mode::compare && lab_.comparison(); }

// ---- actions ----------------------------------------------------------------------

void App::apply(const action::ChangeSetup& change) {
  session_->change_setup(change.setup, change.burst);
}

void App::apply(const action::OpenData& data) {
  open_data_dialog(dialogs_, data.path, data.opens, session_->source());
}

void App::apply(const action::TakeData& data) {
  if (data.opens) return open_data(data);
  const bool builds = !data.network && !session_->setup().network &&
                      session_->timeline().graph().data_leaves().empty();
  if (builds) return build_network_for(data);
  session_->set_data(data.samples, data.source, data.standardise, data.network, data.burst);
}

// A file of data by itself is a session with a small network that learns it.
void App::open_data(const action::TakeData& data) {
  Document document = document_of_data(data.samples, data.source);
  document.setup.standardise = data.standardise;
  open(std::move(document), data.source.file);
  settings_.remember_file(data.source.file);
}

// A program that reads no data would be shown as trained on it, so a network
// takes its place; undo brings the program back.
void App::build_network_for(const action::TakeData& data) {
  const Document built = document_of_data(data.samples, data.source);
  const std::string burst = data.burst.empty() ? "data.network" : data.burst;
  session_->set_data(data.samples, data.source, data.standardise, built.setup.network, burst);
  Setup setup = session_->setup();
  setup.training = built.setup.training;
  session_->change_setup(setup, burst);
  session_->end_burst();
  say("A small network learns these: the program had no input(\"x\") to read them with.");
}

void App::apply(const action::ChooseData&) {
  open_file_dialog(dialogs_, keyboard(), Dialog::data_file, working_folder(), "");
}

void App::apply(const action::ShowData&) { open_dialog(dialogs_, Dialog::data_table); }

void App::apply(const action::PickSample& pick) {
  pause();
  session_->pick_sample(pick.sample);
  if (const auto sample = session_->picked_sample(); sample && view_.mode != Mode::step)
    say("Step looks at sample " + std::to_string(*sample + 1) + " alone. Ctrl+1 goes there.");
}

void App::apply(const action::CompareBy& by) { compare_by(by.setting, by.values); }

// The ailing run and the one with the remedy, side by side to the same epoch.
void App::apply(const action::Replay& replay) {
  long until = 0;
  if (replay.run < 0) {
    until = session_->trainer().epoch();
    std::string mistake;
    lab_.compare_with_base(*session_, replay.change, mistake);
    if (!mistake.empty()) return say(mistake);
    view_.training = false;
    view_.mode = Mode::compare;
    took_comparison("");
  } else if (Comparison* comparison = lab_.comparison()) {
    until = view_.training ? train_until_ : std::max(comparison->level(), comparison->furthest());
    comparison->replay(static_cast<std::size_t>(replay.run), replay.change);
    view_.compared_run = static_cast<int>(comparison->runs().size()) - 1;
  }
  if (!lab_.comparison()) return;
  train_until_ = std::max(until, 1L);
  view_.training = true;
}

void App::apply(const action::RemoveRun& remove) {
  if (Comparison* comparison = lab_.comparison())
    comparison->remove(static_cast<std::size_t>(remove.run));
  view_.compared_run = 0;
}

void App::apply(const action::WatchLayer& watch) { lab_.watch(watch.node); }

void App::apply(const action::Freeze& freeze) {
  if (freeze.on)
    lab_.freeze(*session_);
  else
    lab_.thaw();
}

}  // namespace backstep
