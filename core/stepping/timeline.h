// A Timeline runs a graph one op at a time, forward and back again. A pass is one
// tick per op forward, one per op backward in reverse order, and one per parameter
// updated; then the next pass begins. The timeline can stand before or after any
// tick of any pass, and wherever it goes, the numbers in the graph's memory are to
// the bit those of running straight there.
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

// What one tick does: it is the `number`-th of `count` in its phase, from 1.
struct Tick {
  Phase phase = Phase::forward;
  int node = -1;
  int number = 0, count = 0;
};

// How much of a gradient has been computed so far.
enum class Arrived { nothing, some, all };

// All that is needed to bring a timeline back to where it stood.
struct TimelineState {
  Position position;
  double learning_rate = 0;
  std::vector<double> leaves;     // memory of all leaves when the pass began
  std::vector<double> optimizer;  // its memory at that time; empty: all zeros
  RowEdits row_edits;             // of the whole training set
  // Bit by bit, so that a state full of NaN equals itself.
  friend bool operator==(const TimelineState& a, const TimelineState& b);
};

class Timeline {
 public:
  static constexpr std::size_t default_checkpoint_bytes = std::size_t{256} << 20;

  // Gradient descent on all data in every pass. Checkpoints for going back take at
  // most `checkpoint_bytes`.
  explicit Timeline(Graph graph, double learning_rate = 0.1,
                    std::size_t checkpoint_bytes = default_checkpoint_bytes);
  // `graph` is built with batches.first(), and `smaller` with batches.smaller() if the
  // last batch of an epoch is smaller than the others.
  Timeline(Graph graph, const Training& training, Batches batches,
           std::optional<Graph> smaller = {},
           std::size_t checkpoint_bytes = default_checkpoint_bytes);

  // A second timeline that stands where this one does.
  Timeline copy() const;

  // The graph of the present pass; that of a smaller batch has fewer rows.
  const Graph& graph() const { return graph_; }
  const Progress& progress() const { return progress_; }
  Position position() const { return position_; }

  int ticks() const { return forward_ticks_ + backward_ticks_ + update_ticks_; }
  int forward_ticks() const { return forward_ticks_; }
  int backward_ticks() const { return backward_ticks_; }
  int gradient_ticks() const { return forward_ticks_ + backward_ticks_; }  // of both passes
  Tick tick(int number) const;                                             // 1 … ticks()
  // The number of the tick that works on `node` in `phase`, or 0 if none does.
  int tick_of(Phase phase, int node) const;

  // One tick forward, and from the end of a pass to the start of the next.
  void step();
  // One tick back; at first() it does nothing.
  void step_back();
  // Goes to `position`, or to first() if that is later. Positions ahead are reached
  // by training.
  void seek(Position position);
  // The earliest position that can be gone back to.
  Position first() const { return {checkpoints_.first(), 0}; }

  // The same, but stops at the deadline. Returns whether it has arrived; if not, call
  // it again.
  bool seek(Position position, const Deadline& deadline);
  // Finishes `updates` passes and stands at the end of the last one.
  void train(long updates);

  // Sets entries of a leaf and recomputes what follows from them. Up to the end of the
  // backward pass the cursor stays where it is. After that, when parameters of this pass
  // are being updated, the edit belongs to the next pass, which is run to the end of its
  // backward pass. Rows of a batch are an exception: the next pass has other rows, so
  // this pass goes back to the end of its own backward pass. Later passes are forgotten.
  void edit(int leaf, Index entry, double value);
  void edit(int leaf, const Matrix& value);
  void set_learning_rate(double learning_rate);
  double learning_rate() const { return training().learning_rate; }
  const Training& training() const { return updater_.training(); }
  const Updater& updater() const { return updater_; }
  const Batches& batches() const { return batches_; }

  TimelineState state() const;
  // Goes back to `state`, which was taken of this timeline or of one with an equal graph.
  // Earlier passes can still be gone back to if they lead there. Rows of the training set
  // become those of state.row_edits.
  void restore(const TimelineState& state);

  // Copies the values that all leaves had when this pass began into a clone.
  void copy_leaves_to(const Graph& clone) const;
  Matrix leaf_at_start(int leaf) const;

  bool value_known(int node) const;
  Arrived gradient_arrived(int node) const;
  bool edge_done(int edge) const;  // its contribution is computed
  // Whether its update in this pass is done, so that it has the value of the next pass.
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
  bool load_leaves(const TimelineState& state);
  const double* trained_state();  // parameters and the optimizer's memory
  void load_trained_state(const double* state);
  void go_where_edit_is_seen(int leaf);
  void after_edit(int leaf);

  Graph graph_;                  // of the present pass
  std::optional<Graph> other_;   // for batches of the other size, if there are two
  bool in_smaller_ = false;      // graph_ is that of the smaller last batch
  std::vector<int> own_leaves_;  // inputs and targets that the batches do not fill
  Batches batches_;
  Updater updater_;
  int forward_ticks_, backward_ticks_, update_ticks_;
  Position position_;
  std::vector<int> forward_tick_of_, backward_tick_of_;  // by node; 0 for none
  std::vector<double> start_;                            // trained state when this pass began
  std::vector<double> trained_state_;                    // where trained_state() puts it together
  bool heavy_ = false;  // a pass takes so long that the clock is read after every tick
  Checkpoints checkpoints_;
  Progress progress_;
};

}  // namespace backstep
