// A Session is what is open: a document, the timeline that runs its program,
// the text as it stands in the editor, and the way back through its edits. All
// changes go through it; it keeps the timeline on the last program that was
// right while the text being typed is not.
#pragma once

#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/documents/document.h"
#include "app/session/edit_history.h"
#include "core/analysis/paths.h"
#include "core/program/program.h"
#include "core/proofs/gradient_checks.h"
#include "core/proofs/nudge.h"
#include "core/proofs/precision_check.h"
#include "core/runs/experiment.h"
#include "core/stepping/timeline.h"

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
  const std::string& program() const { return document_.setup.program; }  // as typed
  const std::optional<ProgramError>& mistake() const { return mistake_; }
  // What Step shows: the timeline of the training, or of the one sample picked.
  const Timeline& timeline() const { return sample_ ? *sample_timeline_ : experiment_->timeline(); }
  const Graph& graph() const { return timeline().graph(); }

  // ---- the run ----
  const Setup& setup() const { return document_.setup; }
  const DataSource& source() const { return document_.source; }
  const Dataset& data() const { return experiment_->data(); }
  const GraphMaker& make() const { return experiment_->make(); }
  const Timeline& training_timeline() const { return experiment_->timeline(); }
  const Trainer& trainer() const { return experiment_->trainer(); }
  const Experiment& experiment() const { return *experiment_; }

  // Grows with every change of a value, the program or the position, so that
  // panels can keep what they worked out until it does.
  long revision() const { return revision_; }
  // Grows when the graph is another one: node numbers mean something else.
  long graph_revision() const { return graph_revision_; }
  // Another number for every run of another setup.
  long run_number() const { return run_; }

  // ---- moving through the passes ----
  void step();
  // One tick back; right after an edit that went on to another place, back to
  // where it was made, as undo() does.
  void step_back();
  void seek(Position position);
  void train(long updates);
  // Goes on training until the deadline, at most to the end of `last_epoch`; lets go of
  // a picked sample. True when that epoch is done and measured.
  bool train_until(const Deadline& deadline, long last_epoch = std::numeric_limits<long>::max());
  void train_epochs(long epochs);  // to the end of this one and so on
  // Epoch 0 measured, before any training; true when it is.
  bool measure(const Deadline& deadline);
  void restart();  // to the start of update 0 with the same starting values

  // Step looks at this sample alone (-1: at the batch again): a pass of its own
  // with the parameters as they are. An edited parameter stays edited.
  void pick_sample(long sample);
  std::optional<long> picked_sample() const { return sample_; }
  // The sample in each row of the pass Step shows; empty without samples.
  std::vector<long> samples_shown() const;

  // ---- edits, each undoable ----
  // Edits with the same `burst` in a row are one step of undo (a drag, typing);
  // end_burst() closes it.
  // An edit is shown at work: see Timeline::edit().
  void edit_entry(int leaf, Index entry, double value);
  void edit_leaf(int leaf, const Matrix& value);
  // Where the last edit was made, when the timeline went elsewhere to show what
  // it does and nothing has happened since.
  std::optional<Position> edited_from() const;
  void set_program(const std::string& text);
  void set_learning_rate(double learning_rate);
  // Another network, other data or training: a new run from its start. When
  // only the training changed, the parameters stay as trained.
  void change_setup(Setup wanted, const std::string& burst);
  // Other samples; the network is replaced too when one is given.
  void set_data(Samples samples, DataSource source, bool standardise,
                const std::optional<Network>& network = {}, const std::string& burst = "");
  void set_comparison(const std::string& field, const std::vector<std::string>& values);
  void reset_values();  // the leaves as the program (and the file) give them
  void end_burst();

  bool can_undo() const { return history_.can_undo(); }
  bool can_redo() const { return history_.can_redo(); }
  void undo();
  void redo();
  const EditHistory& history() const { return history_; }

  // ---- what is known of the numbers, kept until revision() grows ----
  GradientCheck check(int node, Index entry) const;
  // The loss at values of the entry evenly from `from` to `to`: 65, in large
  // networks fewer.
  const std::vector<double>& loss_curve(int node, Index entry, double from, double to) const;

  // ---- proofs ----
  const Paths& paths(int node, Index entry) const;
  // Goes on checking every entry of every parameter; true when all are done.
  bool check_all(const Deadline& deadline);
  const GradientChecks* all_checks() const;  // null: none asked for since the last change
  const std::vector<BadNumber>& bad_numbers() const;
  // Another precision, a bug built in or ("") taken out: a new run of the same
  // setup that keeps the parameters.
  void set_precision(Precision precision);
  void plant_bug(const std::string& id);

  // The document as it was opened or changed since, without what was trained.
  const Document& as_given() const { return document_; }
  Mode mode() const { return document_.mode; }
  // The document as it stands, to be saved.
  Document document() const;
  bool is_changed() const { return last_edit_ != saved_edit_; }
  void mark_saved() { saved_edit_ = last_edit_; }
  void mark_unsaved() { saved_edit_ = -1; }

  std::filesystem::path path;  // empty when it has no file yet

 private:
  // What belongs to one run. It is built whole before the run before is let go
  // of: where that fails, for want of memory too, nothing has changed.
  struct Run {
    std::unique_ptr<Experiment> experiment;
    std::unique_ptr<Nudger> nudger;
    std::string program;        // the one that runs
    std::vector<double> start;  // memory of all leaves at update 0
  };

  bool goes_on(const std::string& burst) const { return !burst.empty() && burst == burst_; }
  void remember(const std::string& burst);
  Snapshot snapshot() const;
  void go_back(Snapshot (EditHistory::*direction)(Snapshot now));
  void restore(Snapshot snapshot);
  void restore_sample(long sample, const Snapshot& snapshot, bool same_run);
  void edit(const std::string& burst, int leaf, const std::function<void(Timeline&)>& change);
  static Run run_of(Setup setup);
  Run run_in_place(Setup setup) const;
  void take_over(Run run);
  static Setup running_setup(Setup setup, const std::string& program);
  Setup with_right_program(Setup setup) const;
  Run run_beside_mistake() const;
  void start_over(Run run, Setup setup, DataSource source, const std::string& burst);
  void show_sample(long sample);
  void carry_over_to(Run& run) const;
  void keep_parameters_in(Run& run) const;
  Timeline& shown() { return sample_ ? *sample_timeline_ : experiment_->timeline(); }
  void changed() { ++revision_; }
  void keep_row_edits();

  Document document_;
  std::string right_program_;
  std::optional<ProgramError> mistake_;
  std::unique_ptr<Experiment> experiment_;
  std::optional<long> sample_;                 // picked
  std::unique_ptr<Timeline> sample_timeline_;  // of that sample alone
  std::unique_ptr<Nudger> nudger_;
  std::vector<double> start_;  // memory of all leaves at update 0
  EditHistory history_;
  std::string burst_;
  struct Answered {
    long revision = -1;  // the one in which the edit is shown
    Position from;
  };
  Answered answered_;  // the last edit that went elsewhere to be shown
  long revision_ = 0, graph_revision_ = 0;
  // Edits are numbered; undo goes back to the number of one before.
  long edits_made_ = 0, last_edit_ = 0, saved_edit_ = 0;
  long run_ = 0, runs_made_ = 0;  // experiments; undo tells by the number whether it is the same

  struct AskedFor {
    long revision = -1;
    int node = -1;
    Index entry = -1;
    double from = 0, to = 0;
    bool operator==(const AskedFor&) const = default;
  };
  // Answers are kept for whoever asks the same again.
  mutable std::vector<std::pair<AskedFor, GradientCheck>> checks_;  // of the present revision
  mutable AskedFor curved_, walked_;
  mutable std::vector<double> curve_;
  mutable Paths paths_;
  mutable long bad_numbers_of_ = -1;  // the revision
  mutable std::vector<BadNumber> bad_numbers_;
  std::unique_ptr<GradientChecks> all_checks_;
  long all_checks_of_ = -1;  // the revision
};

}  // namespace backstep
