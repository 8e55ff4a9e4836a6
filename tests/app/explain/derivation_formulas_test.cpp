// Every equation of an exported derivation is true: each part, in names or in numbers,
// evaluates to the number at the end. This holds for every op at corners, where special cases
// apply, and for the examples.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <sstream>
#include <stdexcept>

#include "app/explain/symbols.h"
#include "app/export/derivation.h"
#include "app/files/text_file.h"
#include "app/paint/numbers.h"
#include "core/ops/op_table.h"
#include "core/program/program.h"
#include "tests/core/ops/formula.h"

namespace backstep {
namespace {

// The equation "left = part = … = number", with its parts on lines of their own.
struct Chain {
  std::string left;
  std::vector<std::string> parts;
};

std::string without_blanks_before(const std::string& line) {
  return line.substr(std::min(line.find_first_not_of(' '), line.size()));
}

// The equations in the text blocks, without the rows of matrices.
std::vector<Chain> chains_of(const std::string& derivation) {
  std::vector<Chain> chains;
  std::istringstream lines(derivation.substr(0, derivation.find("## Is it right?")));
  bool in_block = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) in_block = line == "```text";
    if (!in_block || line.starts_with("```") || line.empty()) continue;
    std::size_t sign = line.find(" = "), length = 3;
    if (line.find(" += ") < sign) sign = line.find(" += "), length = 4;
    if (sign == line.npos) continue;  // a row of a matrix
    const std::string left = without_blanks_before(line.substr(0, sign));
    if (!left.empty() || chains.empty()) chains.push_back({left, {}});
    chains.back().parts.push_back(line.substr(sign + length));
  }
  return chains;
}

class Truth {
 public:
  explicit Truth(const Timeline& timeline) : graph_(timeline.graph()) {
    for (int op : graph_.ops()) words_.note += std::string(graph_.node(op).op->note) + " ";
    for (std::size_t i = 0; i < graph_.nodes().size(); ++i) {
      const auto node = static_cast<int>(i);
      if (graph_.node(node).value.shape.size() == 1)
        gradients_.emplace_back(
            gradient_symbol(graph_, node),
            "(" + with_minus(exact_number(graph_.node(node).gradient[0])) + ")");
    }
    std::sort(gradients_.begin(), gradients_.end(),
              [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    words_.number = [this](const std::string& word, FormulaPlace, long double& value) {
      return number(word, value);
    };
    const auto refuse = [](const std::string& what) { throw std::runtime_error(what); };
    words_.terms = [=](const std::string&) { return refuse("terms"), 0; };
    words_.softmax = [=](const std::string&, FormulaPlace) { return refuse("softmax"), 0.0L; };
    words_.entry = [=](const std::string&, const std::vector<std::string>&, const std::string&,
                       FormulaPlace) { return refuse("entry"), 0.0L; };
  }

  // The number of parts that could be read; each is compared with the number at the end.
  int check(const std::string& derivation) {
    int read = 0;
    for (const Chain& chain : chains_of(derivation)) {
      if (chain.parts.size() < 2) continue;
      const std::string& end = chain.parts.back();
      double value = 0;
      try {
        value = static_cast<double>(formula_value(end, FormulaWords()));
      } catch (const std::exception&) {
        continue;  // an equation of matrices, such as "∂z/∂x = Wᵀ"
      }
      for (std::size_t i = 0; i + 1 < chain.parts.size(); ++i)
        read += check_part(chain, chain.parts[i], value);
    }
    return read;
  }

 private:
  bool number(const std::string& word, long double& value) const {
    for (std::size_t i = 0; i < graph_.nodes().size(); ++i) {
      const Node& node = graph_.nodes()[i];
      if (symbol(graph_, static_cast<int>(i)) == word && node.value.shape.size() == 1)
        return value = node.value[0], true;
      if (!node.op) continue;
      for (const auto& [name, option] : option_words(*node.op, node.call))
        if (name == word) return value = option, true;
    }
    const bool all_numbers =
        std::all_of(graph_.nodes().begin(), graph_.nodes().end(),
                    [](const Node& node) { return node.value.shape.size() == 1; });
    if (word == "n" && all_numbers) return value = 1, true;
    return false;
  }

  bool check_part(const Chain& chain, std::string part, double value) {
    if (part.find(" more") != part.npos) return false;
    if (part == "every local derivative is 0") part = "0";
    if (part.starts_with("Σ over ")) part = part.substr(part.find(": ") + 2);
    for (const auto& [symbol, number] : gradients_)
      for (std::size_t at; (at = part.find(symbol + " ")) != part.npos;)
        part.replace(at, symbol.size(), number);
    long double read = 0;
    try {
      read = formula_value(part, words_);
    } catch (const std::exception&) {
      return false;  // names matrices or functions, as in "σ′(z₁)"
    }
    const auto found = static_cast<double>(read);
    const bool both = (std::isnan(found) && std::isnan(value)) || found == value;
    // Numbers in the text have four digits.
    EXPECT_TRUE(both || std::abs(found - value) <= 2e-3 * (1 + std::abs(value)))
        << chain.left << " = " << part << " comes to " << found << ", but the number at the end is "
        << value;
    return true;
  }

  const Graph& graph_;
  FormulaWords words_;
  std::vector<std::pair<std::string, std::string>> gradients_;
};

int check_program(const std::string& program) {
  Timeline timeline(read_program(program), 0.5);
  timeline.seek({0, timeline.forward_ticks() + timeline.backward_ticks()});
  const std::string text = derivation(timeline, program, "a program");
  SCOPED_TRACE(program);
  return Truth(timeline).check(text);
}

std::string expression_of(const Op& op) {
  const std::string first = op.operands[0];
  switch (op.spelling) {
    case Spelling::infix:
      return first + " " + op.token + " " + op.operands[1];
    case Spelling::prefix:
      return op.token + first;
    case Spelling::postfix:
      return first + op.token;
    case Spelling::slice:
      return first + "[0:1, 0:1]";
    case Spelling::call:
      break;
  }
  std::string call = op.token + ("(" + first);
  for (std::size_t i = 1; i < op.operands.size(); ++i) call += std::string(", ") + op.operands[i];
  return call + ")";
}

// A program with the op on the given operands, and three times its sum as the loss.
std::string program_of(const Op& op, const std::vector<std::string>& operands) {
  std::string text;
  for (std::size_t i = 0; i < operands.size(); ++i)
    text += std::string(op.operands[i]) + " = param(" + operands[i] + ")\n";
  return text + "y = " + expression_of(op) + "\nw = sum(y)\nL = w * 3\n";
}

class Derivation : public testing::TestWithParam<std::string> {};

TEST_P(Derivation, IsTrueAtCorners) {
  const auto ops = all_ops();
  const Op& op =
      *std::find_if(ops.begin(), ops.end(), [](const Op& row) { return row.name == GetParam(); });
  const char* const corners[] = {"0", "1", "-1", "2", "0.5", "-3", "40"};
  int read = 0;
  const int count = op.operand_count();
  for (const char* a : corners) {
    if (count == 1) read += check_program(program_of(op, {a}));
    if (count == 1 && op.spelling == Spelling::call)
      read += check_program(program_of(op, {"[[1, " + std::string(a) + "], [0, 2]]"}));
    for (const char* b : corners) {
      if (count == 2) read += check_program(program_of(op, {a, b}));
      if (count == 3) read += check_program(program_of(op, {a, b, "0.25"}));
    }
  }
  EXPECT_GT(read, 20) << "almost nothing could be read";
}

std::vector<std::string> rows() {
  std::vector<std::string> list;
  for (const Op& op : all_ops()) list.push_back(op.name);
  return list;
}

INSTANTIATE_TEST_SUITE_P(Rows, Derivation, testing::ValuesIn(rows()),
                         [](const auto& row) { return row.param; });

TEST(Derivations, AreTrueOfTargetsThatDoNotAddUpToOne) {
  for (const char* target : {"[[3, 0]]", "[[0, 0]]", "[[0.9, 0.05]]", "[[1, 1]]"})
    EXPECT_GT(check_program("z = param([[1, 0]])\nt = target(" + std::string(target) +
                            ")\nL = cross_entropy(z, t)\n"),
              2);
}

TEST(Derivations, LeaveOutCasesThatTheNumbersRuleOut) {
  const auto reads = [](const std::string& program, const std::string& part) {
    Timeline timeline(read_program(program), 0.5);
    return derivation(timeline, program, "").find(part) != std::string::npos;
  };
  EXPECT_TRUE(reads("x = param(3)\nL = 2 * x**2\n", "∂L/∂(x**2) · 2·x^(2 − 1)\n") ||
              reads("x = param(3)\nL = 2 * x**2\n", "∂L/∂(x**2) · (2·x^(2 − 1))\n"));
  EXPECT_FALSE(reads("x = param(3)\nL = 2 * x**0\n", "0·x^(0 − 1)"));
  EXPECT_TRUE(reads("x = param(3)\nn = param(0)\nL = 2 * x**n\n", "n·x^(n − 1) if n ≠ 0, else 0"));
  EXPECT_TRUE(reads("x = param(3)\nL = 2 * dropout(x)\n", "x·mask / (1 − 0.5)\n"));
  EXPECT_TRUE(reads("x = param([[3]])\ny = concat(x, x, axis=0)\nL = sum(y)\n", "= [x; x]\n"));
}

TEST(Derivations, OfTheExamplesAreTrue) {
  for (const auto& file :
       std::filesystem::directory_iterator(std::string(SOURCE_FOLDER) + "/assets/examples"))
    if (file.path().extension() == ".py" && file.path().stem() != "ten_layers") {
      EXPECT_GT(check_program(read_text(file.path())), 5) << file.path();
    }
}

}  // namespace
}  // namespace backstep
