#include "tests/core/program/random_program.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/engine/passes.h"
#include "core/ops/op_table.h"
#include "core/program/program.h"

namespace backstep {

namespace {

struct Variable {
  std::string name;
  Shape shape;
};

class Writer {
 public:
  Writer(std::uint64_t seed, int most_ops) : random_(seed), most_ops_(most_ops) {}

  std::string write() {
    for (int i = 0; i < 3; ++i) add_leaf({1 + below(random_, 4), 1 + below(random_, 4)});
    const int ops = 2 + below(random_, most_ops_ - 2);
    // One op fewer than wanted, since the last one turns the last variable into the loss.
    for (int tries = 0; ops_ < ops - 1 && tries < 20 * ops; ++tries) add_op();
    const char* const ends[] = {"mean", "sum"};
    return text_ + "L = " + ends[below(random_, 2)] + "(" + variables_.back().name + ")\n";
  }

 private:
  std::string new_name() { return "v" + std::to_string(variables_.size()); }

  std::string matrix(Shape shape, double low, double high) {
    std::string text = "[";
    for (Index row = 0; row < shape.rows; ++row) {
      text += row ? ", [" : "[";
      for (Index column = 0; column < shape.columns; ++column) {
        char number[32];
        std::snprintf(number, sizeof number, "%s%.4f", column ? ", " : "",
                      low + (high - low) * random_.uniform());
        text += number;
      }
      text += "]";
    }
    return text + "]";
  }

  void add_leaf(Shape shape) {
    const char* const kinds[] = {"input", "target", "param", "param"};
    const double low = below(random_, 2) ? 0.3 : -1.5;
    text_ += new_name() + " = " + kinds[below(random_, 4)] + "(" + matrix(shape, low, 2) + ")\n";
    variables_.push_back({new_name(), shape});
  }

  // Prefers later variables, so that programs grow deep as well as wide.
  const Variable& pick() {
    const int count = static_cast<int>(variables_.size());
    const int back = std::min(below(random_, count), below(random_, count));
    return variables_[static_cast<std::size_t>(count - 1 - back)];
  }

  // A variable that fits `shape` as the second operand, or a new leaf if none is found: of equal
  // shape, a row, a column or a number, or for @ any matrix with as many rows as it has columns.
  std::string partner(const Op& op, Shape shape, const Options& options) {
    Call call;
    call.options = options;
    const auto fits = [&](Shape other) {
      Shape ignored;
      std::string mistake;
      const Shape both[] = {shape, other};
      if (op.is_elementwise()) return broadcast(shape, other, ignored);
      op.shape(std::span<const Shape>(both, 2), call, mistake);
      return mistake.empty();
    };
    for (int tries = 0; tries < 4; ++tries) {
      const Variable& found = pick();
      if (fits(found.shape)) return found.name;
    }
    const Shape shapes[] = {shape, {1, shape.columns}, {shape.rows, 1}, {1, 1}};
    const Shape factor = {shape.columns, 1 + below(random_, 4)};
    if (op.is_elementwise())
      add_leaf(shapes[below(random_, 4)]);
    else
      add_leaf(fits(factor) ? factor : shape);
    return variables_.back().name;
  }

  std::string operand(const std::string& name) {
    return below(random_, 8) == 0 ? "(-" + name + ")" : name;
  }

  // A slice such as "1:", "-2:3" or ":" within `count` rows or columns.
  std::string range(Index count) {
    const int all = static_cast<int>(count), begin = below(random_, all);
    const int end = begin + 1 + below(random_, all - begin);
    std::string text = begin == 0 && below(random_, 2) ? "" : std::to_string(begin);
    if (begin > 0 && below(random_, 3) == 0) text = std::to_string(begin - all);
    text += ":";
    return end == all && below(random_, 2) ? text : text + std::to_string(end);
  }

  std::string expression(const Op& op) {
    const Variable first = pick();
    Options options = no_options;
    std::string given;
    for (std::size_t i = 0; i < op.options.size(); ++i) {
      const std::vector<double>& choices = op.options[i].choices;
      if (choices.empty() || below(random_, 3) == 0) continue;
      options[i] =
          choices[static_cast<std::size_t>(below(random_, static_cast<int>(choices.size())))];
      given += std::string(", ") + op.options[i].name + "=" +
               std::to_string(static_cast<int>(options[i]));
    }
    std::string second;
    if (op.operand_count() == 3) {  // a normalisation: its scale and shift are rows
      second = new_name();
      add_leaf({1, first.shape.columns});
      second += ", " + new_name();
      add_leaf({1, first.shape.columns});
    }
    if (op.operand_count() == 2)
      second = below(random_, 6) == 0 && op.is_elementwise() ? first.name
                                                             : partner(op, first.shape, options);
    switch (op.spelling) {
      case Spelling::infix:
        if (op.token == std::string("**") && below(random_, 2))
          return operand(first.name) + "**" + std::to_string(below(random_, 4) - 1);
        if (op.is_elementwise() && below(random_, 10) == 0)
          return "1.5 " + (op.token + (" " + first.name));
        return operand(first.name) + " " + op.token + " " + second;
      case Spelling::prefix:
        return op.token + first.name;
      case Spelling::postfix:
        return first.name + op.token;
      case Spelling::slice:
        return first.name + "[" + range(first.shape.rows) +
               (below(random_, 3) ? ", " + range(first.shape.columns) : "") + "]";
      case Spelling::call:
        break;
    }
    const double highest = *std::max_element(op.samples.begin(), op.samples.end());
    const bool takes_shares = op.is_loss && highest < 1;  // bce takes probabilities
    std::string call =
        op.token + ("(" + (takes_shares ? "sigmoid(" + first.name + ")" : operand(first.name)));
    if (!second.empty()) call += ", " + second;
    return call + given + ")";
  }

  void add_op() {
    const auto ops = all_ops();
    const auto draw = [&]() -> const Op& {
      return ops[static_cast<std::size_t>(below(random_, static_cast<int>(ops.size())))];
    };
    const Op* drawn = &draw();
    // Half of the function calls are drawn again, in favour of arithmetic, which broadcasts.
    if (drawn->spelling == Spelling::call && below(random_, 2)) drawn = &draw();
    const Op& op = *drawn;
    const std::string line = expression(op);  // may add a leaf
    const std::string text = text_ + new_name() + " = " + line + "\n";
    const Graph graph = read_program(text + "L = sum(" + new_name() + ")\n");
    if (static_cast<int>(graph.ops().size()) > most_ops_ || !is_good(graph)) return;
    ops_ = static_cast<int>(graph.ops().size()) - 1;
    text_ = text;
    variables_.push_back({new_name(), graph.node(graph.find(new_name())).value.shape});
  }

  static bool is_good(const Graph& graph) {
    forward_pass(graph);
    for (int op : graph.ops()) {
      const Node& node = graph.node(op);
      const double lowest = *std::min_element(node.op->samples.begin(), node.op->samples.end());
      for (double value : node.value)
        if (!std::isfinite(value) || std::abs(value) > 30) return false;
      for (int input : node.inputs)
        for (double value : graph.node(input).value)
          if (lowest > 0 && graph.node(input).has_gradient && value < 0.2) return false;
      if (is_near_kink(graph, op) || is_steep(node)) return false;
    }
    return true;
  }

  // Normalising nearly equal values has very steep derivatives.
  static bool is_steep(const Node& node) {
    if (node.op->operand_count() < 3 || node.op->is_elementwise()) return false;
    const Index size = node.value.shape.size();
    for (Index entry = 0; entry < size * size; ++entry)
      if (std::abs(node.op->partials[0].local_at(node.call, entry / size, entry % size)) > 5)
        return true;
    return false;
  }

  Random random_;
  int most_ops_, ops_ = 0;
  std::string text_;
  std::vector<Variable> variables_;
};

}  // namespace

namespace {

// Whether the value jumps where the two operands are equal and has slope 0 everywhere else.
bool is_step(const Op& op) {
  return op.operand_count() == 2 && op.partials[0].constant == 0 && op.partials[1].constant == 0;
}

// Whether the slope of a loss jumps near one of its predictions.
bool is_loss_near_kink(const Graph& graph, int index) {
  const Graph near = graph.clone();
  const Node& node = near.node(index);
  const View prediction = node.call.in[0];
  for (Index i = 0; i < prediction.shape.size(); ++i) {
    const double at = prediction[i];
    const auto slope = [&](double by) {
      prediction[i] = at + by;
      return node.op->partials[0].local_at(node.call, 0, i);
    };
    const double jump = slope(0.02) - slope(-0.02);
    prediction[i] = at;
    if (!(std::abs(jump) * static_cast<double>(prediction.shape.size()) < 0.9)) return true;
  }
  return false;
}

}  // namespace

bool is_near_kink(const Graph& graph, int index) {
  const Node& node = graph.node(index);
  if (node.op->is_loss) return is_loss_near_kink(graph, index);
  if (!node.op->is_elementwise()) return false;
  if (is_step(*node.op)) {
    for (Index i = 0; i < node.value.shape.size(); ++i)
      if (!(std::abs(node.call.in[0][i] - node.call.in[1][i]) > 0.1)) return true;
    return false;
  }
  const Graph near = graph.clone();
  std::vector<Matrix> slopes[2];
  for (int side = 0; side < 2; ++side) {
    for (int number : node.edges_in) {
      const View operand = near.edge(number).operand_value;
      std::copy(graph.edge(number).operand_value.begin(), graph.edge(number).operand_value.end(),
                operand.data);
      for (double& value : operand) value += side ? 0.02 : -0.02;
      if (node.edges_in.size() == 2 && node.inputs[0] == node.inputs[1]) break;
    }
    near.node(index).op->forward(near.node(index).call);
    for (int number : node.edges_in) {
      const Partial& partial = node.op->partials[near.edge(number).operand];
      if (partial.local) partial.local(near.node(index).call, near.edge(number).local);
      slopes[side].push_back(copy_of(near.edge(number).local));
    }
  }
  for (std::size_t edge = 0; edge < slopes[0].size(); ++edge)
    for (std::size_t i = 0; i < slopes[0][edge].entries.size(); ++i)
      if (!(std::abs(slopes[0][edge].entries[i] - slopes[1][edge].entries[i]) < 0.9)) return true;
  return false;
}

std::string random_program(std::uint64_t seed, int most_ops) {
  return Writer(seed, most_ops).write();
}

}  // namespace backstep
