// The products of the local derivatives along all paths to the loss add up to the gradient.
#include "core/analysis/paths.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/engine/passes.h"
#include "core/program/program.h"
#include "core/runs/network.h"
#include "tests/core/program/random_program.h"

namespace backstep {
namespace {

// ∂to/∂from of any two entries across an edge, after a backward pass.
double local_of(const Graph& graph, const GraphEdge& edge, Index to, Index from) {
  const Node& user = graph.node(edge.to);
  if (!user.op->is_elementwise())
    return user.op->partials[static_cast<std::size_t>(edge.operand)].local_at(user.call, to, from);
  const Shape in = graph.node(edge.from).value.shape, out = user.value.shape;
  const Index row = in.rows == 1 ? 0 : to / out.columns;
  const Index column = in.columns == 1 ? 0 : to % out.columns;
  return row * in.columns + column == from ? edge.local[to] : 0;
}

// Appends the product of every path, unless it is 0; this brute force is the reference.
void walk_all(const Graph& graph, int node, Index entry, double product,
              std::vector<double>& products) {
  if (node == graph.loss()) {
    products.push_back(product);
    return;
  }
  for (int number : graph.node(node).edges_out) {
    const GraphEdge& edge = graph.edge(number);
    if (!edge.carries_gradient) continue;
    for (Index to = 0; to < graph.node(edge.to).value.shape.size(); ++to) {
      const double local = local_of(graph, edge, to, entry);
      if (local != 0) walk_all(graph, edge.to, to, product * local, products);
    }
  }
}

void expect_product_of_steps(const Graph& graph, const GradientPath& path, int node, Index entry) {
  double product = 1;
  for (const PathStep& step : path.steps) {
    ASSERT_EQ(graph.edge(step.edge).from, node);
    ASSERT_EQ(step.from, entry);
    ASSERT_EQ(step.local, local_of(graph, graph.edge(step.edge), step.to, step.from));
    product *= step.local;
    node = graph.edge(step.edge).to;
    entry = step.to;
  }
  EXPECT_EQ(node, graph.loss());
  EXPECT_EQ(product, path.product);
}

// Compares the paths found from one entry with the reference; false when these are too many.
bool compare(const Graph& graph, int node, Index entry) {
  constexpr int most = 12;
  constexpr double most_paths = 3000;
  const Paths paths = paths_to_loss(graph, node, entry, most);
  if (paths.too_large || paths.count > most_paths) return false;
  std::vector<double> products;
  walk_all(graph, node, entry, 1, products);
  double sum = 0, size = 1;
  for (double product : products) {
    sum += product;
    size += std::abs(product);
  }
  const double gradient = graph.node(node).gradient[entry];
  EXPECT_NEAR(sum, gradient, 1e-9 * size);
  EXPECT_NEAR(paths.sum, gradient, 1e-9 * size);
  EXPECT_GE(paths.count, static_cast<double>(products.size()));
  std::sort(products.begin(), products.end(),
            [](double a, double b) { return std::abs(a) > std::abs(b); });
  EXPECT_EQ(paths.strongest.size(), std::min<std::size_t>(most, products.size()));
  double rest = sum;
  for (std::size_t i = 0; i < paths.strongest.size(); ++i) {
    const double product = paths.strongest[i].product;
    EXPECT_NEAR(std::abs(product), std::abs(products[i]), 1e-12 * std::abs(product));
    expect_product_of_steps(graph, paths.strongest[i], node, entry);
    rest -= product;
  }
  EXPECT_NEAR(paths.rest, rest, 1e-9 * size);
  return true;
}

// Compares the paths of one random entry of every leaf; false when all leaves had too many.
bool compare_leaves(const Graph& graph, Random& random) {
  forward_and_backward_pass(graph);
  bool compared = false;
  for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
    const Node& node = graph.nodes()[i];
    if (!node.is_leaf() || !node.reaches_loss || !node.has_gradient) continue;
    const int entry = below(random, static_cast<int>(node.value.shape.size()));
    compared |= compare(graph, static_cast<int>(i), entry);
  }
  return compared;
}

TEST(Paths, ProductsAddUpToTheGradientInAHundredRandomPrograms) {
  Random random(3);
  int programs = 0;
  for (std::uint64_t seed = 1; programs < 100; ++seed) {
    const std::string text = random_program(seed, 14);
    programs += compare_leaves(read_program(text), random);
    ASSERT_FALSE(HasFailure()) << text;
  }
}

TEST(Paths, ProductsAddUpToTheGradientInTwoHundredRandomNetworks) {
  Random random(5);
  const auto draw = [&](auto names) {
    return std::string(
        names[static_cast<std::size_t>(below(random, static_cast<int>(names.size())))]);
  };
  for (int number = 0; number < 200; ++number) {
    Network network;
    network.widths.clear();
    for (int layer = below(random, 4); layer >= 0; --layer)
      network.widths.push_back(1 + below(random, 4));
    network.activations = {draw(all_activations())};
    network.skip_connections = below(random, 2) == 1;
    network.batch_norm = below(random, 6) == 0;
    network.seed = static_cast<std::uint64_t>(number) + 1;
    const Index rows = 1 + below(random, 3);
    NamedData data = {{"x", {{rows, 2}, {}}}, {"y", {{rows, 1}, {}}}};
    for (auto& [name, matrix] : data)
      for (Index i = 0; i < matrix.shape.size(); ++i)
        matrix.entries.push_back(2 * random.uniform() - 1);
    const Graph graph = read_program(program_of(network, 2, 1), data);
    EXPECT_TRUE(compare_leaves(graph, random));
    ASSERT_FALSE(HasFailure()) << program_of(network, 2, 1);
  }
}

Paths paths_in(const char* program, const char* name, Index entry = 0, int most = 12) {
  const Graph graph = read_program(program);
  forward_pass(graph);  // paths need no backward pass
  return paths_to_loss(graph, graph.find(name), entry, most);
}

TEST(Paths, AnOpThatUsesANodeTwiceMakesTwoPaths) {
  const Paths paths = paths_in("x = param(3.0)\nL = x * x\n", "x");
  EXPECT_EQ(paths.count, 2);
  EXPECT_EQ(paths.sum, 6);
  EXPECT_EQ(paths.rest, 0);
  ASSERT_EQ(paths.strongest.size(), 2U);
  EXPECT_NE(paths.strongest[0].steps[0].edge, paths.strongest[1].steps[0].edge);
}

TEST(Paths, ABroadcastBiasHasAPathThroughEveryRow) {
  const Paths paths = paths_in(
      "x = input([[1, 2], [3, 4], [5, 6]])\nb = param([[0.1, 0.2]])\n"
      "L = sum((x + b) ** 2)\n",
      "b", 1, 2);
  EXPECT_EQ(paths.count, 3);
  ASSERT_EQ(paths.strongest.size(), 2U);
  EXPECT_EQ(paths.strongest[0].steps[0].to, 5);
  EXPECT_EQ(paths.strongest[0].product, 2 * 6.2);
  EXPECT_EQ(paths.strongest[1].product, 2 * 4.2);
  EXPECT_NEAR(paths.rest, 2 * 2.2, 1e-12);
}

TEST(Paths, APathWithAZeroFactorIsCountedButNotListed) {
  const Paths paths =
      paths_in("w = param(1.0)\nh = relu(w * input([[1, -1, 2]]))\nL = sum(h)\n", "w");
  EXPECT_EQ(paths.count, 3);
  EXPECT_EQ(paths.strongest.size(), 2U);
  EXPECT_EQ(paths.sum, 3);
}

TEST(Paths, TheLossItselfHasOnePathWithoutSteps) {
  const Paths paths = paths_in("x = param(3.0)\nL = x * x\n", "L");
  ASSERT_EQ(paths.strongest.size(), 1U);
  EXPECT_TRUE(paths.strongest[0].steps.empty());
  EXPECT_EQ(paths.sum, 1);
}

TEST(Paths, ANodeThatDoesNotReachTheLossHasNone) {
  const Paths paths = paths_in("x = param(3.0)\nz = exp(x)\nL = x * x\n", "z");
  EXPECT_EQ(paths.count, 0);
  EXPECT_TRUE(paths.strongest.empty());
}

TEST(Paths, AnAstronomicNumberIsCountedAndTheStrongestAreFound) {
  std::string text = "x = param([[0.5, 0.2]])\nh0 = x\n";
  for (int i = 1; i <= 60; ++i)
    text += "h" + std::to_string(i) + " = tanh(h" + std::to_string(i - 1) +
            " @ param(2, 2, init=\"xavier\", seed=" + std::to_string(i) + "))\n";
  const Paths paths = paths_in((text + "L = sum(h60)\n").c_str(), "x");
  EXPECT_EQ(paths.count, std::pow(2.0, 60));
  EXPECT_EQ(paths.strongest.size(), 12U);
  for (std::size_t i = 1; i < paths.strongest.size(); ++i)
    EXPECT_GE(std::abs(paths.strongest[i - 1].product), std::abs(paths.strongest[i].product));
}

TEST(Paths, GivesUpOnTooManyEntriesInBetween) {
  const Paths paths = paths_in(
      "x = input(400, 100, init=\"normal\", seed=1)\nw = param(100, 100, init=\"xavier\", seed=2)\n"
      "v = param(100, 100, init=\"xavier\", seed=3)\nL = sum(tanh(x @ w) @ v @ v)\n",
      "x", 0);
  EXPECT_FALSE(paths.too_large) << "a single row has few entries";
  EXPECT_TRUE(paths_in("x = param(400, 100, init=\"normal\", seed=1)\n"
                       "L = sum(batch_norm(x.T, param(1, 400, init=\"ones\"), param(1, 400, "
                       "init=\"zeros\")) @ x @ x.T @ x)\n",
                       "x", 0)
                  .too_large);
}

}  // namespace
}  // namespace backstep
