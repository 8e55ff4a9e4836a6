// A Timeline runs a graph one op at a time and back again. One pass is a tick
// per op forward, a tick per op backward in reverse order, and a tick per
// parameter updated; then the next pass begins. The timeline can stand before
// or after any tick of any pass, and what the graph's memory holds for the
// ticks done is, to the bit, what running straight there would give.
#pragma once

#include <compare>
#include <optional>
#include <vector>

#include "core/base/deadline.h"
#include "core/engine/graph.h"
#include "core/engine/passes.h"
#include "core/stepping/batches.h"
#include "core/stepping/checkpoints.h"
#include "core/stepping/progress.h"
#include "core/stepping/updater.h"

namespace backstep {

// `update` counts the updates before this pass; `tick` the ticks done in it.
struct Position {
  long update = 0;
  int tick = 0;
  auto operator<=>(const Position&) const = default;
};

enum class Phase { forward, backward, update };
const char* name_of(Phase phase);

// What one tick does: `number`-th of `count` in its phase, from 1.
struct Tick {
  Phase phase = Phase::forward;
  int node = -1;
  int number = 0, count = 0;
};

// How much of a gradient has come back so far.
enum class Arrived { nothing, some, all };

// Where a timeline stood and from which leaves: all it takes to stand there again.
struct Moment {
  Position position;
  double learning_rate = 0;
  std::vector<double> leaves;     // memory of all leaves when the pass began
  std::vector<double> optimizer;  // what it remembered then; empty: nothing yet
  RowEdits row_edits;             // of the whole training set
  // To the bit: a moment full of NaN is equal to itself.
  friend bool operator==(const Moment& a, const Moment& b);
};

class Timeline {
 public:
  static constexpr std::size_t usual_checkpoint_bytes = std::size_t{256} << 20;

  // Every pass runs on all data, by gradient descent. Checkpoints for going
  // back take at most `checkpoint_bytes`.
  explicit Timeline(Graph graph, double learning_rate = 0.1,
                    std::size_t checkpoint_bytes = usual_checkpoint_bytes);
  // `graph` is built with batches.first(), and where the last batch of an epoch is
  // smaller, `smaller` with batches.smaller().
  Timeline(Graph graph, const Training& training, Batches batches,
           std::optional<Graph> smaller = {},
           std::size_t checkpoint_bytes = usual_checkpoint_bytes);

  // Another timeline that stands where this one does.
  Timeline copy() const;

  // The graph of the present pass: in a smaller batch, with so many rows.
  const Graph& graph() const { return graph_; }
  const Progress& progress() const { return progress_; }
  Position position() const { return position_; }

  int ticks() const { return forward_ticks_ + backward_ticks_ + update_ticks_; }
  int forward_ticks() const { return forward_ticks_; }
  int backward_ticks() const { return backward_ticks_; }
  int gradient_ticks() const { return forward_ticks_ + backward_ticks_; }  // of both passes
  Tick tick(int number) const;                                             // 1 … ticks()

  // One tick on; from the end of a pass, to the start of the next.
  void step();
  // One tick back, exactly; at first() it does nothing.
  void step_back();
  // To any position; what lies before first() becomes first(). Positions ahead
  // are reached by training.
  void seek(Position position);
  // The earliest position that can be gone back to.
  Position first() const { return {checkpoints_.first(), 0}; }

  // The same, until the deadline; true when there. Then call it again.
  bool seek(Position position, const Deadline& deadline);
  // Finishes `updates` passes and stands at the end of the last one.
  void train(long updates);

  // Sets entries of a leaf, and shows what becomes of it. Up to the end of the
  // backward pass the cursor stays and everything up to it is computed anew.
  // Once an update is done, the edit begins the next pass, which is run to the
  // end of its backward pass. Only rows of a batch, which the next pass would
  // not see, take this pass back to there. Later passes are forgotten.
  void edit(int leaf, Index entry, double value);
  void edit(int leaf, const Matrix& value);
  void set_learning_rate(double learning_rate);
  double learning_rate() const { return training().learning_rate; }
  const Training& training() const { return updater_.training(); }
  const Updater& updater() const { return updater_; }
  const Batches& batches() const { return batches_; }

  Moment moment() const;
  // Stands where `moment` was taken, on this or an equal graph. Earlier passes
  // can still be gone back to when they lead there. Rows of the training set are
  // those of the moment's row_edits.
  void restore(const Moment& moment);

  // The values all leaves had when this pass began, copied into a clone.
  void copy_leaves_to(const Graph& clone) const;
  Matrix leaf_at_start(int leaf) const;

  bool value_known(int node) const;
  Arrived gradient_arrived(int node) const;
  bool edge_done(int edge) const;  // a gradient has come back along it
  // Whether its update in this pass is done, so that its value is the next pass's.
  bool is_updated(int leaf) const;

 private:
  void run_tick(int number);
  void run_to(int tick);
  bool run_unseen_passes(long update, const Deadline& deadline);
  bool run_to(int tick, const Deadline& deadline);
  void begin_pass(long update);
  void take_graph_of(long update);
  void remember_start();
  void go_back_to_pass(long update);
  void replay(int tick);
  void restore_start();
  bool load_leaves(const Moment& moment);
  const double* trained_state();  // parameters and what the optimizer remembers
  void load_trained_state(const double* state);
  void go_where_edit_is_seen(int leaf);
  void after_edit(int leaf);

  Graph graph_;                  // of the present pass
  std::optional<Graph> other_;   // of batches of the other size, if there are two
  bool in_smaller_ = false;      // graph_ is that of the smaller last batch
  std::vector<int> own_leaves_;  // inputs and targets that are not dealt
  Batches batches_;
  Updater updater_;
  int forward_ticks_, backward_ticks_, update_ticks_;
  Position position_;
  std::vector<int> forward_tick_of_, backward_tick_of_;  // by node; 0 for none
  std::vector<double> start_;                            // trained state when this pass began
  std::vector<double> state_;                            // where trained_state() puts it together
  bool heavy_ = false;  // a pass takes so long that a deadline is asked at every tick
  Checkpoints checkpoints_;
  Progress progress_;
};

}  // namespace backstep
