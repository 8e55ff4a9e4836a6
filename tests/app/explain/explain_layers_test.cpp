// The inspector's formulas of losses and layers, which also contain numbers that are not
// entries of operands, such as a mean, and options, such as a slope.
#include <gtest/gtest.h>

#include "app/explain/explain.h"
#include "core/program/program.h"

namespace backstep {
namespace {

// The forward equations of `name`, entry by entry, after a complete pass.
std::string forward_of(const std::string& program, const char* name, Index entry = 0) {
  Timeline timeline(read_program(program), 0.5);
  timeline.seek({0, timeline.forward_ticks() + timeline.backward_ticks()});
  std::string text;
  for (const Equation& equation : explain(timeline, timeline.graph().find(name), entry).forward)
    text += equation_text(equation) + "\n";
  return text;
}

TEST(ExplainLayers, options_stand_in_formulas_as_numbers) {
  EXPECT_EQ(forward_of("x = param(-1.2)\nL = leaky_relu(x, 0.2)\n", "L"),
            "L = x if x > 0, else 0.2·x\n"
            "= −1.2 if −1.2 > 0, else 0.2·(−1.2)\n"
            "= −0.24\n");
}

TEST(ExplainLayers, a_softmax_entry_is_a_share_of_its_row) {
  EXPECT_EQ(forward_of("x = param([[0.5, -1.2]])\ny = softmax(x)\nL = sum(y * y)\n", "y", 1),
            "y = exp(x) / Σ exp(x)\n"
            "[0,1] = exp(−1.2) / 1.9499\n"
            "= 0.1545\n");
}

TEST(ExplainLayers, batch_norm_names_the_mean_and_variance_of_the_column) {
  EXPECT_EQ(forward_of("x = param([[1, 4], [3, 8]])\n"
                       "y = batch_norm(x, param([[2, 2]]), param([[0.5, 1]]))\nL = sum(y * y)\n",
                       "y", 3),
            "y = param·(x − mean) / √(var + ε) + param\n"
            "[1,1] = 2·(8 − 6) / √(4 + 0.00001) + 1\n"
            "= 3.0000\n");
}

TEST(ExplainLayers, dropout_says_what_an_entry_was_multiplied_by) {
  const std::string text = forward_of(
      "x = param([[3, 3, 3, 3, 3, 3, 3, 3]])\ny = dropout(x, 0.25)\nL = sum(y * y)\n", "y", 2);
  EXPECT_TRUE(text.find("= 3·0\n= 0\n") != std::string::npos ||
              text.find("= 3·1.3333\n= 4\n") != std::string::npos)
      << text;
}

TEST(ExplainLayers, cross_entropy_writes_out_the_shares) {
  EXPECT_EQ(forward_of("z = param([[0.5, 0.2]])\nL = cross_entropy(z, target([[1, 0]]))\n", "L"),
            "L = −Σ target·ln softmax(z) / n\n"
            "= −(1·ln 0.5744 + 0·ln 0.4256) / 1\n"
            "= 0.5544\n");
}

}  // namespace
}  // namespace backstep
