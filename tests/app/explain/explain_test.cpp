// The inspector's explanations are compared with worked examples.
#include "app/explain/explain.h"

#include <gtest/gtest.h>

#include "app/explain/symbols.h"
#include "core/program/program.h"
#include "tests/app/graph/graph_programs.h"

namespace backstep {
namespace {

// A program at a tick; by default its backward pass is complete.
struct ExplainedProgram {
  explicit ExplainedProgram(const std::string& program, int tick = -1)
      : timeline(read_program(program), 0.5) {
    timeline.seek({0, tick < 0 ? timeline.forward_ticks() + timeline.backward_ticks() : tick});
  }

  int node(const std::string& name) const { return timeline.graph().find(name); }
  Explanation of(const std::string& name, Index entry = 0) const {
    return explain(timeline, node(name), entry);
  }

  Timeline timeline;
};

std::string joined(const Equations& equations) {
  std::string text;
  for (const Equation& equation : equations) text += equation_text(equation) + "\n";
  return text;
}

// ---- the worked example ----------------------------------------------------------

TEST(Explain, names_a_node_by_its_op) {
  const Explanation a1 = ExplainedProgram(two_inputs).of("a1");
  EXPECT_EQ(a1.title, "a₁ = σ(z₁)");
  EXPECT_EQ(a1.subtitle, "sigmoid · hidden layer · line 8");
  EXPECT_EQ(a1.gradient, "∂L/∂a₁");
  EXPECT_EQ(a1.entry, "");
  EXPECT_NE(a1.note, "");
}

TEST(Explain, writes_the_formula_with_names_and_with_numbers) {
  EXPECT_EQ(joined(ExplainedProgram(two_inputs).of("a1").forward),
            "a₁ = 1 / (1 + exp(−z₁))\n"
            "= 1 / (1 + exp(−0.7800))\n"
            "= 0.6857\n");
}

TEST(Explain, writes_upstream_times_local) {
  const Explanation a1 = ExplainedProgram(two_inputs).of("a1");
  ASSERT_EQ(a1.hands_on.size(), 1u);
  EXPECT_NEAR(a1.hands_on[0].amount, -0.01402527553317465, 1e-15);
  EXPECT_TRUE(a1.hands_on[0].whole);
  EXPECT_EQ(joined(a1.hands_on[0].equations),
            "∂L/∂z₁ = ∂L/∂a₁ · σ′(z₁)\n"
            "= ∂L/∂a₁ · a₁·(1 − a₁)\n"
            "= −0.0651 · 0.2155\n"
            "= −0.0140\n");
}

TEST(Explain, colours_upstream_local_and_result) {
  const ExplainedProgram scene(two_inputs);
  const Equations equations = scene.of("a1").hands_on[0].equations;
  EXPECT_EQ(equations[2].right[0].tone, Tone::upstream);
  EXPECT_EQ(equations[2].right[2].tone, Tone::local);
  EXPECT_EQ(equations[3].right[0].tone, Tone::gradient);
}

TEST(Explain, writes_out_a_matrix_product) {
  const ExplainedProgram scene(two_inputs);
  const int product = scene.timeline.graph().node(scene.node("z1")).inputs[0];
  const Explanation z = explain(scene.timeline, product, 0);
  EXPECT_EQ(z.title, "x @ W₁");
  EXPECT_EQ(z.subtitle, "matmul · part of z₁ · hidden layer · line 7");
  EXPECT_EQ(joined(z.forward),
            "x@W₁ = Σₖ x[i,k]·W₁[k,j]\n"
            "= 0.5·0.4 + 0.8·0.6\n"
            "= 0.6800\n");
}

TEST(Explain, says_where_a_parameters_gradient_comes_from) {
  const Explanation w1 = ExplainedProgram(two_inputs).of("W1", 1);
  EXPECT_EQ(w1.title, "W₁");
  EXPECT_EQ(w1.subtitle, "parameter · 2×1 · hidden layer · line 5");
  EXPECT_EQ(w1.entry, "[1,0]");
  EXPECT_TRUE(w1.forward.empty());
  ASSERT_EQ(w1.receives.size(), 1u);
  EXPECT_EQ(w1.receives[0].through, "x @ W₁");
  EXPECT_EQ(joined(w1.receives[0].equations),
            "∂L/∂W₁ = ∂L/∂(x@W₁) · ∂(x@W₁)/∂W₁\n"
            "∂(x@W₁)/∂W₁ = xᵀ\n"
            "[1,0] = −0.0140 · 0.8\n"
            "= −0.0112\n");
}

TEST(Explain, begins_at_the_loss) {
  const Explanation loss = ExplainedProgram(two_inputs).of("L");
  EXPECT_EQ(loss.gradient, "∂L/∂L");
  EXPECT_TRUE(loss.receives.empty());
  ASSERT_EQ(loss.hands_on.size(), 2u);
  EXPECT_EQ(joined(loss.forward),
            "L = ½ · Σ (p − y)² / n\n"
            "= ½ · (0.6720 − 1)² / 1\n"
            "= 0.0538\n");
  EXPECT_EQ(joined(loss.hands_on[0].equations),
            "∂L/∂p = (p − y) / n\n"
            "= 1 · (−0.3280)\n"
            "= −0.3280\n");
}

// ---- what is not computed yet -------------------------------------------------------

TEST(Explain, says_when_a_value_comes) {
  const ExplainedProgram scene(two_inputs, 0);
  const Explanation a1 = scene.of("a1");
  EXPECT_EQ(joined(a1.forward), "a₁ = 1 / (1 + exp(−z₁))\n= comes at tick 3 of 18\n");
  EXPECT_EQ(a1.value_when, "comes at tick 3 of 18");
  EXPECT_EQ(scene.of("x").value_when, "");
}

TEST(Explain, puts_numbers_in_as_soon_as_the_operands_have_them) {
  EXPECT_EQ(joined(ExplainedProgram(two_inputs, 2).of("a1").forward),
            "a₁ = 1 / (1 + exp(−z₁))\n"
            "= 1 / (1 + exp(−0.7800))\n"
            "= comes at tick 3 of 18\n");
}

TEST(Explain, says_when_a_gradient_comes) {
  const ExplainedProgram scene(two_inputs, 11);
  const Explanation a1 = scene.of("a1");
  EXPECT_FALSE(a1.hands_on[0].known);
  EXPECT_EQ(joined(a1.hands_on[0].equations),
            "∂L/∂z₁ = ∂L/∂a₁ · σ′(z₁)\n"
            "= ∂L/∂a₁ · a₁·(1 − a₁)\n"
            "= comes at tick 12 of 18\n");
  EXPECT_EQ(a1.gradient_when, "");
  EXPECT_EQ(scene.of("z1").gradient_when, "comes at tick 12 of 18");
  EXPECT_EQ(scene.of("W1").gradient_when, "comes at tick 14 of 18");
}

TEST(Explain, says_a_constant_slope_once) {
  EXPECT_EQ(joined(ExplainedProgram(two_inputs).of("b1").receives[0].equations),
            "∂L/∂b₁ = ∂L/∂z₁ · ∂z₁/∂b₁\n= −0.0140 · 1\n= −0.0140\n");
  EXPECT_EQ(joined(ExplainedProgram(two_inputs, 8).of("b1").receives[0].equations),
            "∂L/∂b₁ = ∂L/∂z₁ · ∂z₁/∂b₁\n= ∂L/∂z₁ · 1\n= comes at tick 13 of 18\n");
}

TEST(Explain, shows_the_numbers_of_the_pass_after_the_update) {
  const ExplainedProgram scene(two_inputs, 18);
  const int product = scene.timeline.graph().node(scene.node("z1")).inputs[0];
  EXPECT_EQ(joined(explain(scene.timeline, product, 0).forward),
            "x@W₁ = Σₖ x[i,k]·W₁[k,j]\n= 0.5·0.4 + 0.8·0.6\n= 0.6800\n");
  const Explanation a1 = scene.of("a1");
  EXPECT_EQ(equation_text(a1.receives[0].equations[2]), "= −0.0723 · 0.9");
}

// ---- edges ---------------------------------------------------------------------------

TEST(Explain, counts_each_edge_of_x_times_x) {
  const Explanation x = ExplainedProgram("x = param([[3.0]])\nq = x * x\n").of("x");
  ASSERT_EQ(x.receives.size(), 2u);
  EXPECT_FALSE(x.receives[0].whole);
  EXPECT_EQ(joined(x.receives[1].equations), "∂q/∂x += x\n= 1 · 3\n= 3\n");
  EXPECT_EQ(joined(x.total), "∂q/∂x = 3 + 3\n= 6\n");
}

TEST(Explain, says_what_is_still_to_come_of_a_sum) {
  const char* const program = "x = param([[3.0]])\na = x * x\nL = a * x\n";
  const Explanation x = ExplainedProgram(program, 3).of("x");
  EXPECT_EQ(joined(x.total), "∂L/∂x = 9 + … 2 still to come\n");
  EXPECT_EQ(x.gradient_when, "comes at tick 4 of 5");
  EXPECT_EQ(joined(ExplainedProgram(program).of("x").total), "∂L/∂x = 9 + 9 + 9\n= 27\n");
}

TEST(Explain, sums_over_the_rows_that_a_bias_was_broadcast_to) {
  const char* const program =
      "x = input([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])\n"
      "b = param([[10.0, 20.0]])\n"
      "z = x * b\n"
      "L = sum(z)\n";
  const Explanation b = ExplainedProgram(program).of("b", 1);
  EXPECT_EQ(joined(b.receives[0].equations),
            "∂L/∂b = ∂L/∂z · ∂z/∂b\n"
            "= ∂L/∂z · x\n"
            "[0,1] = Σ over 3 rows: 1·2 + 1·4 + 1·6\n"
            "= 12\n");
  // Entry [2,1] of z uses b[0,1].
  const Explanation z = ExplainedProgram(program).of("z", 5);
  EXPECT_EQ(equation_text(z.forward[1]), "[2,1] = 6·20");
  EXPECT_EQ(z.hands_on[1].entry, 1);
}

TEST(Explain, sums_over_all_entries_that_a_number_was_broadcast_to) {
  const Explanation c =
      ExplainedProgram("x = input([[1.0, 2.0], [3.0, 4.0]])\nc = param([[2.0]])\nL = sum(x * c)\n")
          .of("c");
  EXPECT_EQ(equation_text(c.receives[0].equations[2]), "= Σ over 4 entries: 1·1 + 1·2 + 1·3 + 1·4");
}

TEST(Explain, sums_over_the_outputs_of_a_matrix_product) {
  const ExplainedProgram scene(
      "x = input([[0.5, -0.8], [0.25, 2.0]])\n"
      "W = param([[1.0, -2.0], [3.0, 4.0]])\n"
      "z = x @ W\n"
      "L = sum(z * z)\n");
  const Explanation x = scene.of("x", 2);
  EXPECT_EQ(equation_text(x.receives[0].equations[2]),
            "[1,0] = Σ over 2 outputs: 12.5·1 + 15·(−2)");
  EXPECT_EQ(equation_text(scene.of("z", 0).forward[1]), "[0,0] = 0.5·1 − 0.8·3");
  EXPECT_EQ(x.receives[0].amount, -17.5);
  EXPECT_EQ(scene.timeline.graph().node(scene.node("x")).gradient[2], -17.5);
}

TEST(Explain, shortens_long_sums) {
  std::string rows = "[[1.0";
  for (int i = 1; i < 100; ++i) rows += ", 1.0";
  const Explanation m =
      ExplainedProgram("x = param(" + rows + "]])\nm = mean(x)\nL = m * 2\n").of("m");
  EXPECT_EQ(equation_text(m.forward[1]), "= (1 + 1 + 1 + 1 + … 96 more) / 100");
}

TEST(Explain, shows_the_mean_along_an_axis) {
  const ExplainedProgram scene(
      "x = param([[1.0, 2.0], [-3.0, 5.0]])\nm = mean(x, axis=1)\nL = sum(m * m)\n");
  const Explanation m = scene.of("m", 1);
  EXPECT_EQ(m.title, "m = mean(x, axis=1)");
  EXPECT_EQ(m.entry, "[1,0]");
  EXPECT_EQ(equation_text(m.forward[1]), "[1,0] = (−3 + 5) / 2");
  EXPECT_EQ(m.hands_on[0].entry, 2);
  EXPECT_EQ(equation_text(m.hands_on[0].equations[2]), "[1,0] = 2 · 0.5");
}

TEST(Explain, leaves_bare_numbers_out_of_the_chain_rule) {
  const ExplainedProgram scene("x = param([[3.0]])\nL = x ** 2\n");
  const Explanation loss = scene.of("L");
  ASSERT_EQ(loss.hands_on.size(), 1u);
  EXPECT_EQ(loss.hands_on[0].operand, scene.node("x"));
}

TEST(Explain, knows_when_no_gradient_comes) {
  const Explanation u =
      ExplainedProgram("x = param([[3.0]])\nu = tanh(x)\nL = x * x\nloss(L)\n").of("u");
  EXPECT_EQ(u.gradient_when, "the loss does not depend on it");
  EXPECT_TRUE(u.hands_on.empty());
}

// ---- symbols -------------------------------------------------------------------------

TEST(Symbols, puts_negative_numbers_in_parentheses_where_needed) {
  EXPECT_EQ(fill_in_numbers("exp(−{x})", {{"x", -0.5}}), "exp(−(−0.5))");
  EXPECT_EQ(fill_in_numbers("{a} + {b}", {{"a", -1}, {"b", -2}}), "−1 + (−2)");
  EXPECT_EQ(fill_in_numbers("{a}^{b}", {{"a", -1}, {"b", 2}}), "(−1)^2");
  EXPECT_EQ(fill_in_numbers("max(0, {x})", {{"x", -0.25}}), "max(0, −0.25)");
  EXPECT_EQ(fill_in_numbers("({p} − {t})²", {{"p", -0.25}, {"t", 1}}), "(−0.25 − 1)²");
}

TEST(Symbols, shortens_numbers_only_where_they_are_long) {
  EXPECT_EQ(formula_number(0.5), "0.5");
  EXPECT_EQ(formula_number(-0.06507557127255964), "−0.0651");
  EXPECT_EQ(formula_number(0), "0");
  EXPECT_EQ(formula_number(-0.0), "0");
}

TEST(Symbols, groups_expressions_that_are_not_a_single_factor) {
  EXPECT_EQ(in_parentheses("a·(1 − a)"), "a·(1 − a)");
  EXPECT_EQ(in_parentheses("1 − a²"), "(1 − a²)");
  EXPECT_EQ(in_parentheses("−1"), "(−1)");
}

TEST(Symbols, names_unnamed_nodes_by_what_they_are) {
  const Graph graph = read_program(
      "x1 = param([[3.0]])\nlong_name = param([[3.0]])\n"
      "L = -(long_name * x1) + abs(x1 - 2) * sigmoid(long_name + x1)\n");
  std::vector<std::string> symbols;
  for (int op : graph.ops()) symbols.push_back(symbol_in_formula(graph, op));
  EXPECT_EQ(symbols, (std::vector<std::string>{"(long_name*x₁)", "(−…)", "(x₁−2)", "abs(x₁−2)",
                                               "(long_name+x₁)", "σ(…)", "(…*…)", "L"}));
}

}  // namespace
}  // namespace backstep
