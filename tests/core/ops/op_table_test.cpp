// Every row of the table of ops: its local derivatives agree with finite differences, its
// pullback with its Jacobian; its broadcasting and its texts are complete.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/engine/passes.h"
#include "core/ops/op_table.h"
#include "core/program/program.h"
#include "tests/core/ops/one_op.h"

namespace backstep {
namespace {

std::vector<std::vector<Shape>> all_shapes(const Op& op) {
  const std::vector<Shape> some = {{1, 1}, {1, 3}, {2, 1}, {2, 3}, {3, 2}, {3, 3}};
  std::vector<std::vector<Shape>> list;
  if (op.operand_count() == 1)
    for (Shape shape : some) list.push_back({shape});
  if (op.operand_count() == 2)
    for (Shape a : some)
      for (Shape b : some) list.push_back({a, b});
  if (op.operand_count() == 3)
    for (Shape shape : some) list.push_back({shape, {1, shape.columns}, {1, shape.columns}});
  return list;
}

// Runs `check` on every combination of shapes and options that `op` accepts, in training and
// in evaluation.
template <typename Check>
void for_each_use(const Op& op, Check check) {
  int uses = 0;
  for (const auto& shapes : all_shapes(op))
    for (const Options& options : all_options(op)) {
      OneOp one;
      if (!build(op, samples_of(op, shapes), options, one)) continue;
      ++uses;
      for (PassMode mode : {PassMode::training, PassMode::evaluation}) {
        one.graph.pass() = {mode, 3};
        forward_pass(one.graph);
        check(one);
      }
    }
  EXPECT_GT(uses, 2) << op.name << " fits no shapes";
}

// ∂ out[o] / ∂ in[i], where `in` is the operand after broadcasting.
double numeric_partial(const Node& node, View operand, Index o, Index i) {
  const double at = operand[i], h = 1e-3;
  const auto out = [&](double value) {
    operand[i] = value;
    node.op->forward(node.call);
    operand[i] = at;
    return node.value[o];
  };
  const double wide = (out(at + h) - out(at - h)) / (2 * h);
  const double narrow = (out(at + h / 2) - out(at - h / 2)) / h;
  out(at);
  return (4 * narrow - wide) / 3;
}

double analytic_partial(const OneOp& one, const GraphEdge& edge, Index o, Index i) {
  const Partial& partial = one.get().op->partials[edge.operand];
  if (!one.get().op->is_elementwise()) return partial.local_at(one.get().call, o, i);
  if (partial.local) partial.local(one.get().call, edge.local);
  return o == i ? edge.local[o] : 0;
}

class OpTable : public testing::TestWithParam<std::string> {
 protected:
  static const Op& op() {
    const auto ops = all_ops();
    return *std::find_if(ops.begin(), ops.end(),
                         [](const Op& row) { return row.name == GetParam(); });
  }
};

TEST_P(OpTable, LocalDerivativesAgreeWithFiniteDifferences) {
  for_each_use(op(), [](const OneOp& one) {
    for (int number : one.get().edges_in) {
      const GraphEdge& edge = one.graph.edge(number);
      for (Index o = 0; o < one.get().value.shape.size(); ++o)
        for (Index i = 0; i < edge.operand_value.shape.size(); ++i) {
          const double numeric = numeric_partial(one.get(), edge.operand_value, o, i);
          EXPECT_NEAR(analytic_partial(one, edge, o, i), numeric,
                      1e-9 * std::max(1.0, std::abs(numeric)))
              << "operand " << edge.operand << " of shape " << to_string(edge.operand_value.shape)
              << ", out " << o << ", in " << i;
        }
    }
  });
}

TEST_P(OpTable, ContributionsAreUpstreamTimesJacobian) {
  for_each_use(op(), [](const OneOp& one) {
    begin_backward(one.graph);
    Random random(1);
    for (double& upstream : one.get().gradient) upstream = random.normal();
    backward(one.graph, one.node);
    for (int number : one.get().edges_in) {
      const GraphEdge& edge = one.graph.edge(number);
      const View from = one.graph.node(edge.from).value;
      for (Index i = 0; i < from.shape.size(); ++i) {
        double expected = 0;
        for (Index s = 0; s < edge.operand_value.shape.size(); ++s) {
          const Index columns = edge.operand_value.shape.columns;
          const Index row = from.shape.rows == 1 ? 0 : s / columns;
          const Index column = from.shape.columns == 1 ? 0 : s % columns;
          if (edge.broadcast ? row * from.shape.columns + column != i : s != i) continue;
          for (Index o = 0; o < one.get().value.shape.size(); ++o)
            expected += one.get().gradient[o] * analytic_partial(one, edge, o, s);
        }
        EXPECT_NEAR(edge.contribution[i], expected, 1e-12 * std::max(1.0, std::abs(expected)));
        EXPECT_EQ(edge.contribution[i], one.graph.node(edge.from).gradient[i]);
      }
    }
  });
}

TEST_P(OpTable, EveryTermOfAnExpansionHasAPartInTheEntry) {
  const Op& row = op();
  if (!row.expansion.count || row.expansion.numbers) return;  // the op does not expand to a sum
  for_each_use(row, [&](const OneOp& one) {
    const Call& call = one.get().call;
    for (Index o = 0; o < one.get().value.shape.size(); ++o)
      for (Index k = 0; k < row.expansion.count(call); ++k) {
        const Term term = row.expansion.entries(call, o, k);
        for (int operand = 0; operand < row.operand_count(); ++operand) {
          ASSERT_LT(term[static_cast<std::size_t>(operand)],
                    call.in[static_cast<std::size_t>(operand)].shape.size());
          EXPECT_NE(row.partials[static_cast<std::size_t>(operand)].local_at(
                        call, o, term[static_cast<std::size_t>(operand)]),
                    0)
              << "an entry of the sum has no part in it";
        }
      }
  });
}

TEST_P(OpTable, ExpansionsNameKnownNumbersOnly) {
  const Op& row = op();
  if (!row.expansion.term) return;
  for_each_use(row, [&](const OneOp& one) {
    std::string unknown;
    NumberWords known = term_words(row, one.get().call, 0, 0);
    const auto look_up = [&](const std::string& name, const std::string&, std::string_view) {
      if (std::none_of(known.begin(), known.end(),
                       [&](const auto& word) { return word.first == name; }))
        unknown += name;
      return std::string();
    };
    fill_in(row.expansion.term, look_up);
    known.insert(known.end(), {{"terms", 0}, {"n", 0}});
    fill_in(row.expansion.around, look_up);
    EXPECT_EQ(unknown, "");
  });
}

TEST_P(OpTable, IsComplete) {
  const Op& row = op();
  EXPECT_EQ(row.partials.size(), row.operands.size());
  EXPECT_LE(row.operand_count(), max_operands);
  EXPECT_LE(row.options.size(), std::size_t{max_options});
  EXPECT_EQ(find_op(row.token, row.spelling), &row) << "two rows share a token";
  EXPECT_GE(row.samples.size(), 3u);
  EXPECT_EQ(row.state_shape == nullptr, row.start_state == nullptr);
  Words words = {{"y", ""}};
  for (const char* operand : row.operands) words.emplace_back(operand, "");
  for (const Option& option : row.options) words.emplace_back(option.name, "");
  EXPECT_EQ(fill_in(row.formula, words).find('{'), std::string::npos);
  for (const Partial& partial : row.partials) {
    EXPECT_NE(std::string(partial.formula), "");
    EXPECT_EQ(row.is_elementwise(), partial.local_at == nullptr && partial.pullback == nullptr);
    EXPECT_EQ(fill_in(partial.formula, words).find('{'), std::string::npos);
  }
}

std::vector<std::string> all_rows() {
  std::vector<std::string> list;
  for (const Op& op : all_ops()) list.push_back(op.name);
  return list;
}

INSTANTIATE_TEST_SUITE_P(Rows, OpTable, testing::ValuesIn(all_rows()),
                         [](const auto& row) { return row.param; });

// ---- particular values ----------------------------------------------------------

double result_of(const std::string& expression) {
  const Graph graph = read_program("x = input(1.0)\nL = " + expression + " + 0 * x\n");
  forward_pass(graph);
  return graph.node(graph.edge(graph.node(graph.loss()).edges_in[0]).from).value[0];
}

TEST(Values, PowersOfSmallWholeNumbersAreExact) {
  for (int base = -9; base <= 9; ++base)
    for (int exponent = 0; exponent <= 9; ++exponent)
      EXPECT_EQ(result_of("(" + std::to_string(base) + ")**" + std::to_string(exponent)),
                std::pow(base, exponent));
}

TEST(Values, ExpUnderflowsToZeroAndOverflowsToInfinity) {
  EXPECT_EQ(result_of("exp(-1000)"), 0);
  EXPECT_EQ(result_of("exp(1000)"), HUGE_VAL);
  EXPECT_TRUE(std::isnan(result_of("exp(1000) / exp(1000)")));
  EXPECT_TRUE(std::isnan(result_of("exp(0 / 0)")));
}

TEST(Values, FunctionsAgreeWithTheMathLibrary) {
  for (double x = -20; x <= 20; x += 0.0713) {
    const std::string at = "(" + std::to_string(x) + ")";
    const double read = std::stod(std::to_string(x));
    const auto near = [&](const char* name, double expected) {
      EXPECT_NEAR(result_of(name + at), expected, 4e-16 * std::abs(expected)) << name << at;
    };
    near("tanh", std::tanh(read));
    near("sigmoid", 1 / (1 + std::exp(-read)));
    near("exp", std::exp(read));
    near("relu", std::max(0.0, read));
    near("abs", std::abs(read));
    if (read > 0) near("log", std::log(read));
    if (read > 0) near("sqrt", std::sqrt(read));

    const auto close = [&](const char* name, double expected) {
      EXPECT_NEAR(result_of(name + at), expected, 1e-13 * std::abs(expected)) << name << at;
    };
    close("softplus", std::log1p(std::exp(read)));
    close("gelu", read * 0.5 * std::erfc(-read / std::sqrt(2.0)));
    close("silu", read / (1 + std::exp(-read)));
    close("elu", read > 0 ? read : std::expm1(read));
    close("leaky_relu", read > 0 ? read : 0.01 * read);
  }
  EXPECT_NEAR(result_of("elu(-0.000001)"), std::expm1(-1e-6), 1e-21);
}

TEST(Values, FunctionsPassNaNOn) {
  for (const Op& op : all_ops())
    // Dropout multiplies the entries it drops by 0, and 0·∞ is not a number.
    if (op.spelling == Spelling::call && op.is_elementwise() && op.operand_count() == 1 &&
        op.name != std::string("dropout")) {
      EXPECT_TRUE(std::isnan(result_of(op.token + std::string("(0 / 0)")))) << op.name;
      EXPECT_FALSE(std::isnan(result_of(op.token + std::string("(1 / 0)")))) << op.name;
    }
}

TEST(Values, EqualSidesOfAMaximumShareItsGradientAsInPyTorch) {
  for (const char* function : {"maximum", "minimum"}) {
    const Graph graph = read_program(
        std::string("a = input([[1, 2]])\nb = input([[1, 3]])\nL = sum(") + function + "(a, b))\n");
    forward_and_backward_pass(graph);
    const bool larger = function == std::string("maximum");
    EXPECT_EQ(copy_of(graph.node(graph.find("a")).gradient),
              (Matrix{{1, 2}, {0.5, larger ? 0.0 : 1.0}}));
    EXPECT_EQ(copy_of(graph.node(graph.find("b")).gradient),
              (Matrix{{1, 2}, {0.5, larger ? 1.0 : 0.0}}));
    EXPECT_TRUE(std::isnan(result_of(std::string(function) + "(0 / 0, 1)")));
    EXPECT_TRUE(std::isnan(result_of(std::string(function) + "(1, 0 / 0)")));
  }
}

TEST(Values, ClipPassesGradientsBackAtItsBoundsAndBetweenThem) {
  const Graph graph =
      read_program("x = input([[-3, -2, 0.5, 1, 1.5]])\nc = clip(x, low=-2)\nL = sum(c)\n");
  forward_and_backward_pass(graph);
  EXPECT_EQ(copy_of(graph.node(graph.find("c")).value), (Matrix{{1, 5}, {-2, -2, 0.5, 1, 1}}));
  EXPECT_EQ(copy_of(graph.node(graph.find("x")).gradient), (Matrix{{1, 5}, {0, 1, 1, 1, 0}}));
}

TEST(Values, NaiveFormsFailWhereStableOnesDoNot) {
  for (const char* form : {"", "naive_"}) {
    const bool naive = *form;
    const Graph softmax = read_program(std::string("z = param([[1000, 0]])\ns = ") + form +
                                       "softmax(z)\nL = sum(s * s)\n");
    forward_and_backward_pass(softmax);
    EXPECT_EQ(std::isnan(softmax.node(softmax.find("s")).value[0]), naive);
    EXPECT_EQ(softmax.node(softmax.find("s")).value[1], 0);
    EXPECT_EQ(std::isnan(softmax.node(softmax.find("z")).gradient[0]), naive);
    const Graph wrong =
        read_program(std::string("p = param(0.0)\nL = ") + form + "bce(p, target(1.0))\n");
    forward_and_backward_pass(wrong);
    EXPECT_EQ(wrong.node(wrong.loss()).value[0], naive ? HUGE_VAL : 100);
    EXPECT_EQ(std::isinf(wrong.node(0).gradient[0]), naive);
    const Graph right =
        read_program(std::string("p = param(1.0)\nL = ") + form + "bce(p, target(1.0))\n");
    forward_and_backward_pass(right);
    EXPECT_EQ(std::isnan(right.node(right.loss()).value[0]), naive);
    EXPECT_EQ(std::isnan(right.node(0).gradient[0]), naive);
  }
}

TEST(Values, AKinkHasTheSlopeZeroAsInPyTorch) {
  for (const char* function : {"relu(x)", "abs(x)", "mae(x, 0)"}) {
    const Graph graph = read_program(std::string("x = input(0)\nL = ") + function + "\n");
    forward_and_backward_pass(graph);
    EXPECT_EQ(graph.node(graph.find("x")).gradient[0], 0) << function;
  }
}

}  // namespace
}  // namespace backstep
