#include "tests/core/runs/playground.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace backstep {

namespace {

using Rows = std::vector<std::vector<std::string>>;

// The cells of a file, without its header line.
Rows rows_of(const std::string& file) {
  std::ifstream in(TESTS_FOLDER "/golden/playground/" + file);
  if (!in) throw std::runtime_error(file + " is missing");
  Rows rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::vector<std::string>& row = rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
  }
  return rows;
}

Samples samples_of(const std::string& name) {
  Samples samples;
  samples.inputs.entries.clear();
  samples.targets.entries.clear();
  for (const char* split : {"train", "test"})
    for (const auto& row : rows_of(name + "_data.csv")) {
      if (row[0] != split) continue;
      samples.inputs.entries.push_back(std::stod(row[1]));
      samples.inputs.entries.push_back(std::stod(row[2]));
      samples.targets.entries.push_back(std::stod(row[3]) > 0 ? 1 : 0);
      samples.train += row[0] == "train";
    }
  const auto count = static_cast<Index>(samples.targets.entries.size());
  samples.inputs.shape = {count, 2};
  samples.targets.shape = {count, 1};
  samples.input_names = {"x1", "x2"};
  samples.class_names = {"−1", "+1"};
  return samples;
}

Network network_of(const std::string& name) {
  Network network;
  network.widths = name == "circle"   ? std::vector<int>{4, 2}
                   : name == "spiral" ? std::vector<int>{8, 8}
                                      : std::vector<int>(6, 8);
  network.activations = {name == "deep_sigmoid" ? "sigmoid" : "tanh"};
  return network;
}

// Playground's files have a row for each neuron: its bias and its incoming weights.
void take_weights(Setup& setup, const std::string& name) {
  for (const auto& row : rows_of(name + "_w0.csv")) {
    const auto incoming = static_cast<Index>(row.size()) - 3;
    Matrix& weights = setup.parameters["W" + row[0]];
    Matrix& biases = setup.parameters["b" + row[0]];
    const auto neuron = static_cast<Index>(std::stol(row[1]));
    if (neuron == 0) {
      weights = {{incoming, 0}, {}};
      biases = {{1, 0}, {}};
    }
    biases.entries.push_back(std::stod(row[2]));
    for (Index i = 0; i < incoming; ++i)
      weights.entries.push_back(std::stod(row[static_cast<std::size_t>(i) + 3]));
    biases.shape.columns = weights.shape.columns = neuron + 1;
  }
  // The weights were collected neuron by neuron; the program has a column for each neuron.
  for (auto& [key, matrix] : setup.parameters) {
    if (key[0] != 'W') continue;
    const Matrix by_neuron = matrix;
    for (Index i = 0; i < matrix.shape.rows; ++i)
      for (Index j = 0; j < matrix.shape.columns; ++j)
        matrix.entries[static_cast<std::size_t>(i * matrix.shape.columns + j)] =
            by_neuron.entries[static_cast<std::size_t>(j * matrix.shape.rows + i)];
  }
}

}  // namespace

Setup playground_setup(const std::string& name) {
  Setup setup;
  setup.network = network_of(name);
  setup.samples = samples_of(name);
  setup.training.learning_rate = 0.03;
  setup.training.batch_size = 10;
  take_weights(setup, name);
  return setup;
}

std::vector<PlaygroundLoss> playground_losses(const std::string& name) {
  std::vector<PlaygroundLoss> losses;
  for (const auto& row : rows_of(name + "_loss.csv"))
    losses.push_back({std::stod(row[1]), std::stod(row[2])});
  return losses;
}

}  // namespace backstep
