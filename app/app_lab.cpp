// What the App does for Train and Compare: training within a frame's time,
// keeping what is shown up to date, and the actions of the lab.
#include <algorithm>
#include <limits>

#include "app/app.h"
#include "app/draw/numbers.h"
#include "app/panels/compare_panel.h"
#include "app/panels/compare_side.h"
#include "app/panels/data_dialog.h"
#include "app/panels/data_table.h"
#include "app/panels/setup_panel.h"
#include "app/panels/train_panel.h"

namespace backstep {

namespace {

// Of a frame's 16 ms: what is drawn takes the rest.
constexpr double lab_seconds = 0.009, look_seconds = 0.003;

}  // namespace

void App::set_mode(Mode mode) {
  if (view_.mode == mode) return;
  view_.training = view_.playing = false;
  view_.mode = mode;
  if (mode != Mode::step) session_->pick_sample(-1);
  if (mode == Mode::compare) keep_comparison();
}

// The runs of Compare follow from the session's setup: another setup, other runs.
void App::keep_comparison() {
  const double rate = session_->training_timeline().learning_rate();
  if (compared_run_number_ == session_->run_number() && compared_rate_ == rate) return;
  if (!session_->runs()) return;
  compare_by(compared_field(), compared_values());
}

std::string App::compared_field() const {
  if (lab_.comparison()) return lab_.comparison()->field();
  const Document& document = session_->as_given();
  if (!document.compare_by.empty()) return document.compare_by;
  return session_->setup().network ? "activation" : "learning_rate";
}

std::vector<std::string> App::compared_values() const {
  const Document& document = session_->as_given();
  if (document.compare_by == compared_field()) return document.compare_values;
  const Changeable* changeable = find_changeable(compared_field());
  std::vector<std::string> values(changeable->values.begin(), changeable->values.end());
  values.resize(std::min<std::size_t>(values.size(), 3));
  return values;
}

void App::compare_by(const std::string& field, const std::vector<std::string>& values) {
  compared_run_number_ = session_->run_number();
  compared_rate_ = session_->training_timeline().learning_rate();
  std::string mistake;
  lab_.compare(*session_, field, values, mistake);
  if (!mistake.empty()) return say(mistake);
  session_->set_comparison(field, values);
  compare_until_ = std::numeric_limits<long>::max();
  view_.compared_run = 0;
  lab_up_to_date_ = false;
}

// Training first, then a look at what it has come to, both until their share of
// the frame is used up.
void App::work_in_lab() {
  if (view_.mode == Mode::compare) {
    keep_comparison();
    Comparison* comparison = lab_.comparison();
    lab_up_to_date_ = !comparison;
    if (!comparison) return;
    const bool measured =
        comparison->work(view_.training ? compare_until_ : comparison->epoch(),
                         Deadline::in(view_.training ? lab_seconds - look_seconds : lab_seconds));
    if (view_.training && measured) view_.training = false;
    lab_up_to_date_ = comparison->look(Deadline::in(look_seconds)) && measured;
    return;
  }
  if (view_.training)
    session_->train_until(
        Deadline::in(view_.mode == Mode::step ? lab_seconds : lab_seconds - look_seconds));
  if (view_.mode == Mode::train) {
    const bool measured = view_.training || session_->measure(Deadline::in(look_seconds));
    lab_up_to_date_ = lab_.look(*session_, Deadline::in(look_seconds)) && measured;
  } else {
    lab_up_to_date_ = check_gradients();
  }
}

void App::draw_lab(const PanelContext& context, const Layout& layout) {
  if (layout.setup.width > 0) draw_setup_panel(context, layout.setup);
  if (view_.mode == Mode::train) {
    draw_train_panel(context, layout.middle);
    if (layout.side.width > 0) draw_train_side(context, layout.side);
  } else {
    draw_compare_panel(context, layout.middle);
    if (layout.side.width > 0) draw_compare_side(context, layout.side);
  }
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
  try {
    session_->change_setup(change.setup, change.burst);
  } catch (const std::exception& error) {
    say(error.what());
  }
}

void App::apply(const action::OpenData& data) {
  try {
    open_data_dialog(dialogs_, data.path, session_->source());
  } catch (const std::exception& error) {
    say(error.what());
  }
}

void App::apply(const action::TakeData& data) {
  try {
    session_->set_data(data.samples, data.source, data.standardise, data.network, data.burst);
  } catch (const std::exception& error) {
    say(error.what());
  }
}

void App::apply(const action::ChooseData&) {
  open_file_dialog(dialogs_, Dialog::data_file, working_folder(), "");
}

void App::apply(const action::ShowData&) { open_dialog(dialogs_, Dialog::data_table); }

void App::apply(const action::PickSample& pick) {
  pause();
  session_->pick_sample(pick.sample);
  if (const auto sample = session_->picked_sample(); sample && view_.mode != Mode::step)
    say("Step looks at sample " + std::to_string(*sample + 1) + " alone. Ctrl+1 goes there.");
}

void App::apply(const action::CompareBy& by) { compare_by(by.field, by.values); }

// The ailing run and the one with the remedy, side by side to the same epoch.
void App::apply(const action::Replay& replay) {
  long until = 0;
  if (replay.run < 0) {
    until = session_->trainer().epoch();
    const std::string now = find_changeable(replay.change.field)->read(session_->setup());
    view_.training = false;
    view_.mode = Mode::compare;
    compare_by(replay.change.field, {now, replay.change.value});
  } else if (Comparison* comparison = lab_.comparison()) {
    until = view_.training ? compare_until_ : comparison->furthest();
    comparison->replay(static_cast<std::size_t>(replay.run), replay.change);
    view_.compared_run = static_cast<int>(comparison->runs().size()) - 1;
  }
  if (!lab_.comparison()) return;
  compare_until_ = std::max(until, 1L);
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
