// Every kind of mistake in a program is reported with its line, its column and what would be
// right.
#include <gtest/gtest.h>

#include "core/program/program.h"

namespace backstep {
namespace {

std::string answer(const std::string& text, const NamedData& data = {}) {
  try {
    read_program(text, data);
  } catch (const ProgramError& error) {
    return error.what();
  }
  return "no mistake";
}

struct ProgramMistake {
  const char* text;
  const char* answer;
};

void expect_answers(const std::vector<ProgramMistake>& mistakes) {
  for (const ProgramMistake& mistake : mistakes) EXPECT_EQ(answer(mistake.text), mistake.answer);
}

TEST(Mistakes, EmptyTexts) {
  const char* const empty =
      "line 1, column 1: the program is empty; begin with a line such as x = input([[1.0, 2.0]])";
  expect_answers(
      {{"", empty}, {"\n\n", empty}, {"# nothing yet\n", empty}, {"layer(\"a\")", empty}});
}

TEST(Mistakes, NamesThatAreNotKnown) {
  expect_answers(
      {{"x = input(1.0)\nhidden = x\ny = hiden * 2",
        "line 3, column 5: 'hiden' is not known here; did you mean 'hidden'?"},
       {"x = input(1.0)\nw = param(2.0)\nz = x * v",
        "line 3, column 9: 'v' is not known here; known names are x, w"},
       {"L = w * w", "line 1, column 5: 'w' is not known here"},
       {"α = input(1.0)\nβ = α * γ", "line 2, column 9: 'γ' is not known here; known names are α"},
       {"x = input(1.0)\nz = np.tanh(x)",
        "line 2, column 5: 'np' is not known here; functions stand alone: write tanh(x)"},
       {"loss(L)\nL = input(1.0)", "line 1, column 6: 'L' is not known here"}});
}

TEST(Mistakes, NamesGivenTwiceOrTaken) {
  expect_answers(
      {{"x = input(1.0)\ny = x\ny = x * 2",
        "line 3, column 1: 'y' has its value from line 1; a name is given once"},
       {"tanh = input(1.0)", "line 1, column 1: 'tanh' is a function here; choose another name"},
       {"loss = input(1.0)",
        "line 1, column 1: 'loss' is a function here; choose another name, such as L"},
       {"import torch",
        "line 1, column 1: 'import' is a word of Python that programs here do not use; functions "
        "stand alone, as tanh(x), and nothing is imported"},
       {"x = True",
        "line 1, column 5: 'True' is a word of Python that programs here do not use; write 1"}});
}

TEST(Mistakes, ShapesThatDoNotFit) {
  expect_answers(
      {{"x = input([[1, 2]])\nW = param(3, 1)\nz = x @ W",
        "line 3, column 5: x @ W: 1×2 and 3×1 do not fit, 2 columns against 3 rows"},
       {"x = input([[1, 2]])\nW = param(1, 1)\nz = tanh(x @ W)",
        "line 3, column 10: x @ W: 1×2 and 1×1 do not fit, 2 columns against 1 row"},
       {"x = input([[1, 2]])\nb = param(1, 3)\nz = x + b",
        "line 3, column 5: x + b: 1×2 and 1×3 do not fit, 2 columns against 3"},
       {"x = input([[1], [2]])\nb = param(3, 1)\nz = x*2 + b",
        "line 3, column 5: x*2 + b: 2×1 and 3×1 do not fit, 2 rows against 3"},
       {"x = input([[1, 2]])\ny = target([[1]])\nL = mse(x, y)",
        "line 3, column 5: mse(x, y): 1×2 and 1×1 do not fit, prediction and target need the same "
        "shape"}});
}

TEST(Mistakes, Slices) {
  const std::string x = "x = input([[1, 2]])\n";
  const auto answer_to = [&](const std::string& line) { return answer(x + line); };
  const std::string one_index =
      "one index would take a dimension away, and a value keeps two: write ";
  EXPECT_EQ(answer_to("z = x[0]"), "line 2, column 7: " + one_index + "0:1");
  EXPECT_EQ(answer_to("z = x[:, -1]"), "line 2, column 10: " + one_index + "-1:");
  EXPECT_EQ(answer_to("z = x[:, 2:4]"),
            "line 2, column 5: x[:, 2:4]: 1×2 has 2 columns, counted from 0, and 2:4 takes none");
  EXPECT_EQ(answer_to("z = x[1:]"),
            "line 2, column 5: x[1:]: 1×2 has 1 row, counted from 0, and 1: takes none");
  EXPECT_EQ(answer_to("z = x[:, -3:]"),
            "line 2, column 5: x[:, -3:]: 1×2 has 2 columns, and -3: begins before the first");
  EXPECT_EQ(answer_to("z = x[:, ::2]"),
            "line 2, column 11: a slice takes every row or column from one to another: 0:2");
  EXPECT_EQ(answer_to("z = x[:, :, :]"),
            "line 2, column 11: a value has rows and columns, and no more: x[0:1, 0:2]");
  EXPECT_EQ(answer_to("z = x[0:1.0]"),
            "line 2, column 9: a slice takes whole numbers, x[0:1, 0:2]");
  EXPECT_EQ(answer_to("z = x[n:]"),
            "line 2, column 7: a slice takes whole numbers, x[0:1, 0:2], and here is 'n'");
  EXPECT_EQ(answer_to("z = x[0:1\ny = x"),
            "line 2, column 6: this [ is never closed: a ] is missing");
  EXPECT_EQ(answer_to("z = 2[0:1]"),
            "line 2, column 6: a number has no rows and columns to choose from");
}

TEST(Mistakes, Brackets) {
  expect_answers({{"x = input([[1, 2]\nW = param(3, 1)",
                   "line 1, column 11: this [ is never closed: a ] is missing"},
                  {"x = input(1.0)\nz = tanh(x\ny = z * 2",
                   "line 2, column 9: this ( is never closed: a ) is missing"},
                  {"x = input(1.0)\nz = tanh(x +\ny = z * 2",
                   "line 2, column 9: this ( is never closed: a ) is missing"},
                  {"x = ((((", "line 1, column 8: this ( is never closed: a ) is missing"},
                  {"x = input(1.0)\nz = x) + 1",
                   "line 2, column 6: nothing is open that this ')' could close"},
                  {"x = input([[1, 2)",
                   "line 1, column 17: this should be a ], for the [ in column 12, and is ')'"},
                  {"x = input(1)\ny = (x, 3)",
                   "line 2, column 7: brackets hold one expression; a matrix is [[1.0, 2.0]]"}});
}

TEST(Mistakes, FunctionsAndWhatTheyTake) {
  expect_answers(
      {{"x = input(1.0)\nz = tahn(x)",
        "line 2, column 5: 'tahn' is not a function here; did you mean 'tanh'?"},
       {"x = input(1.0)\nz = x(3)",
        "line 2, column 5: 'x' is a value, not a function; a product is written with *"},
       {"x = input(1.0)\nz = sigmoid x",
        "line 2, column 5: 'sigmoid' is a function: write sigmoid(…)"},
       {"x = input(1.0)\nz = tanh(x, x)",
        "line 2, column 5: tanh takes 1 operand, tanh(x), and got 2"},
       {"x = input(1.0)\nz = mse(x)",
        "line 2, column 5: mse takes 2 operands, mse(p, t), and got 1"},
       {"x = input(1.0)\nz = sum(x, axis=2)", "line 2, column 17: axis is 0 or 1"},
       {"x = input(1.0)\nz = sum(x, axes=1)",
        "line 2, column 12: sum has no option 'axes'; it has axis="},
       {"x = input(1.0)\nz = sum(x, axis=x)",
        "line 2, column 17: axis takes a number, and here is 'x'"},
       {"x = input(1.0)\nz = sum(x, axis=0, axis=1)", "line 2, column 20: 'axis' is given twice"},
       {"x = input(1.0)\nz = sum(axis=0, x)",
        "line 2, column 17: what is given by name comes last: sum(x)"},
       {"x = input([[1, 2]])\nz = concat(x, x.T)",
        "line 2, column 5: concat(x, x.T): 1×2 and 2×1 do not fit, 1 row against 2"},
       {"x = input([[1, 2]])\nz = concat(x, x.T, axis=0)",
        "line 2, column 5: concat(x, x.T, axis=0): 1×2 and 2×1 do not fit, 2 columns against 1"},
       {"x = input(1.0)\nz = clip(x, 2)",
        "line 2, column 5: clip goes from low to high, and low=2 is more than high=1"},
       {"x = input(1.0)\ny = x.sum()",
        "line 2, column 7: only .T, the transpose, follows a dot; write sum(x)"}});
  EXPECT_EQ(
      answer("z = frobnicate(1)").substr(0, 85),
      "line 1, column 5: 'frobnicate' is not a function here; functions are input, target, p");
}

TEST(Mistakes, Losses) {
  expect_answers(
      {{"x = input([[1, 2]])\nz = x * 2",
        "line 2, column 1: the loss must be 1×1, and 'z' is 1×2: end with a loss such as "
        "half_mse(p, y), or with mean(z)"},
       {"x = input([[1, 2]])\nz = sum(x)\nloss(x)",
        "line 3, column 6: the loss must be 1×1, and 'x' is 1×2: end with a loss such as "
        "half_mse(p, y), or with mean(x)"},
       {"x = input(1.0)",
        "line 1, column 1: 'x' is not computed from anything, so there is nothing to "
        "differentiate; add a line such as L = x**2"},
       {"x = input(1.0)\nz = x*2\nloss(z)\nloss(z)",
        "line 4, column 1: the loss was named on line 3; there is one"},
       {"loss()", "line 1, column 6: loss takes a name: loss(L)"}});
}

TEST(Mistakes, Leaves) {
  expect_answers(
      {{"x = [1, 2]", "line 1, column 5: a matrix stands in input(…), target(…) or param(…)"},
       {"x = input([1, 2])",
        "line 1, column 12: a matrix is a list of rows, two brackets deep: [[1.0, 2.0], [3.0, "
        "4.0]]"},
       {"x = input([[1, 2], [3]])",
        "line 1, column 20: row 2 has 1 number, row 1 has 2: rows have equal length"},
       {"x = input([[]])", "line 1, column 12: a row needs at least one number"},
       {"x = input([[1, y]])", "line 1, column 16: a matrix holds numbers, and here is 'y'"},
       {"x = input()",
        "line 1, column 11: input takes numbers, input([[0.5, 0.8]]), and here is ')'"},
       {"x = input(0.5, 0.8)", "line 1, column 11: a row of data is written input([[0.5, 0.8]])"},
       {"x = param(0, 3)",
        "line 1, column 11: rows are a whole number from 1 to 1,000,000: param(2, 3, "
        "init=\"xavier\")"},
       {"x = param(2, 3, init=\"xaver\")",
        "line 1, column 22: 'xaver' is no init; did you mean 'xavier'?"},
       {"x = param(2, 3, init=he)",
        "line 1, column 22: init takes a name in quotes: init=\"xavier\""},
       {"x = param(2, 3, \"he\")",
        "line 1, column 17: from here on each has its name: init=\"xavier\", seed=1"},
       {"x = param(2, 3, seed=0.5)", "line 1, column 22: a seed is a whole number from 0 to 2⁵³"},
       {"x = param(2, 3, seed=1, seed=2)", "line 1, column 25: 'seed' is given twice"},
       {"x = param(\"data\")",
        "line 1, column 11: param takes numbers: param([[0.5]]) or param(2, 3, init=\"xavier\")"},
       {"x = input(\"data\")",
        "line 1, column 11: there is no data called 'data'; write it here, input([[0.5, 0.8]]), or "
        "open a session that has data"}});
  EXPECT_EQ(answer("x = input(\"point\")", {{"points", {}}, {"labels", {}}}),
            "line 1, column 11: there is no data called 'point'; did you mean 'points'?");
  EXPECT_EQ(answer("x = input(\"x\")", {{"x", {{0, 2}, {}}}}),
            "line 1, column 11: the data called 'x' is empty");
}

TEST(Mistakes, Lines) {
  expect_answers(
      {{"x = 3\nx * 2", "line 2, column 1: give this line a name: z = x * 2"},
       {"x = 3 4",
        "line 1, column 7: the line should end before '4'; is an operator missing? They are + - * "
        "/ ** @ < > <= >= == != and .T"},
       {"x = 3 +",
        "line 1, column 8: a value is missing before the end of the program: a name, a number or "
        "a function"},
       {"x = y = 3", "line 1, column 7: one assignment a line: name = expression"},
       {"x = input(1)\nx += 3",
        "line 2, column 4: '=' stands once in a line, right behind its name: name = expression"},
       {"2 = x", "line 1, column 1: a name stands on the left of '=', and here is '2'"},
       {"= 3", "line 1, column 1: a line cannot begin with '='; it is name = expression"},
       {"x = 3\n  y = 4",
        "line 2, column 1: a line begins at the margin: take the space before it away"},
       {"x = 1; y = 2", "line 1, column 6: one assignment a line, without ;"}});
}

TEST(Mistakes, Characters) {
  expect_answers(
      {{"x = 3^2", "line 1, column 6: a power is written **: x**2"},
       {"x = 3 − 2", "line 1, column 7: this is the minus sign of print; type -"},
       {"x = 3 % 2",
        "line 1, column 7: '%' has no meaning here; operators are + - * / ** @ < > <= >= == != and "
        ".T"},
       {"layer(“a”)", "line 1, column 7: these are the quotes of print; type \" instead"},
       {"x =\u00a01", "line 1, column 4: this is a space of print; type a plain one"},
       {"layer(\"a\nx = 3", "line 1, column 7: this text never ends: close it with \""},
       {"x = 2x",
        "line 1, column 5: a number runs into a letter: a product is written 2 * x, and a name "
        "does not begin with a digit"},
       {"x = 1e999", "line 1, column 5: '1e999' is outside the range of a double"},
       {"x = 007", "line 1, column 5: a number does not begin with 0: write it without"},
       {"x = 1\ry = 2",
        "line 1, column 6: a line ends with a line feed, and here is a carriage return alone"},
       {"x = 1  # a\rimport os",
        "line 1, column 11: a line ends with a line feed, and here is a carriage return alone"},
       {"layer(\"a\rb\")", "line 1, column 7: a name in quotes has no carriage return"},
       {"αβ = 1\nx = \xff", "line 2, column 5: these bytes are not text: a program is UTF-8"},
       {"αβ = '\xc3", "line 1, column 7: these bytes are not text: a program is UTF-8"}});
}

TEST(Mistakes, ColumnsCountCharacters) {
  try {
    read_program("x = input(1.0)\nη = param(0.5)\ny = η * η * z\n");
    FAIL();
  } catch (const ProgramError& error) {
    EXPECT_EQ(error.line, 3);
    EXPECT_EQ(error.column, 13);
    EXPECT_EQ(error.message, "'z' is not known here; known names are x, η");
  }
}

TEST(Mistakes, TooMuchMemoryIsRefusedBeforeItIsAllocated) {
  EXPECT_EQ(answer("x = param(4000, 4000)\ny = x @ x\nz = y * y\n"),
            "line 2, column 5: with x @ x the program would take more than 512 MB of memory");
  EXPECT_EQ(answer("x = param(100000, 1)\ny = x @ x.T\nL = mean(y)"),
            "line 2, column 5: with x @ x.T the program would take more than 512 MB of memory");
  EXPECT_EQ(answer("x = param(1000000, 1000000)"),
            "line 1, column 20: a matrix has at most 16 million entries");
  std::string many_sums = "x = param(1000, 1000)\ns0 = sum(x)\n";
  for (int i = 1; i < 1000; ++i)
    many_sums += "s" + std::to_string(i) + " = s" + std::to_string(i - 1) + " + sum(x)\n";
  EXPECT_NE(answer(many_sums).find("more than 512 MB"), std::string::npos) << answer(many_sums);
}

}  // namespace
}  // namespace backstep
