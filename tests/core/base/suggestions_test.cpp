// A user of NumPy, PyTorch, Keras or Python who types a word from there is told in one
// sentence, with its line and column, how it is written here.
#include "core/base/suggestions.h"
#include "core/ops/op_table.h"

#include <gtest/gtest.h>

#include "core/engine/ops.h"
#include "core/program/program.h"

namespace backstep {
namespace {

// What the program reader says about `line` when it follows two correct lines.
std::string answer(const std::string& line) {
  try {
    read_program("x = input([[1.0, 2.0]])\nW = param(2, 3)\n" + line + "\n");
  } catch (const ProgramError& error) {
    return error.what();
  }
  return "no mistake";
}

struct Line {
  const char* text;
  const char* answer;  // what follows "line 3, column "
};

void expect_answers(const std::vector<Line>& lines) {
  for (const Line& line : lines)
    EXPECT_EQ(answer(line.text), "line 3, column " + std::string(line.answer)) << line.text;
}

TEST(Suggestions, FunctionsByTheirNamesElsewhere) {
  const std::pair<const char*, const char*> names[] = {
      {"max", "maximum"},
      {"min", "minimum"},
      {"clamp", "clip"},
      {"cat", "concat"},
      {"concatenate", "concat"},
      {"ln", "log"},
      {"logistic", "sigmoid"},
      {"sigma", "sigmoid"},
      {"σ", "sigmoid"},
      {"Tanh", "tanh"},
      {"ReLU", "relu"},
      {"LeakyReLU", "leaky_relu"},
      {"swish", "silu"},
      {"absolute", "abs"},
      {"mse_loss", "mse"},
      {"MSELoss", "mse"},
      {"mean_squared_error", "mse"},
      {"l1_loss", "mae"},
      {"smooth_l1_loss", "huber"},
      {"BCELoss", "bce"},
      {"binary_cross_entropy", "bce"},
      {"BCEWithLogitsLoss", "bce_with_logits"},
      {"binary_cross_entropy_with_logits", "bce_with_logits"},
      {"CrossEntropyLoss", "cross_entropy"},
      {"LogSoftmax", "log_softmax"},
      {"BatchNorm1d", "batch_norm"},
      {"LayerNorm", "layer_norm"},
      {"Dropout", "dropout"},
      {"Parameter", "param"},
      {"ifelse", "where"},
  };
  for (const auto& [typed, meant] : names)
    EXPECT_EQ(answer("z = " + std::string(typed) + "(x)"),
              "line 3, column 5: '" + std::string(typed) +
                  "' is not a function here; did you mean '" + meant + "'?");
}

TEST(Suggestions, FunctionsThatAreOperatorsHere) {
  expect_answers({
      {"z = pow(x, 2)", "5: 'pow' is not a function here; a power is written x**2"},
      {"z = power(x, 2)", "5: 'power' is not a function here; a power is written x**2"},
      {"z = square(x)", "5: 'square' is not a function here; a square is written x**2"},
      {"z = matmul(x, W)",
       "5: 'matmul' is not a function here; a product of matrices is written x @ W"},
      {"z = mm(x, W)", "5: 'mm' is not a function here; a product of matrices is written x @ W"},
      {"z = dot(x, W)", "5: 'dot' is not a function here; a product of matrices is written x @ W"},
      {"z = Linear(2, 3)", "5: 'Linear' is not a function here; a layer is written x @ W + b"},
      {"z = transpose(x)", "5: 'transpose' is not a function here; a transpose is written x.T"},
      {"z = greater(x, x)", "5: 'greater' is not a function here; a comparison is written a > b"},
      {"print(x)",
       "1: 'print' is not a function here; nothing is printed: the inspector shows every value"},
  });
  EXPECT_NE(answer("z = nll_loss(x, x)").find("cross_entropy(z, t) takes the logits"),
            std::string::npos);
  EXPECT_NE(answer("z = tensor([[1.0]])").find("input([[0.5, 0.8]])"), std::string::npos);
}

TEST(Suggestions, FunctionsOfModules) {
  const std::string alone = "is not known here; functions stand alone: write ";
  const auto expect = [](const std::string& expression, const std::string& said) {
    EXPECT_EQ(answer("z = " + expression), "line 3, column 5: " + said);
  };
  expect("np.tanh(x)", "'np' " + alone + "tanh(x)");
  expect("torch.sigmoid(x)", "'torch' " + alone + "sigmoid(x)");
  expect("F.relu(x)", "'F' " + alone + "relu(x)");
  expect("torch.nn.functional.relu(x)", "'torch' " + alone + "relu(x)");
  expect("nn.ReLU()(x)", "'nn' " + alone + "relu(x)");
  expect("nn.MSELoss()(x, x)", "'nn' " + alone + "mse(p, t)");
  expect("F.mse_loss(x, x)", "'F' " + alone + "mse(p, t)");
  expect("np.maximum(0, x)", "'np' " + alone + "maximum(a, b)");
  expect("torch.max(x, x)", "'torch' " + alone + "maximum(a, b)");
  expect("nn.Linear(2, 3)", "'nn' is not known here; a layer is written x @ W + b");
  expect("torch.matmul(x, W)", "'torch' is not known here; a product of matrices is written x @ W");
  expect("torch.pow(x, 2)", "'torch' is not known here; a power is written x**2");
  expect("np.array([[1.0]])",
         "'np' is not known here; numbers are written input([[0.5, 0.8]]), target([[1.0]]) or "
         "param([[0.5]])");
  expect("torch.frobnicate(x)", "'torch' is not known here; functions stand alone, as tanh(x)");
}

TEST(Suggestions, Methods) {
  const std::string dot = "7: only .T, the transpose, follows a dot";
  expect_answers({{"z = x.sum()", (dot + "; write sum(x)").c_str()},
                  {"z = x.mean()", (dot + "; write mean(x)").c_str()},
                  {"z = x.relu()", (dot + "; write relu(x)").c_str()},
                  {"z = x.max()", (dot + "; write maximum(a, b)").c_str()},
                  {"z = x.t()", (dot + "; a transpose is written x.T").c_str()},
                  {"z = x.transpose(0, 1)", (dot + "; a transpose is written x.T").c_str()},
                  {"z = x.dot(W)", (dot + "; a product of matrices is written x @ W").c_str()},
                  {"z = x.pow(2)", (dot + "; a power is written x**2").c_str()},
                  {"z = x.detach()", (dot + "; a value is used as it is").c_str()},
                  {"z = x.frobnicate()", dot.c_str()}});
}

TEST(Suggestions, ProductsWhoseShapesFitAnotherProduct) {
  expect_answers({
      {"z = x * W", "5: x * W: 1×2 and 2×3 do not fit, 2 columns against 3; did you mean x @ W?"},
      {"z = tanh(x) * W",
       "5: tanh(x) * W: 1×2 and 2×3 do not fit, 2 columns against 3; did you mean tanh(x) @ W?"},
      {"z = x @ W.T @ W",
       "5: x @ W.T: 1×2 and 3×2 do not fit, 2 columns against 3 rows; did you mean x @ W?"},
      {"z = x * input([[1.0, 2.0, 3.0]])",
       "5: x * input([[1.0, 2.0, 3.0]]): 1×2 and 1×3 do not fit, 2 columns against 3"},
  });
}

TEST(Suggestions, Options) {
  expect_answers({
      {"z = sum(x, dim=1)", "12: sum has no option 'dim'; did you mean axis=?"},
      {"z = leaky_relu(x, negative_slope=0.1)",
       "19: leaky_relu has no option 'negative_slope'; did you mean slope=?"},
      {"z = clip(x, min=0)", "13: clip has no option 'min'; did you mean low=?"},
      {"z = clip(x, a_max=2)", "13: clip has no option 'a_max'; did you mean high=?"},
      {"z = softmax(x, dim=1)", "16: softmax has no option 'dim'; write softmax(x)"},
      {"z = sum(x, keepdims=False)",
       "21: keepdims is True, as every value keeps its rows and columns"},
      {"z = mean(x, axis=1, keepdim=0)",
       "29: keepdim is True, as every value keeps its rows and columns"},
      {"z = gelu(x, approximate=\"sigmoid\")", "25: approximate is \"none\" or \"tanh\""},
  });
}

TEST(Suggestions, WordsOfPython) {
  const std::string word = " is a word of Python that programs here do not use; ";
  const auto expect = [&](const std::string& line, const std::string& said) {
    EXPECT_EQ(answer(line), "line 3, column " + said) << line;
  };
  expect("import torch",
         "1: 'import'" + word + "functions stand alone, as tanh(x), and nothing is imported");
  expect("from torch import nn",
         "1: 'from'" + word + "functions stand alone, as tanh(x), and nothing is imported");
  expect("def f(x):",
         "1: 'def'" + word + "a program is lines such as z = x @ W + b, and defines no functions");
  expect("for i in range(3):",
         "1: 'for'" + word + "a program is run once a pass, and has no loops");
  expect("z = x if x > 0 else 0", "7: 'if'" + word + "a choice is written where(c, a, b)");
  expect("z = x > 0 and x < 1",
         "11: 'and'" + word + "of two comparisons write the product, (a > b) * (c > d)");
  expect("z = not x", "5: 'not'" + word + "write 1 - (a > b)");
  expect("z = True", "5: 'True'" + word + "write 1");
  expect("try:", "1: 'try'" + word + "a line is name = expression");
}

TEST(Suggestions, SignsOfOtherLanguages) {
  expect_answers(
      {{"z = x & x", "7: of two comparisons write the product, (a > b) * (c > d)"},
       {"z = x | x", "7: of two comparisons write maximum(a > b, c > d)"},
       {"z = !x", "5: not equal is written !=, and what does not hold 1 - (a > b)"},
       {"z = x²", "6: a power is written **: x**2"},
       {"z = x ≥ 0", "7: at least is written >="},
       {"z = 0 < x < 1",
        "11: a comparison has two sides; of two comparisons write the product, (a < b) * "
        "(b < c)"}});
}

TEST(Suggestions, FieldsByTheirNamesElsewhere) {
  EXPECT_EQ(suggestion("lr", {"optimizer", "learning_rate"}, "; there are "),
            "; did you mean 'learning_rate'?");
  EXPECT_EQ(suggestion("swish", {"relu", "silu"}, "; there are "), "; did you mean 'silu'?");
  EXPECT_EQ(suggestion("max", {"mae", "mse"}, "; there are "), "; did you mean 'mae'?");
  EXPECT_EQ(suggestion("swish", {"relu", "tanh"}, "; there are "), "; there are relu, tanh");
}

// No word of the program language is itself taken for a foreign one.
TEST(Suggestions, OurOwnWordsNeedNone) {
  for (const Op& op : all_ops())
    if (op.spelling == Spelling::call) {
      EXPECT_EQ(synonym(op.token, {op.token}), op.token);
      EXPECT_EQ(how_it_is_written(op.token), "") << op.token;
    }
}

}  // namespace
}  // namespace backstep
