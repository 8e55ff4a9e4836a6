#include "app/session/session.h"

#include <algorithm>
#include <cassert>

#include "app/draw/numbers.h"
#include "app/session/document_graph.h"

namespace backstep {

namespace {

constexpr std::size_t most_snapshots = 200;
constexpr const char* placeholder = "x = input(0)\nL = x * x\n";

std::vector<double> all_leaves(const Timeline& timeline) { return timeline.moment().leaves; }

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
    run(graph_of(document_), document_.program);
  } catch (const ProgramError& error) {
    run(read_program(placeholder), placeholder);
    mistake_ = error;
    return;
  }
  timeline_->seek({document_.update, std::min(document_.tick, timeline_->ticks())});
}

bool Session::runs() const { return right_program_ != placeholder; }

// ---- programs ---------------------------------------------------------------

void Session::run(Graph graph, const std::string& program) {
  timeline_ = std::make_unique<Timeline>(std::move(graph), document_.learning_rate);
  nudger_ = std::make_unique<Nudger>(timeline_->graph());
  right_program_ = program;
  mistake_.reset();
  start_ = all_leaves(*timeline_);
  ++graph_revision_;
  changed();
}

// Leaves whose lines were not touched keep the values they have, edited or
// trained; the cursor stays where it was when the passes have the same ticks.
void Session::carry_over(const Timeline& before, const std::string& program_before) {
  for (std::size_t i = 0; i < graph().nodes().size(); ++i) {
    const Node& node = graph().node(static_cast<int>(i));
    if (!node.is_editable()) continue;
    const Node* known = same_leaf(before.graph(), node, program_before, right_program_);
    if (!known) continue;
    const int old = static_cast<int>(known - before.graph().nodes().data());
    timeline_->edit(static_cast<int>(i), before.leaf_at_start(old));
  }
  start_ = all_leaves(*timeline_);
  const bool same_ticks =
      before.forward_ticks() == timeline_->forward_ticks() && before.ticks() == timeline_->ticks();
  if (same_ticks) timeline_->seek({0, before.position().tick});
}

void Session::set_program(const std::string& text) {
  if (text == document_.program) return;
  remember("program");
  document_.program = text;
  changed();
  if (text == right_program_) {
    mistake_.reset();
    return;
  }
  try {
    Graph graph = read_program(text, document_.train);
    const std::unique_ptr<Timeline> before = std::move(timeline_);
    const std::string program_before = right_program_;
    run(std::move(graph), text);
    document_.parameters.clear();
    carry_over(*before, program_before);
  } catch (const ProgramError& error) {
    mistake_ = error;
  }
}

// ---- moving -----------------------------------------------------------------

void Session::step() {
  end_burst();
  timeline_->step();
  changed();
}

void Session::step_back() {
  end_burst();
  timeline_->step_back();
  changed();
}

void Session::seek(Position position) {
  end_burst();
  position.tick = std::clamp(position.tick, 0, timeline_->ticks());
  timeline_->seek(std::max(position, timeline_->first()));
  changed();
}

void Session::train(long updates) {
  end_burst();
  timeline_->train(updates);
  changed();
}

void Session::restart() {
  end_burst();
  timeline_->restore({{0, 0}, timeline_->learning_rate(), start_, {}});
  changed();
}

// ---- edits ------------------------------------------------------------------

void Session::edit_entry(int leaf, Index entry, double value) {
  remember("entry " + std::to_string(leaf) + " " + std::to_string(entry));
  timeline_->edit(leaf, entry, value);
  if (timeline_->position().update == 0) start_ = all_leaves(*timeline_);
  changed();
}

void Session::set_learning_rate(double learning_rate) {
  if (learning_rate == timeline_->learning_rate()) return;
  remember("learning rate");
  document_.learning_rate = learning_rate;
  timeline_->set_learning_rate(learning_rate);
  changed();
}

void Session::reset_values() {
  end_burst();
  remember("");
  const int tick = timeline_->position().tick;
  Document given = document_;
  given.program = right_program_;
  run(graph_of(given), right_program_);
  timeline_->seek({0, std::min(tick, timeline_->ticks())});
}

void Session::end_burst() { burst_.clear(); }

void Session::remember(const std::string& burst) {
  ++revision_of_edits_;
  redo_.clear();
  if (!burst.empty() && burst == burst_) return;
  burst_ = burst;
  undo_.push_back(snapshot());
  if (undo_.size() > most_snapshots) undo_.erase(undo_.begin());
}

Session::Snapshot Session::snapshot() const {
  return {document_.program, right_program_, document_.parameters, timeline_->moment(), start_};
}

void Session::undo() {
  if (undo_.empty()) return;
  redo_.push_back(snapshot());
  const Snapshot before = std::move(undo_.back());
  undo_.pop_back();
  restore(before);
}

void Session::redo() {
  if (redo_.empty()) return;
  undo_.push_back(snapshot());
  const Snapshot after = std::move(redo_.back());
  redo_.pop_back();
  restore(after);
}

void Session::restore(const Snapshot& snapshot) {
  end_burst();
  ++revision_of_edits_;
  if (snapshot.right_program != right_program_)
    run(read_program(snapshot.right_program, document_.train), snapshot.right_program);
  timeline_->restore(snapshot.moment);
  document_.learning_rate = snapshot.moment.learning_rate;
  document_.program = snapshot.program;
  document_.parameters = snapshot.parameters;
  start_ = snapshot.start;
  mistake_.reset();
  if (snapshot.program != right_program_) {
    try {
      read_program(snapshot.program, document_.train);
    } catch (const ProgramError& error) {
      mistake_ = error;
    }
  }
  changed();
}

// ---- what is known of the numbers ----------------------------------------------

GradientCheck Session::check(int node, Index entry) {
  const Question question = {revision_, node, entry};
  std::erase_if(checks_, [&](const auto& kept) { return kept.first.revision != revision_; });
  for (const auto& [asked, answer] : checks_)
    if (asked == question) return answer;
  nudger_->follow(*timeline_);
  return checks_.emplace_back(question, nudger_->check(node, entry)).second;
}

const std::vector<double>& Session::loss_curve(int node, Index entry, double from, double to) {
  const Question question = {revision_, node, entry, from, to};
  if (question != curved_) {
    nudger_->follow(*timeline_);
    curve_ = nudger_->curve(node, entry, from, to, curve_points(graph()));
    curved_ = question;
  }
  return curve_;
}

// Only what differs from the program is written: by name beside it, into the
// data it came from, or, for a leaf without a name, into the program's text.
Document Session::document() const {
  Document document = document_;
  document.learning_rate = timeline_->learning_rate();
  document.update = 0;
  document.tick = timeline_->position().tick;
  if (mistake_) return document;
  document.parameters.clear();
  const Graph& now = graph();
  const Graph written = read_program(right_program_, document_.train);
  // From the last to the first, so that places in the text stay true.
  for (int i = static_cast<int>(now.nodes().size()) - 1; i >= 0; --i) {
    const Node& node = now.node(i);
    if (!node.is_editable()) continue;
    const Matrix value = timeline_->leaf_at_start(i);
    if (value == copy_of(written.node(i).value)) continue;
    if (!node.data_name.empty())
      document.train[node.data_name] = value;
    else if (!node.name.empty())
      document.parameters[node.name] = value;
    else
      document.program.replace(node.source.begin, node.source.end - node.source.begin,
                               node.text + "(" + rows_of(value) + ")");
  }
  return document;
}

}  // namespace backstep
