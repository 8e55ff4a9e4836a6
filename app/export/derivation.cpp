#include "app/export/derivation.h"

#include <algorithm>
#include <cmath>

#include "app/explain/chain_rule.h"
#include "app/explain/check_summary.h"
#include "app/explain/symbols.h"
#include "app/explain/training_words.h"
#include "app/paint/numbers.h"
#include "core/base/text.h"
#include "core/proofs/gradient_checks.h"

namespace backstep {

namespace {

constexpr Index most_rows_written = 8, most_columns_written = 8;  // of a matrix that is written out

bool is_small(Shape shape) {
  return shape.rows <= most_rows_written && shape.columns <= most_columns_written;
}

std::string written_number(double value) { return with_minus(full_number(value)); }

// "W₁ = [ 0.400000 ]", with a line for each row; only the shape of a large matrix.
std::string matrix_text(const std::string& name, const Matrix& matrix) {
  const Shape shape = matrix.shape;
  if (shape.size() == 1) return name + " = " + written_number(matrix.entries[0]) + "\n";
  if (!is_small(shape)) return name + " is " + to_string(shape) + ", not written out\n";
  std::vector<std::string> words;
  std::size_t widest = 0;
  for (double entry : matrix.entries) {
    words.push_back(written_number(entry));
    widest = std::max(widest, character_count(words.back()));
  }
  std::string text;
  for (Index row = 0; row < shape.rows; ++row) {
    text += row == 0 ? name + " = [" : std::string(character_count(name) + 3, ' ') + "[";
    for (Index column = 0; column < shape.columns; ++column) {
      const std::string& word = words[static_cast<std::size_t>(row * shape.columns + column)];
      text += std::string(widest - character_count(word) + (column ? 2 : 1), ' ') + word;
    }
    text += " ]\n";
  }
  return text;
}

// Aligns the "= …" of continued lines below the first. Equations of one entry begin
// with `name`, which the inspector leaves out.
std::string equations_text(const Equations& equations, const std::string& name,
                           const std::string& entry) {
  std::string text, left;
  for (const Equation& equation : equations) {
    const bool other_left = !left.empty() && !left.starts_with(name);
    const bool names_entry = equation.left == entry && (!entry.empty() || other_left);
    const std::string begins = names_entry ? name + entry : equation.left;
    if (!begins.empty()) left = begins;
    text += begins.empty() ? std::string(character_count(left), ' ') : begins;
    text += " " + equation_text({"", equation.right, equation.sign}) + "\n";
  }
  return text;
}

std::string block(const std::string& text) { return "```text\n" + text + "```\n\n"; }

// The first entry to which the edge contributes something, for an example worth seeing.
Index telling_entry(const GraphEdge& edge) {
  const View parts = edge.contribution;
  const auto found =
      std::find_if(parts.begin(), parts.end(), [](double part) { return part != 0; });
  return found == parts.end() ? 0 : found - parts.begin();
}

class Writer {
 public:
  Writer(const Timeline& timeline, const std::string& program, const std::string& title)
      : program_(program), title_(title), own_(timeline.copy()) {
    own_.seek({own_.position().update, own_.forward_ticks() + own_.backward_ticks()});
  }

  std::string write() {
    std::string text = opening() + leaves() + forward() + backward() + all_numbers() + checks();
    return text + updates();  // which moves on to the end of the pass
  }

 private:
  const Graph& graph() const { return own_.graph(); }
  const Node& node(int index) const { return graph().node(index); }
  std::string name(int index) const { return symbol(graph(), index); }

  std::string heading(int index) const {
    const Node& at = node(index);
    return (at.name.empty() ? "" : name(index) + " = ") + pretty_text(at);
  }

  std::string opening() const {
    std::string text = "# " + title_ + ": one pass, worked out\n\n";
    const bool elided = std::any_of(graph().nodes().begin(), graph().nodes().end(),
                                    [](const Node& at) { return !is_small(at.value.shape); });
    text +=
        "Forward, back, and the update, as Backstep computes them. Equations show about four "
        "digits, matrices six decimals; all are computed with sixteen. Of a matrix one entry "
        "is worked out, counted from [0,0].\n\n";
    if (elided)
      text += "Matrices of more than " + std::to_string(most_rows_written) + " rows or " +
              std::to_string(most_columns_written) +
              " columns are not written out: of those one entry is all there is.\n\n";
    const std::string batch = batch_words(own_, ", ");
    text += "Pass " + std::to_string(own_.position().update + 1) +
            (batch.empty() ? "" : ": " + batch) + ".\n\n";
    return text + "## The program\n\n```python\n" + program_ +
           (program_.ends_with('\n') ? "" : "\n") + "```\n\n";
  }

  std::string leaves() const {
    std::string text;
    for (std::size_t i = 0; i < graph().nodes().size(); ++i) {
      const Node& leaf = graph().nodes()[i];
      if (!leaf.is_leaf() || !leaf.has_gradient) continue;
      text += matrix_text(name(static_cast<int>(i)), copy_of(leaf.value));
    }
    return "## What is given\n\n" + block(text);
  }

  // ---- forward ----

  std::string forward() const {
    std::string text = "## Forward\n\n";
    int number = 0;
    for (int op : graph().ops()) {
      const View value = node(op).value;
      text += "### " + std::to_string(++number) + ". " + heading(op) + "\n\n";
      std::string lines =
          equations_text(explain(own_, op, 0).forward, name(op), entry_symbol(value.shape, 0));
      if (value.shape.size() > 1) lines += "\n" + matrix_text(name(op), copy_of(value));
      text += block(lines);
    }
    const int loss = graph().loss();
    return text + "The loss is " + name(loss) + " = " + exact_number(node(loss).value[0]) + ".\n\n";
  }

  // ---- backward ----

  std::string backward() const {
    const int loss = graph().loss();
    std::string text = "## Backward\n\nEvery op hands back upstream × local.\n\n" +
                       block(gradient_symbol(graph(), loss) + " = 1\n");
    int number = 0;
    for (int op : graph().backward_ops()) {
      text += "### " + std::to_string(++number) + ". Back through " + heading(op) + "\n\n";
      for (int edge : node(op).edges_in)
        if (graph().edge(edge).carries_gradient) text += handed_back(edge);
    }
    return text;
  }

  // The contribution along one edge and, after the last one of a node, their sum.
  std::string handed_back(int number) const {
    const GraphEdge& edge = graph().edge(number);
    PassValues values(own_);
    const Index entry = telling_entry(edge);
    const std::string gradient = gradient_symbol(graph(), edge.from),
                      place = entry_symbol(node(edge.from).value.shape, entry);
    std::string text =
        equations_text(explain_edge(own_, values, number, entry).equations, gradient, place);
    const std::vector<int>& uses = node(edge.from).edges_out;
    const auto carries = [&](int other) { return graph().edge(other).carries_gradient; };
    const bool is_last = std::find_if(uses.begin(), uses.end(), carries) != uses.end() &&
                         last_to_arrive(edge.from) == number;
    if (is_last) text += whole_gradient(edge.from, entry);
    return block(text);
  }

  // The last edge in the backward pass that carries a gradient to `from`: the last
  // operand of its earliest user.
  int last_to_arrive(int from) const {
    int last = -1;
    for (int number : node(from).edges_out) {
      const GraphEdge& edge = graph().edge(number);
      if (!edge.carries_gradient) continue;
      if (last < 0 || edge.to < graph().edge(last).to ||
          (edge.to == graph().edge(last).to && edge.operand > graph().edge(last).operand))
        last = number;
    }
    return last;
  }

  std::string whole_gradient(int index, Index entry) const {
    const Equations total = explain(own_, index, entry).total;
    const View gradient = node(index).gradient;
    std::string text = total.empty() ? "" : "\n" + equations_text(total, "", "");
    if (gradient.shape.size() > 1)
      text += "\n" + matrix_text(gradient_symbol(graph(), index), copy_of(gradient));
    return text;
  }

  // A table of all single numbers that have a name.
  std::string all_numbers() const {
    std::string rows;
    for (const Node& at : graph().nodes())
      if (at.value.shape.size() == 1 && !at.name.empty() && at.has_gradient)
        rows += "| " + pretty_name(at.name) + " | " + written_number(at.value[0]) + " | " +
                written_number(at.gradient[0]) + " |\n";
    if (rows.empty()) return "";
    return "## All numbers\n\nOf what is a single number, with six decimals.\n\n"
           "| name | value | gradient |\n|---|---|---|\n" +
           rows + "\n";
  }

  // ---- the nudge check ----

  std::string checks() const {
    if (graph().parameters().empty()) return "";
    std::string text =
        "## Is it right?\n\nEvery parameter's gradient against nudging: "
        "(L(θ + h) − L(θ − h)) / 2h, with ever smaller h.\n\n"
        "| parameter | shape | largest relative error | verdict |\n|---|---|---|---|\n";
    GradientChecks all(own_);
    all.work(Deadline::never());
    for (const CheckedParameter& row : summary_of(all)) text += checked(row);
    return text + "\n";
  }

  std::string checked(const CheckedParameter& row) const {
    const Shape shape = node(row.parameter).value.shape;
    const std::string error =
        std::isnan(row.largest_error) ? "–" : scientific_number(row.largest_error, 1);
    const std::string share = share_words(row, shape);
    return "| " + name(row.parameter) + " | " + to_string(shape) + " | " + error + " | " +
           verdict_words(row) + (share.empty() ? "" : " (" + share + " entries)") + " |\n";
  }

  // ---- the update ----

  std::string updates() {
    if (graph().parameters().empty()) return "";
    own_.seek({own_.position().update, own_.ticks()});
    std::string text = "## Update\n\n";
    for (int parameter : graph().parameters()) {
      std::string lines = describe_update(own_, parameter) + "\n";
      if (is_plain_descent(own_.updater().training_of(parameter))) lines += descent(parameter);
      lines += "\n" + matrix_text(name(parameter) + " before", own_.leaf_at_start(parameter)) +
               matrix_text(name(parameter) + " after ", copy_of(node(parameter).value));
      text += block(lines);
    }
    return text;
  }

  // W₁[0,0] = 0.4 − 0.1·(−0.0070) = 0.4007
  std::string descent(int parameter) const {
    const Node& at = node(parameter);
    return name(parameter) + entry_symbol(at.value.shape, 0) + " = " +
           formula_number(own_.leaf_at_start(parameter).entries[0]) + " − " +
           formula_number(own_.learning_rate()) + "·" + factor(at.gradient[0]) + " = " +
           formula_number(at.value[0]) + "\n";
  }

  const std::string& program_;
  const std::string& title_;
  Timeline own_;
};

}  // namespace

std::string derivation(const Timeline& timeline, const std::string& program,
                       const std::string& title) {
  return Writer(timeline, program, title).write();
}

}  // namespace backstep
