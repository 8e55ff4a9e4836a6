// A DecisionSurface is what a trained network answers over the plane of its two
// inputs, where the decision boundary shows, or along its one input. It can hold
// the answers of a hidden layer's neurons as well. It is computed row by row until
// a deadline; the last complete surface stays readable until the next one is complete.
#pragma once

#include <optional>
#include <vector>

#include "core/runs/data_sets.h"
#include "core/runs/inference_pass.h"

namespace backstep {

struct InputRange {
  double x_lowest = -6, x_highest = 6, y_lowest = -6, y_highest = 6;
};

// Samples that stand for all when there are very many: every stride-th.
long stride_of(const Samples& samples);

// The range of inputs that shows all samples with a little room; with one
// input, y is that of the targets.
InputRange input_range_of(const Samples& samples);

class DecisionSurface {
 public:
  // Over a grid of `resolution` × `resolution` (one input: four times as many
  // points as that, so that a curve is smooth);
  // `output` is the node shown as the answer. The program reads `input` with 1
  // or 2 columns; other named data is zero, `like` gives its columns. `range` is
  // of the inputs as they are plotted; the network sees them through `scaling`.
  DecisionSurface(const GraphMaker& make, const NamedData& like, const std::string& input,
                  int output, InputRange range, int resolution = 48,
                  const InputScaling& scaling = {});

  // Also keeps the values of this node (a hidden layer's activation), of its
  // first neurons; -1: none. Holds for passes whose work has not yet begun.
  static constexpr int most_neurons = 16;
  void watch(int node) { watch_ = node; }

  DecisionSurface(const DecisionSurface&) = delete;  // its pass reads its grid
  DecisionSurface& operator=(const DecisionSurface&) = delete;

  void begin(const Graph& trained);
  bool work(const Deadline& deadline);
  bool finished() const { return pass_.finished(); }
  bool known() const { return known_; }  // once whole, always something to show

  int inputs() const { return inputs_; }
  int resolution() const { return resolution_; }
  const InputRange& range() const { return range_; }
  // Row-major, the first row at y_highest: as it is drawn, each number that of
  // the middle of its cell; with one input, along x from end to end. One column
  // of the output; with several, `column` of them.
  const std::vector<double>& answer(int column = 0) const;
  int answers() const { return static_cast<int>(shown_.size()); }
  // Neuron `column` of the watched node.
  const std::vector<double>& neuron(int column) const;
  int neurons() const { return static_cast<int>(shown_neurons_.size()); }
  int watched() const { return shown_watch_; }

 private:
  using Columns = std::vector<std::vector<double>>;

  int inputs_ = 2, resolution_ = 48, output_ = -1;
  int watch_ = -1, working_watch_ = -1, shown_watch_ = -1;
  InputRange range_;
  NamedData grid_;
  InferencePass pass_;
  bool known_ = false;
  Columns working_, shown_, working_neurons_, shown_neurons_;
};

}  // namespace backstep
