#include "app/session/session.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "app/documents/document_graph.h"
#include "app/paint/numbers.h"

namespace backstep {

namespace {

constexpr const char* placeholder = "x = input(0)\nL = x * x\n";

std::vector<double> all_leaves(const Timeline& timeline) { return timeline.state().leaves; }

// The value a leaf of `before` had, if `node` is the same leaf of another
// program: same name, same text behind it.
const Node* same_leaf(const Graph& before, const Node& node, const std::string& program_before,
                      const std::string& program_now) {
  const int index = node.name.empty() ? -1 : before.find(node.name);
  if (index < 0) return nullptr;
  const Node& other = before.node(index);
  const auto text = [](const std::string& program, const Node& leaf) {
    return program.substr(leaf.source.begin, leaf.source.end - leaf.source.begin);
  };
  const bool same = other.kind == node.kind && other.value.shape == node.value.shape &&
                    text(program_before, other) == text(program_now, node);
  return same ? &other : nullptr;
}

// A curve follows a drag frame by frame, so a large network gets fewer points.
int curve_points(const Graph& graph) {
  constexpr Index most = 65, least = 17, entries_a_curve = 4'000'000;
  Index entries = 1;
  for (const Node& node : graph.nodes()) entries += node.value.shape.size();
  return static_cast<int>(std::clamp(entries_a_curve / entries, least, most));
}

// The line, from 1, in which `text` begins to differ from what it was.
int first_changed_line(const std::string& before, const std::string& text) {
  const auto change = std::mismatch(text.begin(), text.end(), before.begin(), before.end()).first;
  return 1 + static_cast<int>(std::count(text.begin(), change, '\n'));
}

// A part of one text in another that begins and ends like it: where it stands
// there, or nothing when it lies in what differs.
std::optional<std::size_t> place_in(const std::string& other, const std::string& text,
                                    std::size_t begin, std::size_t end) {
  const std::size_t most = std::min(other.size(), text.size());
  std::size_t before = 0, after = 0;
  while (before < most && other[before] == text[before]) ++before;
  while (after < most - before && other.rbegin()[static_cast<std::ptrdiff_t>(after)] ==
                                      text.rbegin()[static_cast<std::ptrdiff_t>(after)])
    ++after;
  if (end <= before) return begin;
  if (begin >= text.size() - after) return begin + other.size() - text.size();
  return std::nullopt;
}

// "[[1, 2], [3, 4]]", read back exactly.
std::string rows_of(const Matrix& matrix) {
  std::string text;
  for (Index i = 0; i < matrix.shape.size(); ++i) {
    const bool first = i % matrix.shape.columns == 0;
    text += first ? (i == 0 ? "[[" : "], [") : ", ";
    text += exact_number(matrix.entries[static_cast<std::size_t>(i)]);
  }
  return text + "]]";
}

}  // namespace

Session::Session(Document document) : document_(std::move(document)) {
  try {
    if (document_.setup.network) document_.setup.program = program_of(document_.setup);
    graph_of(document_);
    take_over(run_of(document_.setup));
  } catch (const ProgramError& error) {
    take_over(run_beside_mistake());
    mistake_ = error;
    if (!runs()) return;
  }
  document_.right_program.clear();
  Timeline& timeline = experiment_->timeline();
  timeline.seek({document_.update, std::min(document_.tick, timeline.ticks())});
}

// The program that ran when the session was saved beside a mistake; if there is
// none that is right, a placeholder.
Session::Run Session::run_beside_mistake() const {
  Document right = document_;
  right.setup.network.reset();
  right.setup.program = document_.right_program;
  try {
    if (!right.setup.program.empty()) {
      graph_of(right);
      return run_of(right.setup);
    }
  } catch (const ProgramError&) {
  }
  Setup nothing;
  nothing.program = placeholder;
  return run_of(nothing);
}

bool Session::runs() const { return right_program_ != placeholder; }

// ---- programs ---------------------------------------------------------------

Session::Run Session::run_of(Setup setup) {
  Run run;
  run.experiment = std::make_unique<Experiment>(std::move(setup));
  const Timeline& timeline = run.experiment->timeline();
  run.nudger = std::make_unique<Nudger>(timeline.graph());
  run.program = program_of(run.experiment->setup());
  run.start = all_leaves(timeline);
  return run;
}

// Everything that belonged to the run before does not any more.
void Session::take_over(Run run) {
  experiment_ = std::move(run.experiment);
  nudger_ = std::move(run.nudger);
  right_program_ = std::move(run.program);
  start_ = std::move(run.start);
  sample_.reset();
  sample_timeline_.reset();
  run_ = ++runs_made_;
  ++graph_revision_;
  changed();
}

// `setup` with the program that was right last.
Setup Session::running_setup(Setup setup, const std::string& program) {
  if (setup.network && program_of(setup) != program) setup.network.reset();
  setup.program = program;
  return setup;
}

// A setup made from the document's has the mistake that is being typed.
Setup Session::with_right_program(Setup setup) const {
  if (mistake_ && !setup.network) setup.program = right_program_;
  return setup;
}

// Leaves whose lines were not touched keep the values they have, edited or
// trained; the cursor stays where it was when the passes have the same ticks.
void Session::carry_over_to(Run& run) const {
  const Timeline& before = experiment_->timeline();
  Timeline& timeline = run.experiment->timeline();
  const std::vector<Node>& nodes = timeline.graph().nodes();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    if (!node.is_editable() || !node.data_name.empty()) continue;
    const Node* known = same_leaf(before.graph(), node, right_program_, run.program);
    if (!known) continue;
    const int old = static_cast<int>(known - before.graph().nodes().data());
    timeline.edit(static_cast<int>(i), before.leaf_at_start(old));
  }
  run.start = all_leaves(timeline);
  const bool same_ticks =
      before.forward_ticks() == timeline.forward_ticks() && before.ticks() == timeline.ticks();
  if (same_ticks) timeline.seek({0, before.position().tick});
}

void Session::set_program(const std::string& text) {
  if (text == document_.setup.program) return;
  std::optional<Run> run;
  std::optional<ProgramError> mistake;
  try {
    if (text != right_program_) {
      Setup setup = document_.setup;
      setup.program = text;
      setup.network.reset();
      // A program that has never been right yet is still to be given its values.
      if (runs()) setup.parameters.clear();
      run = run_of(std::move(setup));
      carry_over_to(*run);
    }
  } catch (const ProgramError& error) {
    mistake = error;
  } catch (const std::bad_alloc&) {
    // A mistake like another: what was typed stays to be mended.
    mistake = ProgramError(first_changed_line(right_program_, text), 1,
                           "there is not enough memory for this program");
  }
  if (mistake) run.reset();
  std::string program = text;
  remember("program");
  document_.setup.program = std::move(program);
  document_.setup.network.reset();  // by hand from here on
  changed();
  if (run) {
    if (runs()) document_.setup.parameters.clear();
    take_over(std::move(*run));
  }
  mistake_ = std::move(mistake);
}

// ---- moving -----------------------------------------------------------------

void Session::step() {
  end_burst();
  shown().step();
  changed();
}

void Session::step_back() {
  if (edited_from()) return undo();
  end_burst();
  shown().step_back();
  if (!sample_) experiment_->trainer().forget_what_changed();
  changed();
}

void Session::seek(Position position) {
  end_burst();
  Timeline& timeline = shown();
  position.tick = std::clamp(position.tick, 0, timeline.ticks());
  timeline.seek(std::max(position, timeline.first()));
  if (!sample_) experiment_->trainer().forget_what_changed();
  changed();
}

void Session::train(long updates) {
  end_burst();
  pick_sample(-1);
  experiment_->timeline().train(updates);
  changed();
}

bool Session::train_until(const Deadline& deadline, long last_epoch) {
  end_burst();
  pick_sample(-1);
  const bool done = experiment_->work(last_epoch, deadline);
  changed();
  return done;
}

void Session::train_epochs(long epochs) {
  end_burst();
  pick_sample(-1);
  Trainer& trainer = experiment_->trainer();
  trainer.work(trainer.epoch() + epochs, Deadline::never());
  changed();
}

bool Session::measure(const Deadline& deadline) {
  Trainer& trainer = experiment_->trainer();
  if (trainer.epoch() > 0 || training_timeline().position() != Position{}) return true;
  return trainer.work(0, deadline);
}

void Session::restart() {
  end_burst();
  pick_sample(-1);
  Timeline& timeline = experiment_->timeline();
  const RowEdits& rows = timeline.batches().edits();  // no values to start with: they stay
  timeline.restore({{0, 0}, timeline.learning_rate(), start_, {}, rows});
  experiment_->trainer().forget_what_changed();
  changed();
}

// ---- one sample alone ---------------------------------------------------------

void Session::pick_sample(long sample) {
  if (sample < 0 || sample >= sample_count(document_.setup)) {
    if (!sample_) return;
    auto nudger = std::make_unique<Nudger>(experiment_->timeline().graph());
    sample_.reset();
    sample_timeline_.reset();
    nudger_ = std::move(nudger);
  } else {
    show_sample(sample);
  }
  end_burst();
  ++graph_revision_;
  changed();
}

// As the network is used: batch norm with its running statistics, no dropout.
void Session::show_sample(long sample) {
  Graph one = experiment_->make()(rows_of_sample(experiment_->setup(), sample));
  const Timeline& training = experiment_->timeline();
  const View trained = training.graph().parameter_memory();
  std::copy(trained.begin(), trained.end(), one.parameter_memory().data);
  one.pass().mode = PassMode::evaluation;
  auto timeline = std::make_unique<Timeline>(std::move(one), training.training(), Batches());
  nudger_ = std::make_unique<Nudger>(timeline->graph());
  sample_timeline_ = std::move(timeline);
  sample_ = sample;
}

std::vector<long> Session::samples_shown() const {
  if (sample_) return {*sample_};
  if (document_.setup.balance) return {};  // rows of the balanced set are no sample numbers
  const Timeline& timeline = experiment_->timeline();
  return timeline.batches().rows_of(timeline.position().update);
}

// ---- edits ------------------------------------------------------------------

void Session::edit_entry(int leaf, Index entry, double value) {
  edit("entry " + std::to_string(leaf) + " " + std::to_string(entry), leaf,
       [&](Timeline& timeline) { timeline.edit(leaf, entry, value); });
}

void Session::edit_leaf(int leaf, const Matrix& value) {
  edit("leaf " + std::to_string(leaf), leaf,
       [&](Timeline& timeline) { timeline.edit(leaf, value); });
}

// A sample looked at alone has the parameters of the training: they are one.
void Session::edit(const std::string& burst, int leaf,
                   const std::function<void(Timeline&)>& change) {
  const std::optional<Position> began = goes_on(burst) ? edited_from() : std::nullopt;
  const Position from = began.value_or(timeline().position());
  remember(burst);
  Timeline& training = experiment_->timeline();
  change(shown());
  if (!sample_)
    keep_row_edits();
  else if (graph().node(leaf).kind == NodeKind::parameter)
    change(training);
  if (training.position().update == 0) start_ = all_leaves(training);
  experiment_->trainer().forget_what_changed();
  changed();
  if (timeline().position() != from) answered_ = {revision_, from};
}

std::optional<Position> Session::edited_from() const {
  if (answered_.revision != revision_) return std::nullopt;
  return answered_.from;
}

// A new run of the document is to have the rows edited by hand too.
void Session::keep_row_edits() {
  const RowEdits& edits = experiment_->timeline().batches().edits();
  if (edits != document_.setup.row_edits) document_.setup.row_edits = edits;
}

void Session::set_learning_rate(double learning_rate) {
  Timeline& timeline = experiment_->timeline();
  if (learning_rate == timeline.learning_rate()) return;
  remember("learning rate");
  document_.setup.training.learning_rate = learning_rate;
  timeline.set_learning_rate(learning_rate);
  if (sample_) sample_timeline_->set_learning_rate(learning_rate);
  changed();
}

// A new run of the same program keeps what was trained: other training, or
// points drawn, are no reason to begin again.
void Session::change_setup(Setup wanted, const std::string& burst) {
  Setup setup = with_right_program(std::move(wanted));
  if (setup.network) setup.program = program_of(setup);
  Setup before = document_.setup;
  before.program = right_program_;
  const bool same_program = setup.program == before.program && setup.network == before.network;
  before.training.learning_rate = setup.training.learning_rate;
  if (setup == before) return set_learning_rate(setup.training.learning_rate);
  DataSource source = setup.samples == before.samples ? document_.source : DataSource{};
  Run run = run_of(setup);
  if (same_program) keep_parameters_in(run);
  start_over(std::move(run), std::move(setup), std::move(source), burst);
}

void Session::set_data(Samples samples, DataSource source, bool standardise,
                       const std::optional<Network>& network, const std::string& burst) {
  Setup setup = document_.setup;
  if (network) setup.network = network;
  setup.samples = std::move(samples);
  setup.standardise = standardise;
  setup.train.clear();
  setup.test.clear();
  setup.row_edits.clear();
  setup = with_right_program(std::move(setup));
  if (setup.network) setup.program = program_of(setup);
  Run run = run_of(setup);
  start_over(std::move(run), std::move(setup), std::move(source), burst);
}

void Session::start_over(Run run, Setup setup, DataSource source, const std::string& burst) {
  const bool replaces_text = !mistake_ || setup.network;
  setup.program = replaces_text ? run.program : document_.setup.program;
  setup.row_edits = run.experiment->timeline().batches().edits();
  remember(burst);
  take_over(std::move(run));
  document_.setup = std::move(setup);
  document_.source = std::move(source);
  if (replaces_text) mistake_.reset();
}

void Session::keep_parameters_in(Run& run) const {
  Timeline& timeline = run.experiment->timeline();
  TimelineState state = timeline.state();
  const View trained = experiment_->timeline().graph().parameter_memory();
  std::copy(trained.begin(), trained.end(), state.leaves.begin());
  timeline.restore(state);
  std::copy_n(start_.begin(), trained.shape.size(), run.start.begin());
}

void Session::set_comparison(const std::string& field, const std::vector<std::string>& values) {
  document_.compare_by = field;
  document_.compare_values = values;
}

void Session::reset_values() {
  end_burst();
  Setup setup = running_setup(document_.setup, right_program_);
  setup.row_edits.clear();
  Run run = run_of(std::move(setup));
  Timeline& timeline = run.experiment->timeline();
  timeline.seek({0, std::min(shown().position().tick, timeline.ticks())});
  remember("");
  document_.setup.row_edits.clear();
  take_over(std::move(run));
}

// ---- what is known of the numbers ----------------------------------------------

GradientCheck Session::check(int node, Index entry) const {
  const AskedFor question = {revision_, node, entry};
  std::erase_if(checks_, [&](const auto& kept) { return kept.first.revision != revision_; });
  for (const auto& [asked, answer] : checks_)
    if (asked == question) return answer;
  nudger_->follow(timeline());
  return checks_.emplace_back(question, nudger_->check(node, entry)).second;
}

const std::vector<double>& Session::loss_curve(int node, Index entry, double from,
                                               double to) const {
  const AskedFor question = {revision_, node, entry, from, to};
  if (question != curved_) {
    nudger_->follow(timeline());
    curve_ = nudger_->curve(node, entry, from, to, curve_points(graph()));
    curved_ = question;
  }
  return curve_;
}

// Only what differs from the program is written: by name beside it, into the
// data it came from, or, for a leaf without a name, into the program's text.
// Beside a mistake the values are those of the program that ran last.
Document Session::document() const {
  if (!runs()) return document_;
  Document document = document_;
  const Timeline& timeline = experiment_->timeline();
  document.update = 0;
  document.tick = timeline.position().tick;
  document.setup.parameters.clear();
  if (!document.setup.row_edits.empty()) {  // edited by hand: from here on they are written out
    document.setup.samples.reset();
    document.source = {};
    document.setup.train = data().train;
    document.setup.test = data().test;
    document.setup.row_edits.clear();
  }
  const Graph& now = timeline.graph();
  const Graph written = read_program(right_program_, timeline.batches().first());
  round_all(written.leaf_memory(),
            document.setup.precision);  // rounding is no change worth writing
  std::string right = right_program_;
  // From the last to the first, so that places in the text stay true.
  for (int i = static_cast<int>(now.nodes().size()) - 1; i >= 0; --i) {
    const Node& node = now.node(i);
    if (!node.is_editable() || !node.data_name.empty()) continue;
    const Matrix value = timeline.leaf_at_start(i);
    if (value == copy_of(written.node(i).value)) continue;
    if (!node.name.empty()) {
      document.setup.parameters[node.name] = value;
      continue;
    }
    const auto [begin, end] = std::pair{node.source.begin, node.source.end};
    const std::string text = node.text + "(" + rows_of(value) + ")";
    if (const auto place = place_in(document_.setup.program, right_program_, begin, end))
      document.setup.program.replace(*place, end - begin, text);
    right.replace(begin, end - begin, text);
  }
  if (mistake_) document.right_program = right;
  return document;
}

}  // namespace backstep
