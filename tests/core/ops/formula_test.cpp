// Every op computes what its formulas say: the formulas of each row, for its value and its
// local derivatives, are evaluated and compared with its numbers, at its sample points and at
// corners, where special cases apply.
#include "core/ops/op_table.h"
#include "tests/core/ops/formula.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "core/base/random.h"
#include "core/engine/passes.h"
#include "core/program/program.h"
#include "tests/core/ops/one_op.h"
#include "tests/extremes.h"

namespace backstep {
namespace {

bool is_close(long double read, double computed) {
  const auto value = static_cast<double>(read);
  if (std::isnan(value) || std::isnan(computed)) return std::isnan(value) && std::isnan(computed);
  if (value == computed) return true;
  return std::abs(value - computed) <= 1e-12 * std::max(1.0, std::abs(computed));
}

// One call of an op, which gives the names in its formulas their values.
class Use {
 public:
  explicit Use(const OneOp& one) : node_(one.get()), op_(*node_.op), call_(node_.call) {
    find_dependence(one);
    words_.note = op_.note;
    words_.training = call_.pass->mode == PassMode::training;
    words_.in_doubles = std::string_view(op_.name).starts_with("naive_");
    words_.number = [this](const std::string& word, FormulaPlace place, long double& value) {
      return number(word, place, value);
    };
    words_.terms = [this](const std::string& index) { return terms(index); };
    words_.entry = [this](const std::string& form, const std::vector<std::string>& names,
                          const std::string& inside, FormulaPlace place) -> long double {
      return entry(form, names, inside, place);
    };
    words_.softmax = [this](const std::string& name, FormulaPlace place) {
      return softmax(name, place);
    };
  }

  // Compares every entry of the value with the row's formula.
  void check_value() {
    operand_ = -1;
    for (out_ = 0; out_ < call_.out.shape.size(); ++out_) {
      in_ = out_;
      expect(op_.formula, call_.out[out_]);
    }
  }

  void check_partial(const OneOp& one, int operand) {
    operand_ = operand;
    const Partial& partial = op_.partials[static_cast<std::size_t>(operand)];
    const std::string_view formula = partial.formula;
    if (op_.is_elementwise()) {
      const GraphEdge& edge = one.graph.edge(node_.edges_in[static_cast<std::size_t>(operand)]);
      if (partial.local) partial.local(call_, edge.local);
      for (out_ = in_ = 0; out_ < call_.out.shape.size(); in_ = ++out_)
        expect(formula, edge.local[out_]);
    } else if (formula.ends_with("}ᵀ")) {
      check_product(formula, partial);
    } else {
      const Index entries = view(operand).shape.size();
      for (out_ = 0; out_ < call_.out.shape.size(); ++out_)
        for (in_ = 0; in_ < entries; ++in_) {
          const double computed = partial.local_at(call_, out_, in_);
          // softmax of a single column is constant; its derivative is still the formula's.
          if (depends(operand, out_, in_) || !(std::abs(computed) <= 1e-15))
            expect(formula, computed);
        }
    }
  }

 private:
  static std::size_t where(int operand) { return static_cast<std::size_t>(operand); }
  View view(int operand) const { return call_.in[where(operand)]; }

  void expect(std::string_view formula, double computed) {
    try {
      const long double read = formula_value(formula, words_);
      EXPECT_TRUE(is_close(read, computed))
          << op_.name << (operand_ < 0 ? std::string() : std::string(" by ") + name_of(operand_))
          << ": " << formula << " is " << static_cast<double>(read) << ", but the op gives "
          << computed << situation();
    } catch (const std::runtime_error& error) {
      ADD_FAILURE() << op_.name << ": " << error.what();
    }
  }

  std::string name_of(int operand) const { return op_.operands[where(operand)]; }

  std::string situation() const {
    std::string text = words_.training ? "\n  in training" : "\n  in use";
    for (int i = 0; i < op_.operand_count(); ++i) {
      text += ", " + name_of(i) + " =";
      for (double value : view(i)) text += " " + std::to_string(value);
    }
    for (const auto& [name, value] : option_words(op_, call_))
      text += ", " + name + " = " + std::to_string(value);
    return text + ", out " + std::to_string(out_) + ", in " + std::to_string(in_);
  }

  // ---- on which entries an entry depends ----

  // Found by trial, at ordinary numbers where no special case applies.
  void find_dependence(const OneOp& one) {
    OneOp other;
    std::vector<Matrix> operands;
    Random random(7);
    for (int i = 0; i < op_.operand_count(); ++i) {
      const Shape shape = one.graph.node(node_.inputs[where(i)]).value.shape;
      operands.push_back({shape, {}});
      for (Index entry = 0; entry < shape.size(); ++entry)
        operands.back().entries.push_back(0.2 + 0.6 * random.uniform());
    }
    if (op_.is_elementwise()) return;
    ASSERT_TRUE(build(op_, operands, call_.options, other));
    other.graph.pass() = *call_.pass;
    const Call& call = other.get().call;
    for (int i = 0; i < op_.operand_count(); ++i) {
      std::vector<std::vector<bool>> depends;
      forward(other.graph, other.node);
      const Matrix before = copy_of(call.out);
      for (double& number : call.in[where(i)]) {
        number += 0.01;
        forward(other.graph, other.node);
        number -= 0.01;
        depends.emplace_back();
        for (std::size_t o = 0; o < before.entries.size(); ++o)
          depends.back().push_back(call.out[static_cast<Index>(o)] != before.entries[o]);
      }
      depends_.push_back(depends);
    }
  }

  bool depends(int operand, Index o, Index i) const {
    return depends_[where(operand)][static_cast<std::size_t>(i)][static_cast<std::size_t>(o)];
  }

  // The entries of the first operand on which the output's entry depends.
  std::vector<Index> sources() const {
    std::vector<Index> list;
    for (Index i = 0; i < view(0).shape.size(); ++i)
      if (depends(0, out_, i)) list.push_back(i);
    if (list.empty()) list.push_back(own_entry(0));
    return list;
  }

  // ---- words ----

  // The entry of an operand that belongs to the current entry of the output.
  Index own_entry(int operand) const {
    const Shape out = call_.out.shape, shape = view(operand).shape;
    if (shape == out) return out_;
    if (shape.rows == 1 && shape.columns == out.columns) return out_ % out.columns;
    return in_;
  }

  std::vector<Index> terms_of_sum() const {
    if (operand_ < 0) return sources();
    std::vector<Index> list;
    const Index columns = view(operand_).shape.columns;
    for (Index i = 0; i < columns; ++i) list.push_back(in_ / columns * columns + i);
    return list;
  }

  int terms(const std::string& index) const {
    return static_cast<int>(index.empty() ? static_cast<Index>(terms_of_sum().size())
                                          : view(0).shape.columns);
  }

  Index entry_at(int operand, FormulaPlace place) const {
    if (place.term >= 0) return terms_of_sum()[static_cast<std::size_t>(place.term)];
    return place.other ? in_ : own_entry(operand);
  }

  int operand_called(const std::string& word) const {
    for (int i = 0; i < op_.operand_count(); ++i)
      if (word == op_.operands[where(i)]) return i;
    return -1;
  }

  bool number(const std::string& word, FormulaPlace place, long double& value) {
    for (const auto& [name, given] : option_words(op_, call_))
      if (name == word) return value = given, true;
    if (word == "y") return value = call_.out[place.other ? in_ : out_], true;
    const int operand = operand_called(word);
    if (operand >= 0) return value = view(operand)[entry_at(operand, place)], true;
    if (word == "δ") return value = out_ == in_, true;
    if (word == "n") {
      const bool counts_rows = words_.note.find("n counts rows") != std::string::npos;
      value = static_cast<long double>(counts_rows ? view(0).shape.rows
                                                   : static_cast<Index>(sources().size()));
      return true;
    }
    if (word == "mean") return value = mean(), true;
    if (word == "var") return value = variance(), true;
    if (word == "mask") return value = mask(), true;
    return false;
  }

  long double mean() const {
    if (!words_.training && call_.state.data) return call_.state(0, out_ % call_.out.shape.columns);
    long double sum = 0;
    for (Index i : sources()) sum += view(0)[i];
    return sum / static_cast<long double>(sources().size());
  }

  long double variance() const {
    if (!words_.training && call_.state.data) return call_.state(1, out_ % call_.out.shape.columns);
    long double sum = 0;
    for (Index i : sources()) sum += (view(0)[i] - mean()) * (view(0)[i] - mean());
    return sum / static_cast<long double>(sources().size());
  }

  // The dropout mask: what the op makes of a one, which is 0 where training drops an entry.
  long double mask() {
    OneOp ones;
    const Matrix all_ones = {
        call_.out.shape, std::vector<double>(static_cast<std::size_t>(call_.out.shape.size()), 1)};
    EXPECT_TRUE(build(op_, {all_ones}, call_.options, ones));
    ones.graph.pass() = *call_.pass;
    forward(ones.graph, ones.node);
    return ones.get().value[out_] != 0;
  }

  long double softmax(const std::string& name, FormulaPlace place) {
    const int operand = operand_called(name);
    if (operand < 0) throw std::runtime_error("softmax of '" + name + "'");
    const Index entry = entry_at(operand, place), columns = view(operand).shape.columns;
    const Index first = entry / columns * columns;
    long double largest = view(operand)[first], sum = 0;
    for (Index i = 0; i < columns; ++i)
      largest = std::max<long double>(largest, view(operand)[first + i]);
    for (Index i = 0; i < columns; ++i) sum += std::exp(view(operand)[first + i] - largest);
    return std::exp(view(operand)[entry] - largest) / sum;
  }

  // ---- matrices ----

  static Index begin_of(double option, Index count) {
    return option != option ? 0 : static_cast<Index>(option) + (option < 0 ? count : 0);
  }

  long double entry(const std::string& form, const std::vector<std::string>& names,
                    const std::string& inside, FormulaPlace place) {
    const View a = view(operand_called(names[0]));
    const Index row = out_ / call_.out.shape.columns, column = out_ % call_.out.shape.columns;
    if (form == "transposed") return a(column, row);
    if (form == "at" && inside == "i,k") return a(row, place.term);
    if (form == "at" && inside == "k,j") return a(place.term, column);
    if (form == "at" && inside == "rows, columns")
      return a(begin_of(call_.options[0], a.shape.rows) + row,
               begin_of(call_.options[2], a.shape.columns) + column);
    if (form != "beside" && form != "above")
      throw std::runtime_error(form + " [" + inside + "] is not understood");
    const View b = view(operand_called(names[1]));
    if (form == "beside")
      return column < a.shape.columns ? a(row, column) : b(row, column - a.shape.columns);
    return row < a.shape.rows ? a(row, column) : b(row - a.shape.rows, column);
  }

  // A partial "{b}ᵀ" means the upstream gradient times this factor, on its side of the product.
  void check_product(std::string_view formula, const Partial& partial) {
    const Matrix factor =
        copy_of(view(operand_called(std::string(formula.substr(1, formula.find('}') - 1)))));
    const auto at = [&](Index row, Index column) {  // of the transposed factor
      return factor.entries[static_cast<std::size_t>(column * factor.shape.columns + row)];
    };
    const Shape shape = view(operand_).shape, out = call_.out.shape;
    for (Index o = 0; o < out.size(); ++o)
      for (Index i = 0; i < shape.size(); ++i) {
        const Index row = i / shape.columns, column = i % shape.columns;
        const double expected = operand_ == 0
                                    ? (o / out.columns == row ? at(o % out.columns, column) : 0)
                                    : (o % out.columns == column ? at(row, o / out.columns) : 0);
        EXPECT_EQ(partial.local_at(call_, o, i), expected) << op_.name << ": " << formula;
      }
  }

  const Node& node_;
  const Op& op_;
  const Call& call_;
  FormulaWords words_;
  std::vector<std::vector<std::vector<bool>>> depends_;
  int operand_ = -1;
  Index out_ = 0, in_ = 0;
};

void check(const Op& op, const std::vector<Matrix>& operands) {
  for (const Options& options : all_options(op)) {
    const bool is_clip = op.name == std::string_view("clip");
    if (is_clip && (options[0] > 1 || options[1] < -1)) continue;  // clip needs low ≤ high
    OneOp one;
    if (!build(op, operands, options, one)) continue;
    for (PassMode mode : {PassMode::training, PassMode::evaluation}) {
      one.graph.pass() = {mode, 3};
      forward(one.graph, one.node);
      Use use(one);
      use.check_value();
      for (int operand = 0; operand < op.operand_count(); ++operand)
        use.check_partial(one, operand);
    }
  }
}

class Formulas : public testing::TestWithParam<std::string> {
 protected:
  static const Op& op() {
    const auto ops = all_ops();
    return *std::find_if(ops.begin(), ops.end(),
                         [](const Op& row) { return row.name == GetParam(); });
  }
};

TEST_P(Formulas, AgreeWithTheOpAtItsSamplePoints) {
  const std::vector<Shape> shapes = {{1, 1}, {1, 3}, {3, 2}, {2, 3}, {3, 3}};
  for (Shape a : shapes) {
    if (op().operand_count() == 1) check(op(), samples_of(op(), {a}));
    if (op().operand_count() == 3)
      check(op(), samples_of(op(), {a, {1, a.columns}, {1, a.columns}}));
    if (op().operand_count() == 2)
      for (Shape b : shapes) check(op(), samples_of(op(), {a, b}));
  }
}

// Ties, bounds, zeros and large numbers.
const std::vector<double> corners = {0, 1, -1, 2, -2, 0.3, -0.3, 4, 0.5, 100, -100, 1e-13, 800};

TEST_P(Formulas, AgreeWithTheOpAtCorners) {
  const int count = op().operand_count();
  for (double a : corners) {
    if (count == 1) check(op(), {Matrix{{1, 1}, {a}}});
    for (double b : corners) {
      if (count == 1) check(op(), {Matrix{{2, 2}, {a, b, 0.25, a}}});
      if (count == 2) check(op(), {Matrix{{1, 1}, {a}}, Matrix{{1, 1}, {b}}});
      if (count == 3)
        for (double c : {0.0, 2.0, b})
          check(op(), {Matrix{{1, 1}, {a}}, Matrix{{1, 1}, {b}}, Matrix{{1, 1}, {c}}});
    }
  }
}

TEST_P(Formulas, AgreeWithTheOpOnRowsAndTargetsOfAnyKind) {
  const std::vector<Matrix> logits = {
      {{2, 2}, {1, 0, -3, 700}}, {{2, 3}, {0, 0, 0, 5, -5, 5}}, {{3, 1}, {0.1, 2, -1}}};
  const std::vector<Matrix> targets = {{{2, 2}, {3, 0, 0, 1}},
                                       {{2, 2}, {0, 0, 0.25, 0.5}},
                                       {{2, 3}, {0.9, 0.05, 0.05, 0, 2, 0}},
                                       {{3, 1}, {1, 0, 3}}};
  for (const Matrix& a : logits) {
    if (op().operand_count() == 1) check(op(), {a});
    if (op().operand_count() == 2)
      for (const Matrix& b : targets) check(op(), {a, b});
    if (op().operand_count() == 3) {
      const auto columns = static_cast<std::size_t>(a.shape.columns);
      const Matrix row = {{1, a.shape.columns}, std::vector<double>(columns, 1.5)};
      check(op(), {a, row, row});
    }
  }
}

std::vector<std::string> rows() {
  std::vector<std::string> list;
  for (const Op& op : all_ops()) list.push_back(op.name);
  return list;
}

INSTANTIATE_TEST_SUITE_P(Rows, Formulas, testing::ValuesIn(rows()),
                         [](const auto& row) { return row.param; });

// ---- the reader of formulas itself ------------------------------------------------

double read(const std::string& formula, const std::string& note = "") {
  FormulaWords words;
  words.note = note;
  words.number = [](const std::string& word, FormulaPlace place, long double& value) {
    if (word == "x") value = place.other ? 5 : place.term >= 0 ? place.term : 2;
    return word == "x";
  };
  words.terms = [](const std::string&) { return 4; };
  return static_cast<double>(formula_value(formula, words));
}

TEST(FormulaReader, ReadsMathematicalNotation) {
  EXPECT_EQ(read("2 + 3·{x}²"), 14);
  EXPECT_EQ(read("−{x}² / 4"), -1);
  EXPECT_EQ(read("8 / 2 / 2"), 2);
  EXPECT_EQ(read("½ · Σ {x}·2 / 3"), 2);
  EXPECT_EQ(read("{x} − x′"), -3);
  EXPECT_EQ(read("√(2·{x})·|−3|"), 6);
  EXPECT_EQ(read("10⁻²"), 0.01);
  EXPECT_EQ(read("(−2)^3"), -8);
  EXPECT_EQ(read("1 if {x} > 2, ½ if {x} = 2, else 0"), 0.5);
  EXPECT_EQ(read("1 if 0 ≤ {x} ≤ 1, else 7"), 7);
  EXPECT_EQ(read("({x}, but within ±1.5)·2"), 3);
  EXPECT_EQ(read("{x}, but from 3 to 4"), 3);
  EXPECT_EQ(read("ln 0, no ln below −100"), -100);
  EXPECT_EQ(read("u + h(3)", "Here u = x·2, and h(d) = d² if d < 2, else −d: so."), 1);
  for (const char* not_readable : {"{y}", "some words", "1 if {x}", "2 3", "h(2)", ""})
    EXPECT_THROW(read(not_readable), std::runtime_error) << not_readable;
}

}  // namespace
}  // namespace backstep
