#include "core/runs/decision_surface.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace backstep {
namespace {

constexpr long most_samples_looked_at = 2000;
constexpr int curve_points = 4;  // a curve has as many points for each row of a plane

// The position of step `i` of `count` between two numbers. Steps either include both
// ends, or lie in the middles of `count` cells.
double along(double low, double high, int i, int count, bool ends) {
  const double t = !ends       ? (i + 0.5) / count
                   : count > 1 ? static_cast<double>(i) / (count - 1)
                               : 0.5;
  return low + (high - low) * t;
}

Matrix inputs_of_grid(int inputs, int resolution, const InputRange& range,
                      const InputScaling& scaling) {
  Matrix grid{{inputs == 1 ? resolution : Index{resolution} * resolution, inputs}, {}};
  grid.entries.reserve(static_cast<std::size_t>(grid.shape.size()));
  const auto x_at = [&](int i) {
    return scaling.apply(0, along(range.x_lowest, range.x_highest, i, resolution, inputs == 1));
  };
  if (inputs == 1) {
    for (int i = 0; i < resolution; ++i) grid.entries.push_back(x_at(i));
    return grid;
  }
  for (int row = 0; row < resolution; ++row) {
    const double y = along(range.y_highest, range.y_lowest, row, resolution, false);
    for (int column = 0; column < resolution; ++column) {
      grid.entries.push_back(x_at(column));
      grid.entries.push_back(scaling.apply(1, y));
    }
  }
  return grid;
}

// Named data with a row for each point of the grid, for every name the program reads.
NamedData rows_of_grid(const NamedData& like, const std::string& input, int resolution,
                       const InputRange& range, const InputScaling& scaling) {
  assert(like.contains(input) && "a field is over an input the program reads");
  const auto inputs = static_cast<int>(like.at(input).shape.columns);
  assert((inputs == 1 || inputs == 2) && "a field is over one or two inputs");
  NamedData rows;
  rows[input] = inputs_of_grid(inputs, resolution, range, scaling);
  const Index count = rows[input].shape.rows;
  for (const auto& [name, data] : like) {
    if (name == input) continue;
    const Shape shape{count, data.shape.columns};
    rows[name] = {shape, std::vector<double>(static_cast<std::size_t>(shape.size()), 0.0)};
  }
  return rows;
}

// Copies rows of a node's value, column by column. A value that does not depend
// on the input has one row, which stands for all.
void keep(const View& value, long first, long count, long most_columns, long all_rows,
          std::vector<std::vector<double>>& columns) {
  const Index width = std::min<Index>(value.shape.columns, most_columns);
  columns.resize(static_cast<std::size_t>(width));
  for (Index column = 0; column < width; ++column) {
    std::vector<double>& kept = columns[static_cast<std::size_t>(column)];
    kept.resize(static_cast<std::size_t>(all_rows));
    for (Index row = 0; row < count; ++row)
      kept[static_cast<std::size_t>(first + row)] = value(row < value.shape.rows ? row : 0, column);
  }
}

// ---- ranges ----

struct Extent {
  double low = HUGE_VAL, high = -HUGE_VAL;

  void include(double number) {
    if (!std::isfinite(number)) return;
    low = std::min(low, number);
    high = std::max(high, number);
  }
  bool empty() const { return !(low <= high); }
  double span() const { return high - low; }
};

// 1, 2 or 5 times a power of ten, at least `length`.
double round_up(double length) {
  const double power = std::pow(10.0, std::floor(std::log10(length)));
  for (const double digit : {1.0, 2.0, 5.0})
    if (digit * power >= length * (1 - 1e-9)) return digit * power;
  return 10 * power;
}

// Adds a little room on both sides, up to a round number, so that moving one point
// rarely rescales the whole picture.
Extent with_room(Extent extent) {
  if (extent.empty()) extent = {-1, 1};
  if (extent.span() <= 0) extent = {extent.low - 1, extent.high + 1};
  const double room = 0.07 * extent.span(), step = round_up(extent.span() * 1.14 / 10);
  return {std::floor((extent.low - room) / step) * step,
          std::ceil((extent.high + room) / step) * step};
}

}  // namespace

long stride_of(const Samples& samples) {
  return std::max(1L, (samples.count() + most_samples_looked_at - 1) / most_samples_looked_at);
}

InputRange input_range_of(const Samples& samples) {
  const long stride = stride_of(samples);
  const bool one_input = samples.inputs.shape.columns == 1;
  Extent x, y;
  const Index width = samples.inputs.shape.columns;
  for (long i = 0; i < samples.count(); i += stride) {
    const auto at = static_cast<std::size_t>(i);
    const double* inputs = samples.inputs.entries.data() + i * width;
    x.include(inputs[0]);
    y.include(one_input ? samples.targets.entries[at] : inputs[1]);
  }
  x = with_room(x);
  y = one_input && samples.kind == TargetKind::classes ? Extent{-0.25, 1.25} : with_room(y);
  // Inputs of similar size share one scale, so that circles stay round.
  const bool alike = x.span() < 1.6 * y.span() && y.span() < 1.6 * x.span();
  if (!one_input && alike) x = y = {std::min(x.low, y.low), std::max(x.high, y.high)};
  return {x.low, x.high, y.low, y.high};
}

DecisionSurface::DecisionSurface(const GraphMaker& make, const NamedData& like,
                                 const std::string& input, int output, InputRange range,
                                 int resolution, const InputScaling& scaling)
    : inputs_(static_cast<int>(like.at(input).shape.columns)),
      resolution_(inputs_ == 1 ? curve_points * resolution : resolution),
      output_(output),
      range_(range),
      grid_(rows_of_grid(like, input, resolution_, range, scaling)),
      pass_(make, grid_) {}

void DecisionSurface::begin(const Graph& trained) {
  working_neurons_.clear();
  pass_.begin(trained);
}

bool DecisionSurface::work(const Deadline& deadline) {
  if (pass_.finished()) return true;
  const long all = pass_.rows();
  const bool done = pass_.work(deadline, [&](const Graph& graph, long first, long count) {
    if (first == 0) working_watch_ = watch_;
    const View& answer = graph.node(output_).value;
    keep(answer, first, count, answer.shape.columns, all, working_);
    if (working_watch_ >= 0)
      keep(graph.node(working_watch_).value, first, count, most_neurons, all, working_neurons_);
  });
  if (!done) return false;
  std::swap(shown_, working_);
  std::swap(shown_neurons_, working_neurons_);
  shown_watch_ = working_watch_;
  known_ = true;
  return true;
}

const std::vector<double>& DecisionSurface::answer(int column) const {
  assert(column >= 0 && column < answers() && "a column of the answer, once it is known");
  return shown_[static_cast<std::size_t>(column)];
}

const std::vector<double>& DecisionSurface::neuron(int column) const {
  assert(column >= 0 && column < neurons() && "one of the neurons watched, once they are known");
  return shown_neurons_[static_cast<std::size_t>(column)];
}

}  // namespace backstep
