// Where the gradient grows or shrinks on its way back: the norms of ten layers are compared
// with PyTorch's, and the factors of every network multiply to these norms.
#include "core/analysis/gradient_flow.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/engine/passes.h"
#include "core/program/program.h"
#include "core/runs/network.h"

namespace backstep {
namespace {

using nlohmann::json;

double norm_of(View view) {
  return std::sqrt(std::inner_product(view.begin(), view.end(), view.begin(), 0.0));
}

double norm_at(const Graph& graph, const std::string& name) {
  EXPECT_GE(graph.find(name), 0) << name;
  return norm_of(graph.node(graph.find(name)).gradient);
}

// The product of the factors that lead to `step`, including its own.
double product_to(const std::vector<FlowStep>& flow, std::size_t step) {
  double product = 1;
  for (int at = static_cast<int>(step); at >= 0; at = flow[static_cast<std::size_t>(at)].from)
    product *= flow[static_cast<std::size_t>(at)].factor;
  return product;
}

std::vector<std::string> labels_of(const std::vector<FlowStep>& flow) {
  std::vector<std::string> labels;
  for (const FlowStep& step : flow) labels.push_back(step.label);
  return labels;
}

const FlowStep& step_at(const std::vector<FlowStep>& flow, const std::string& label) {
  for (const FlowStep& step : flow)
    if (step.label == label) return step;
  ADD_FAILURE() << "no step " << label;
  return flow.front();
}

// Every step's norm is that of its node's gradient, and the factors up to it multiply to it.
void expect_products(const Graph& graph, const std::vector<FlowStep>& flow) {
  for (std::size_t i = 0; i < flow.size(); ++i) {
    const FlowStep& step = flow[i];
    if (step.kind != FlowKind::data) {
      const double real = norm_of(graph.node(step.node).gradient);
      EXPECT_NEAR(step.norm, real, 1e-12 * real) << step.label;
    }
    EXPECT_NEAR(product_to(flow, i), step.norm, 1e-9 * step.norm) << step.label;
  }
}

Matrix wave(Index rows, Index columns, double scale, double phase) {
  Matrix matrix = {{rows, columns}, {}};
  for (Index k = 0; k < rows * columns; ++k)
    matrix.entries.push_back(scale * std::sin(0.7 * static_cast<double>(k) + phase));
  return matrix;
}

// ---- against PyTorch --------------------------------------------------------

constexpr int golden_layers = 10, golden_width = 100;

std::string golden_program(const std::string& activation) {
  std::string text = "x = input(\"x\")\n", before = "x";
  for (int i = 1; i <= golden_layers; ++i) {
    const std::string number = std::to_string(i);
    text += "layer(\"layer " + number + "\")\nW" + number +
            " = param(100, 100, init=\"zeros\")\na" + number + " = " + activation + "(" + before +
            " @ W" + number + ".T)\n";
    before = "a" + number;
  }
  return text + "L = sum(a10)\n";
}

Graph golden_graph(const std::string& activation, double scale) {
  Graph graph = read_program(golden_program(activation), {{"x", wave(1, golden_width, 1, 0.2)}});
  for (int i = 1; i <= golden_layers; ++i) {
    const Matrix weights = wave(golden_width, golden_width, scale, 0.37 * i);
    const Node& node = graph.node(graph.find("W" + std::to_string(i)));
    std::copy(weights.entries.begin(), weights.entries.end(), node.value.data);
  }
  forward_and_backward_pass(graph);
  return graph;
}

TEST(GradientFlow, NormsMatchPyTorch) {
  std::ifstream file(TESTS_FOLDER "/golden/gradient_flow.json");
  const json norms = json::parse(file).at("norms");
  ASSERT_EQ(norms.size(), 6u);
  for (const auto& [name, expected] : norms.items()) {
    SCOPED_TRACE(name);
    const std::size_t space = name.find(' ');
    const Graph graph =
        golden_graph(name.substr(0, space), std::stod(name.substr(name.rfind(' ') + 1)));
    const std::vector<FlowStep> flow = gradient_flow(graph);
    ASSERT_EQ(flow.size(), 1u + 2 * golden_layers + 1);
    expect_products(graph, flow);
    for (int i = 1; i <= golden_layers; ++i) {
      const double want = expected[static_cast<std::size_t>(i - 1)];
      const std::string input = i == 1 ? "x" : "a" + std::to_string(i - 1);
      EXPECT_NEAR(norm_at(graph, input), want, 1e-12 * want) << "into layer " << i;
      const std::string weights = "W" + std::to_string(i);
      const FlowStep& step = step_at(flow, weights);
      EXPECT_EQ(step.node, graph.find(input));
      EXPECT_NEAR(step.norm, want, 1e-12 * want) << "into layer " << i;
      const auto number = static_cast<std::size_t>(&step - flow.data());
      EXPECT_NEAR(product_to(flow, number), want, 1e-9 * want) << "into layer " << i;
    }
  }
}

// ---- the steps of networks --------------------------------------------------

Graph passed(const Network& network) {
  Graph graph = read_program(program_of(network, 2, 1),
                             {{"x", wave(12, 2, 1, 0.5)}, {"y", wave(12, 1, 1, 2)}});
  forward_and_backward_pass(graph);
  return graph;
}

TEST(GradientFlow, RunsFromTheLossToTheFirstLayer) {
  Network network;
  network.widths = {4, 3};
  network.activations = {"sigmoid", "relu"};
  const Graph graph = passed(network);
  const std::vector<FlowStep> flow = gradient_flow(graph);
  EXPECT_EQ(labels_of(flow), (std::vector<std::string>{"½MSE", "tanh′ 3", "W3", "ReLU′ 2", "W2",
                                                       "σ′ 1", "W1", "x"}));
  const FlowKind kinds[] = {FlowKind::loss,    FlowKind::slope, FlowKind::weights, FlowKind::slope,
                            FlowKind::weights, FlowKind::slope, FlowKind::weights, FlowKind::data};
  const char* nodes[] = {"p", "z3", "a2", "z2", "a1", "z1", "x", "x"};
  const int layers[] = {3, 3, 3, 2, 2, 1, 1, 1};
  for (std::size_t i = 0; i < flow.size(); ++i) {
    EXPECT_EQ(flow[i].kind, kinds[i]) << flow[i].label;
    EXPECT_EQ(flow[i].node, graph.find(nodes[i])) << flow[i].label;
    EXPECT_EQ(flow[i].layer, layers[i]) << flow[i].label;
    EXPECT_EQ(flow[i].from, flow[i].kind == FlowKind::data ? 5 : static_cast<int>(i) - 1);
  }
  expect_products(graph, flow);
  EXPECT_NEAR(product_to(flow, 7), gradient_norm(graph, 1), 1e-12);
  EXPECT_NEAR(flow[7].factor * norm_at(graph, "z1"), gradient_norm(graph, 1), 1e-12);
}

TEST(GradientFlow, SaysWhereTheGradientBypassesALayer) {
  Network network;
  network.widths = {4, 4, 4};
  network.activations = {"sigmoid"};
  network.skip_connections = true;
  const Graph graph = passed(network);
  const std::vector<FlowStep> flow = gradient_flow(graph);
  EXPECT_EQ(labels_of(flow), (std::vector<std::string>{"½MSE", "tanh′ 4", "W4", "σ′ 3", "W3 + skip",
                                                       "σ′ 2", "W2 + skip", "σ′ 1", "W1", "x"}));
  expect_products(graph, flow);
  EXPECT_EQ(step_at(flow, "W3 + skip").node, graph.find("a2"));
}

TEST(GradientFlow, ShowsBatchNormAsAStepOfItsOwn) {
  Network network;
  network.widths = {4};
  network.batch_norm = true;
  const Graph graph = passed(network);
  const std::vector<FlowStep> flow = gradient_flow(graph);
  EXPECT_EQ(labels_of(flow),
            (std::vector<std::string>{"½MSE", "tanh′ 2", "W2", "tanh′ 1", "BN 1", "W1", "x"}));
  EXPECT_EQ(step_at(flow, "BN 1").kind, FlowKind::batch_norm);
  EXPECT_EQ(step_at(flow, "BN 1").node, graph.find("z1"));
  expect_products(graph, flow);
  EXPECT_NEAR(product_to(flow, 6), gradient_norm(graph, 1), 1e-12);
}

TEST(GradientFlow, FactorsMultiplyToTheNormsInEveryNetwork) {
  for (const char* activation : all_activations())
    for (const char* output : all_outputs())
      for (const bool extras : {false, true}) {
        SCOPED_TRACE(std::string(activation) + ", " + output);
        Network network;
        network.widths = {4, 4};
        network.activations = {activation};
        network.output = output;
        network.batch_norm = network.skip_connections = extras;
        network.dropout = extras ? 0.2 : 0;
        const Graph graph = passed(network);
        const std::vector<FlowStep> flow = gradient_flow(graph);
        ASSERT_EQ(flow.back().kind, FlowKind::data);
        expect_products(graph, flow);
        const double measured = gradient_norm(graph, 1);
        EXPECT_NEAR(product_to(flow, flow.size() - 1), measured, 1e-9 * measured);
      }
}

TEST(GradientFlow, FollowsAProgramWrittenByHand) {
  const Graph graph = read_program(
      "x = input([[1.0, 2.0]])\nm = (x - 0.5) * 2\nW = param([[0.3], [0.2]])\n"
      "b = param(0.1)\nz = b + m @ W\np = tanh(z)\nv = param(1.5)\nq = v * p\n"
      "L = (q - 1)**2\n");
  forward_and_backward_pass(graph);
  const std::vector<FlowStep> flow = gradient_flow(graph);
  EXPECT_EQ(labels_of(flow), (std::vector<std::string>{"xⁿ", "v", "tanh′ z", "W", "m"}));
  EXPECT_EQ(flow.back().kind, FlowKind::data);
  expect_products(graph, flow);
  EXPECT_NEAR(flow.back().norm, std::hypot(norm_at(graph, "W"), norm_at(graph, "b")), 1e-12);
}

TEST(GradientFlow, EndsAtAParameterWhereThereIsNoInput) {
  const Graph graph = read_program("w = param(3)\ns = sigmoid(w)\nL = s**2\n");
  forward_and_backward_pass(graph);
  const std::vector<FlowStep> flow = gradient_flow(graph);
  EXPECT_EQ(labels_of(flow), (std::vector<std::string>{"xⁿ", "σ′ w"}));
  expect_products(graph, flow);
}

TEST(GradientFlow, EndsWhereTheGradientIsZero) {
  Network network;
  network.widths = {4, 4};
  network.activations = {"relu"};
  network.bias = -1000;
  const Graph graph = passed(network);
  const std::vector<FlowStep> flow = gradient_flow(graph);
  EXPECT_EQ(labels_of(flow), (std::vector<std::string>{"½MSE", "tanh′ 3"}));
  EXPECT_EQ(flow.back().norm, 0);
  EXPECT_EQ(flow.back().factor, 0);
}

TEST(GradientFlow, EndsAtTheFirstNormThatIsNotFinite) {
  Network network;
  network.widths = {4};
  Graph graph = passed(network);
  graph.node(graph.find("W2")).value[0] = NAN;
  forward_and_backward_pass(graph);
  const std::vector<FlowStep> flow = gradient_flow(graph);
  ASSERT_EQ(flow.size(), 1u);
  EXPECT_TRUE(std::isnan(flow[0].norm));
}

}  // namespace
}  // namespace backstep
