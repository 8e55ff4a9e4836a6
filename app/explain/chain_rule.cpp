#include "app/explain/chain_rule.h"

#include <cmath>

#include "app/explain/symbols.h"
#include "core/base/text.h"

namespace backstep {
namespace {

// The term of one output entry that depends on the operand's entry.
struct Product {
  double upstream, local;
};

struct Products {
  std::vector<Product> shown;  // the first few
  Index count = 0;
  double sum = 0;

  void add(double upstream, double local) {
    if (++count <= shown_terms) shown.push_back({upstream, local});
    sum += upstream * local;
  }
};

Products products_of(const Timeline& timeline, PassValues& values, const GraphEdge& edge,
                     Index entry) {
  const Graph& graph = timeline.graph();
  const Node& user = graph.node(edge.to);
  Products products;
  if (user.op->is_elementwise()) {
    const Shape out = user.value.shape;
    broadcast_targets(graph.node(edge.from).value.shape, out, entry)
        .for_each(out.columns, [&](Index o) { products.add(user.gradient[o], edge.local[o]); });
    return products;
  }
  const Call call = values.call(edge.to);
  const Partial& partial = user.op->partials[static_cast<std::size_t>(edge.operand)];
  for (Index o = 0; o < user.value.shape.size(); ++o) {
    const double local = partial.local_at(call, o, entry);
    if (local != 0) products.add(user.gradient[o], local);
  }
  return products;
}

std::string local_formula(const Graph& graph, const GraphEdge& edge) {
  const Op& op = *graph.node(edge.to).op;
  return fill_in_symbols(op.partials[static_cast<std::size_t>(edge.operand)].formula, graph,
                         edge.to);
}

// ∂L/∂z = ∂L/∂a · σ′(z) = ∂L/∂a · a·(1 − a), in names.
void add_symbols(const Graph& graph, const GraphEdge& edge, bool numbers_follow,
                 Equations& equations) {
  const std::string left = gradient_symbol(graph, edge.from);
  const std::string upstream = gradient_symbol(graph, edge.to);
  const std::string formula = local_formula(graph, edge);
  if (edge.to == graph.loss()) {
    equations.push_back({left, {{formula}}});
    return;
  }
  const std::string local = local_symbol(graph, edge);
  equations.push_back({left, {{upstream + " · " + local}}});
  const Op& op = *graph.node(edge.to).op;
  const double constant = op.partials[static_cast<std::size_t>(edge.operand)].constant;
  if (std::isfinite(constant) && numbers_follow) return;  // the numbers say the same
  // Matrices do not commute, so the Jacobian's formula is given by itself.
  if (op.is_elementwise())
    equations.push_back({"", {{upstream + " · " + in_parentheses(formula)}}});
  else
    equations.push_back({local, {{formula}}});
}

// "Σ over 4 rows: "
std::string sum_over(const Graph& graph, const GraphEdge& edge, Index count) {
  std::string what = "outputs";
  if (edge.broadcast) {
    const Shape shape = graph.node(edge.from).value.shape;
    what = shape.size() == 1 ? "entries" : shape.rows == 1 ? "rows" : "columns";
  }
  return text("Σ over {} {}: ", count, what);
}

void add_product(const Product& product, bool first, StyledText& pieces, bool airy) {
  const double size = first ? product.upstream : std::abs(product.upstream);
  if (!first) pieces.push_back({std::signbit(product.upstream) ? " − " : " + "});
  pieces.push_back({formula_number(size), Tone::upstream});
  pieces.push_back({airy ? " · " : "·"});
  pieces.push_back({factor(product.local), Tone::local});
}

Equation numbers_of(const Graph& graph, const GraphEdge& edge, const Products& products,
                    const std::string& left) {
  Equation equation = {left, {}};
  if (products.count == 0) {
    equation.right.push_back({"every local derivative is 0", Tone::faint});
    return equation;
  }
  if (products.count > 1)
    equation.right.push_back({sum_over(graph, edge, products.count), Tone::faint});
  for (const Product& product : products.shown)
    add_product(product, &product == &products.shown.front(), equation.right, products.count == 1);
  if (products.count > shown_terms)
    equation.right.push_back({text(" + … {} more", products.count - shown_terms), Tone::faint});
  return equation;
}

}  // namespace

std::string tick_sentence(const Timeline& timeline, Phase phase, int node) {
  const int tick = timeline.tick_of(phase, node);
  if (tick == 0) return "is not computed";
  return text("comes at tick {} of {}", tick, timeline.ticks());
}

Index entry_behind(const Timeline& timeline, PassValues& values, int number, Index o) {
  const Graph& graph = timeline.graph();
  const GraphEdge& edge = graph.edge(number);
  const Node& user = graph.node(edge.to);
  const Shape operand = graph.node(edge.from).value.shape;
  if (user.op->is_elementwise()) return broadcast_source(operand, user.value.shape, o);
  const Call call = values.call(edge.to);
  if (user.op->expansion.entries)
    return user.op->expansion.entries(call, o, 0)[static_cast<std::size_t>(edge.operand)];
  const Partial& partial = user.op->partials[static_cast<std::size_t>(edge.operand)];
  for (Index i = 0; i < operand.size(); ++i)
    if (partial.local_at(call, o, i) != 0) return i;
  return 0;
}

Contribution explain_edge(const Timeline& timeline, PassValues& values, int number, Index entry) {
  const Graph& graph = timeline.graph();
  const GraphEdge& edge = graph.edge(number);
  const Node& user = graph.node(edge.to);
  const Shape shape = graph.node(edge.from).value.shape;

  Contribution result;
  result.edge = number;
  result.operand = edge.from;
  result.entry = entry;
  result.known = timeline.edge_done(number);
  result.whole = edge.sole_contribution;
  result.through = (user.name.empty() ? "" : symbol(graph, edge.to) + " = ") + pretty_text(user);
  add_symbols(graph, edge, result.known, result.equations);
  if (!result.whole) result.equations.front().sign = "+=";
  if (!result.known) {
    result.equations.push_back(
        {"", {{tick_sentence(timeline, Phase::backward, edge.to), Tone::faint}}});
    return result;
  }
  result.amount = edge.contribution[entry];
  const Products products = products_of(timeline, values, edge, entry);
  result.equations.push_back(numbers_of(graph, edge, products, entry_symbol(shape, entry)));
  result.equations.push_back({"", {{formula_number(result.amount), Tone::gradient}}});
  return result;
}

}  // namespace backstep
