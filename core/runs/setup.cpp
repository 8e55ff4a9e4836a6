#include "core/runs/setup.h"

#include <algorithm>
#include <cmath>

#include "core/slips/bug.h"

namespace backstep {

namespace {

// Rows of the training set: each sample once; if the setup is balanced, samples of
// rarer classes are repeated until all classes have equally many.
std::vector<long> training_rows(const Setup& setup) {
  const Samples& samples = *setup.samples;
  std::vector<long> rows;
  for (long i = 0; i < samples.train; ++i) rows.push_back(i);
  if (!setup.balance || samples.kind != TargetKind::classes) return rows;
  std::vector<std::vector<long>> of_class(static_cast<std::size_t>(samples.classes));
  for (long row : rows)
    of_class[static_cast<std::size_t>(samples.targets.entries[static_cast<std::size_t>(row)])]
        .push_back(row);
  std::size_t most = 0;
  for (const auto& members : of_class) most = std::max(most, members.size());
  // Classes take turns, so that every batch sees every class.
  rows.clear();
  for (std::size_t i = 0; i < most; ++i)
    for (const auto& members : of_class)
      if (!members.empty()) rows.push_back(members[i % members.size()]);
  return rows;
}

std::vector<long> test_rows(const Samples& samples) {
  std::vector<long> rows;
  for (long i = samples.train; i < samples.count(); ++i) rows.push_back(i);
  return rows;
}

Matrix inputs_of(const Samples& samples, const std::vector<long>& rows,
                 const InputScaling& scaling) {
  const auto width = static_cast<std::size_t>(samples.inputs.shape.columns);
  Matrix x = {{static_cast<Index>(rows.size()), static_cast<Index>(width)}, {}};
  x.entries.reserve(rows.size() * width);
  for (long row : rows)
    for (std::size_t column = 0; column < width; ++column)
      x.entries.push_back(scaling.apply(
          column, samples.inputs.entries[static_cast<std::size_t>(row) * width + column]));
  return x;
}

TargetCoding coding_of(const Setup& setup) {
  if (setup.network) return coding_of(*setup.network);
  return setup.samples->classes > 2 ? TargetCoding::one_hot : TargetCoding::minus_one_to_one;
}

Index columns_of(const Setup& setup) {
  const int classes = setup.samples->classes;
  if (setup.samples->kind == TargetKind::numbers) return 1;
  if (setup.network) return target_columns(*setup.network, classes);
  return classes > 2 ? classes : 1;
}

Matrix targets_of(const Setup& setup, const std::vector<long>& rows) {
  const Samples& samples = *setup.samples;
  const Index width = columns_of(setup);
  const double no = coding_of(setup) == TargetCoding::minus_one_to_one ? -1 : 0;
  Matrix y = {{static_cast<Index>(rows.size()), width}, {}};
  y.entries.reserve(rows.size() * static_cast<std::size_t>(width));
  for (long row : rows) {
    const double target = samples.targets.entries[static_cast<std::size_t>(row)];
    for (Index column = 0; column < width; ++column) {
      const double yes_is = width == 1 ? 1 : static_cast<double>(column);
      y.entries.push_back(samples.kind == TargetKind::numbers ? target : target == yes_is ? 1 : no);
    }
  }
  return y;
}

NamedData split_of(const Setup& setup, const std::vector<long>& rows, const InputScaling& scaling) {
  if (rows.empty()) return {};
  return {{"x", inputs_of(*setup.samples, rows, scaling)}, {"y", targets_of(setup, rows)}};
}

void take_values(const Graph& graph, const std::map<std::string, Matrix>& values) {
  for (const auto& [name, value] : values) {
    const int index = graph.find(name);
    if (index < 0) continue;
    const Node& leaf = graph.node(index);
    if (leaf.is_editable() && leaf.data_name.empty() && leaf.value.shape == value.shape)
      std::copy(value.entries.begin(), value.entries.end(), leaf.value.data);
  }
}

int columns_named(const NamedData& rows, const char* name) {
  const auto found = rows.find(name);
  return found == rows.end() ? 1 : static_cast<int>(found->second.shape.columns);
}

}  // namespace

Training training_of(const Setup& setup) {
  Training training = setup.training;
  const Bug* bug = find_bug(setup.bug);
  if (bug && bug->plant_in_training) bug->plant_in_training(training);
  return training;
}

std::string program_of(const Setup& setup) {
  if (!setup.network) return setup.program;
  if (!setup.samples)
    return program_of(*setup.network, columns_named(setup.train, "x"),
                      columns_named(setup.train, "y"));
  return program_of(*setup.network, static_cast<int>(setup.samples->inputs.shape.columns),
                    static_cast<int>(columns_of(setup)));
}

InputScaling scaling_of(const Setup& setup) {
  InputScaling scaling;
  if (!setup.standardise || !setup.samples || setup.samples->train == 0) return scaling;
  const Samples& samples = *setup.samples;
  const auto width = static_cast<std::size_t>(samples.inputs.shape.columns);
  const auto n = static_cast<double>(samples.train);
  for (std::size_t column = 0; column < width; ++column) {
    const auto entry = [&](long row) {
      return samples.inputs.entries[static_cast<std::size_t>(row) * width + column];
    };
    double sum = 0, squares = 0;
    for (long row = 0; row < samples.train; ++row) sum += entry(row);
    const double mean = sum / n;
    for (long row = 0; row < samples.train; ++row)
      squares += (entry(row) - mean) * (entry(row) - mean);
    const double deviation = std::sqrt(squares / n);
    scaling.mean.push_back(mean);
    scaling.deviation.push_back(deviation > 0 ? deviation : 1);
  }
  return scaling;
}

Dataset dataset_of(const Setup& setup) {
  if (!setup.samples) return {setup.train, setup.test};
  const InputScaling scaling = scaling_of(setup);
  return {split_of(setup, training_rows(setup), scaling),
          split_of(setup, test_rows(*setup.samples), scaling)};
}

long sample_count(const Setup& setup) {
  if (setup.samples) return setup.samples->count();
  const auto rows = [](const NamedData& split) {
    return split.empty() ? 0 : static_cast<long>(split.begin()->second.shape.rows);
  };
  return rows(setup.train) + rows(setup.test);
}

NamedData rows_of_sample(const Setup& setup, long sample) {
  if (setup.samples) return split_of(setup, {sample}, scaling_of(setup));
  const long train = static_cast<long>(setup.train.begin()->second.shape.rows);
  const NamedData& split = sample < train ? setup.train : setup.test;
  const long row = sample < train ? sample : sample - train;
  NamedData one;
  for (const auto& [name, rows] : split) {
    const Index width = rows.shape.columns;
    const auto from = rows.entries.begin() + row * width;
    one[name] = {{1, width}, {from, from + width}};
  }
  return one;
}

GraphMaker graph_maker_of(const Setup& setup) {
  return [program = program_of(setup), parameters = setup.parameters, precision = setup.precision,
          bug = find_bug(setup.bug)](const NamedData& rows) {
    Graph graph = read_program(program, rows);
    take_values(graph, parameters);
    graph.pass().precision = precision;
    round_all(graph.leaf_memory(), precision);
    if (bug && bug->plant) bug->plant(graph);
    return graph;
  };
}

}  // namespace backstep
