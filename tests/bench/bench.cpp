// Measures how long one epoch of XOR and one step of a deep network take. Prints a table, or
// with --json a line for each measurement. A last argument that is not an option picks the
// workloads whose names begin with it.
//
// Numbers come from s ← 16807·s mod (2³¹ − 1) with the value 2s / (2³¹ − 1) − 1, which is exact
// in every language. They are drawn layer by layer: the weights row by row (a row for each unit),
// then the biases. So other programs, such as numpy_peer.py, can run exactly the same workload.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "core/program/program.h"
#include "core/stepping/timeline.h"

namespace {

using namespace backstep;

class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed) {}
  double next() {
    state_ = state_ * 16807u % 2147483647u;
    return 2.0 * static_cast<double>(state_) / 2147483647.0 - 1.0;
  }

 private:
  std::uint64_t state_;
};

using Rows = std::vector<std::vector<double>>;

Rows drawn(Numbers& numbers, int rows, int columns, double scale) {
  Rows matrix(static_cast<std::size_t>(rows),
              std::vector<double>(static_cast<std::size_t>(columns)));
  for (auto& row : matrix)
    for (double& entry : row) entry = scale * numbers.next();
  return matrix;
}

Rows transposed(const Rows& matrix) {
  Rows result(matrix[0].size(), std::vector<double>(matrix.size()));
  for (std::size_t row = 0; row < matrix.size(); ++row)
    for (std::size_t column = 0; column < matrix[0].size(); ++column)
      result[column][row] = matrix[row][column];
  return result;
}

std::string literal(const Rows& matrix) {
  std::string text = "[";
  for (const auto& row : matrix) {
    text += text.size() > 1 ? ", [" : "[";
    for (std::size_t i = 0; i < row.size(); ++i) {
      char number[32];
      std::snprintf(number, sizeof number, "%s%.17g", i ? ", " : "", row[i]);
      text += number;
    }
    text += "]";
  }
  return text + "]";
}

// Layers x @ W + b of these sizes, each but the last followed by `activation`.
std::string network(const std::vector<int>& sizes, const std::string& activation,
                    const std::string& last, double weight_scale, double bias_scale) {
  Numbers numbers(1);
  std::string text, before = "x";
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    const std::string n = std::to_string(i);
    const Rows weights = drawn(numbers, sizes[i], sizes[i - 1], weight_scale);
    text += "layer(\"" + n + "\")\n";
    text += "W" + n + " = param(" + literal(transposed(weights)) + ")\n";
    text += "b" + n + " = param(" + literal(drawn(numbers, 1, sizes[i], bias_scale)) + ")\n";
    const std::string z = before + " @ W" + n + " + b" + n;
    const std::string& function = i + 1 < sizes.size() ? activation : last;
    before = "a" + n;
    text += before + " = " + (function.empty() ? z : function + "(" + z + ")") + "\n";
  }
  return text + "L = half_mse(" + before + ", y)\n";
}

std::string xor_program() {
  return "x = input([[0, 0], [0, 1], [1, 0], [1, 1]])\ny = target([[0], [1], [1], [0]])\n" +
         network({2, 4, 1}, "sigmoid", "sigmoid", 1, 1);
}

std::string deep_program(int batch) {
  Numbers inputs(7), targets(9);
  std::vector<int> sizes(11, 100);
  sizes.push_back(1);
  return "x = input(" + literal(drawn(inputs, batch, 100, 1)) + ")\n" + "y = target(" +
         literal(drawn(targets, batch, 1, 1)) + ")\n" +
         network(sizes, "tanh", "", std::sqrt(3.0 / 100), 0.1);
}

struct Workload {
  const char* name;
  const char* unit;
  std::function<std::string()> program;
  double learning_rate;
  long updates_to_check;  // the loss after this many updates is compared
};

const Workload workloads[] = {
    {"w1_xor", "us/epoch", xor_program, 2, 1000},
    {"w2_tanh_b1", "us/step", [] { return deep_program(1); }, 1e-4, 50},
    {"w2_tanh_b64", "us/step", [] { return deep_program(64); }, 0.01, 50},
};

double loss_after(const Workload& workload, long updates) {
  Timeline timeline(read_program(workload.program()), workload.learning_rate);
  timeline.seek({updates, timeline.forward_ticks()});
  return timeline.graph().node(timeline.graph().loss()).value[0];
}

double seconds_of(const Graph& start, const Workload& workload, long updates) {
  Timeline timeline(start.clone(), workload.learning_rate);
  const auto begin = std::chrono::steady_clock::now();
  timeline.train(updates);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void measure(const Workload& workload, bool json) {
  constexpr int runs = 7;
  constexpr double seconds_a_run = 0.15;
  const Graph start = read_program(workload.program());
  long updates = 16;
  while (seconds_of(start, workload, updates) < seconds_a_run / 2) updates *= 2;
  std::vector<double> times;
  for (int run = 0; run < runs; ++run)
    times.push_back(1e6 * seconds_of(start, workload, updates) / static_cast<double>(updates));
  std::sort(times.begin(), times.end());
  const double check = loss_after(workload, workload.updates_to_check);
  if (json)
    std::printf(
        "{\"workload\":\"%s\",\"peer\":\"ours\",\"threads\":1,\"unit\":\"%s\",\"median\":%.6g,"
        "\"min\":%.6g,\"max\":%.6g,\"runs\":%d,\"check\":%.17g}\n",
        workload.name, workload.unit, times[runs / 2], times.front(), times.back(), runs, check);
  else
    std::printf("%-12s %10.3f %s   (%.3f to %.3f, %ld updates a run)   check %.17g\n",
                workload.name, times[runs / 2], workload.unit, times.front(), times.back(), updates,
                check);
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  bool json = false;
  std::string prefix;
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(arguments[i], "--json") == 0)
      json = true;
    else
      prefix = arguments[i];
  }
  for (const Workload& workload : workloads)
    if (std::string(workload.name).starts_with(prefix)) measure(workload, json);
}
