// The worked examples of tests/golden/examples.json as programs: every value, gradient and
// update is compared with the number that PyTorch computes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "core/program/program.h"
#include "core/stepping/timeline.h"
#include "tests/core/golden_numbers.h"

namespace backstep {
namespace {

using nlohmann::json;

json examples() { return golden_file("examples").at("examples"); }

std::string example_program(const json& example) {
  std::string text;
  for (const auto& line : example.at("program")) text += line.get<std::string>() + "\n";
  return text;
}

View value_of(const Graph& graph, const std::string& name) {
  EXPECT_GE(graph.find(name), 0) << name;
  return graph.node(graph.find(name)).value;
}

View gradient_of(const Graph& graph, const std::string& name) {
  EXPECT_GE(graph.find(name), 0) << name;
  return graph.node(graph.find(name)).gradient;
}

// An example by its id; each test runs on the examples that have the part it needs.
const json& example(const std::string& id) {
  static const json all = examples();
  return *std::find_if(all.begin(), all.end(), [&](const json& one) { return one["id"] == id; });
}

std::vector<std::string> ids_with(const std::string& part) {
  std::vector<std::string> ids;
  for (const json& one : examples())
    if (one.contains(part)) ids.push_back(one["id"]);
  return ids;
}

std::string test_name(const testing::TestParamInfo<std::string>& id) {
  std::string name = id.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class GoldenValues : public testing::TestWithParam<std::string> {};
class GoldenUpdate : public testing::TestWithParam<std::string> {};
class GoldenTraining : public testing::TestWithParam<std::string> {};

TEST_P(GoldenValues, MatchPyTorch) {
  const json& one = example(GetParam());
  Timeline timeline(read_program(example_program(one)));
  const Graph& graph = timeline.graph();
  timeline.seek({0, timeline.forward_ticks() + timeline.backward_ticks()});
  for (const auto& [name, expected] : one["values"].items())
    expect_near(value_of(graph, name), expected, "value of " + name);
  for (const auto& [name, expected] : one["gradients"].items())
    expect_near(gradient_of(graph, name), expected, "gradient of " + name);
}

TEST_P(GoldenUpdate, MatchesPyTorch) {
  const json& after = example(GetParam())["after_update"];
  Timeline timeline(read_program(example_program(example(GetParam()))), after["learning_rate"]);
  timeline.train(1);
  for (const auto& [name, expected] : after["values"].items())
    expect_near(value_of(timeline.graph(), name), expected, "updated " + name);
}

TEST_P(GoldenTraining, FollowsTheKnownLosses) {
  const json& training = example(GetParam())["training"];
  Timeline timeline(read_program(example_program(example(GetParam()))), training["learning_rate"]);
  std::map<long, json> passes;
  for (const auto& [update, values] : training["before_update"].items())
    passes[std::stol(update)] = values;
  for (const auto& [update, values] : passes) {
    timeline.seek({update, timeline.forward_ticks()});
    for (const auto& [name, expected] : values.items())
      expect_near(value_of(timeline.graph(), name), expected,
                  name + " before update " + std::to_string(update), 1e-9);
  }
  timeline.seek({training["updates"], timeline.forward_ticks()});
  for (const auto& [name, expected] : training["final_values"].items())
    expect_near(value_of(timeline.graph(), name), expected, "final " + name, 1e-9);
}

INSTANTIATE_TEST_SUITE_P(Examples, GoldenValues, testing::ValuesIn(ids_with("values")), test_name);
INSTANTIATE_TEST_SUITE_P(Examples, GoldenUpdate, testing::ValuesIn(ids_with("after_update")),
                         test_name);
INSTANTIATE_TEST_SUITE_P(Examples, GoldenTraining, testing::ValuesIn(ids_with("training")),
                         test_name);

}  // namespace
}  // namespace backstep
