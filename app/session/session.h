// A Session is what is open: a document, the timeline that runs its program,
// the text as it stands in the editor, and the way back through its edits. All
// changes go through it; it keeps the timeline on the last program that was
// right while the text being typed is not.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/session/document.h"
#include "core/nudge.h"
#include "core/program.h"
#include "core/timeline.h"

namespace backstep {

class Session {
 public:
  // A program with a mistake in it is kept as text to be mended: runs() is
  // false and mistake() says why. Throws FileError when `parameters`
  // name nothing or do not fit.
  explicit Session(Document document);

  // False until the program has been right once; the graph is then a mere
  // placeholder.
  bool runs() const;

  const std::string& title() const { return document_.title; }
  const std::string& program() const { return document_.program; }  // as typed
  const std::optional<ProgramError>& mistake() const { return mistake_; }
  const Timeline& timeline() const { return *timeline_; }
  const Graph& graph() const { return timeline_->graph(); }

  // Grows with every change of a value, the program or the position, so that
  // panels can keep what they worked out until it does.
  long revision() const { return revision_; }
  // Grows when the graph is another one: node numbers mean something else.
  long graph_revision() const { return graph_revision_; }

  // ---- moving through the passes ----
  void step();
  void step_back();
  void seek(Position position);
  void train(long updates);
  void restart();  // to the start of update 0 with the same starting values

  // ---- edits, each undoable ----
  // Edits with the same `burst` in a row are one step of undo (a drag, typing);
  // end_burst() closes it.
  void edit_entry(int leaf, Index entry, double value);
  void set_program(const std::string& text);
  void set_learning_rate(double learning_rate);
  void reset_values();  // the leaves as the program (and the file) give them
  void end_burst();

  bool can_undo() const { return !undo_.empty(); }
  bool can_redo() const { return !redo_.empty(); }
  void undo();
  void redo();

  // ---- what is known of the numbers, kept until revision() grows ----
  GradientCheck check(int node, Index entry);
  // The loss at values of the entry evenly from `from` to `to`: 65, in large
  // networks fewer.
  const std::vector<double>& loss_curve(int node, Index entry, double from, double to);

  // The document as it stands, to be saved.
  Document document() const;
  bool is_changed() const { return revision_of_edits_ != saved_revision_; }
  void mark_saved() { saved_revision_ = revision_of_edits_; }

  std::filesystem::path path;  // empty when it has no file yet

 private:
  struct Snapshot {
    std::string program;        // as typed
    std::string right_program;  // the one that ran
    std::map<std::string, Matrix> parameters;
    Moment moment;
    std::vector<double> start;
  };

  void remember(const std::string& burst);
  Snapshot snapshot() const;
  void restore(const Snapshot& snapshot);
  void run(Graph graph, const std::string& program);
  void carry_over(const Timeline& before, const std::string& program_before);
  void changed() { ++revision_; }

  Document document_;
  std::string right_program_;
  std::optional<ProgramError> mistake_;
  std::unique_ptr<Timeline> timeline_;
  std::unique_ptr<Nudger> nudger_;
  std::vector<double> start_;  // memory of all leaves at update 0
  std::vector<Snapshot> undo_, redo_;
  std::string burst_;
  long revision_ = 0, graph_revision_ = 0, revision_of_edits_ = 0, saved_revision_ = 0;

  struct Question {
    long revision = -1;
    int node = -1;
    Index entry = -1;
    double from = 0, to = 0;
    bool operator==(const Question&) const = default;
  };
  std::vector<std::pair<Question, GradientCheck>> checks_;  // of the present revision
  Question curved_;
  std::vector<double> curve_;
};

}  // namespace backstep
