#include "app/graph/node_text.h"

#include <cmath>
#include <cstdio>

#include "app/paint/heat.h"
#include "app/paint/numbers.h"

namespace backstep {
std::string corner_of(const Graph& graph, int number) {
  const Node& node = graph.node(number);
  switch (node.kind) {
    case NodeKind::input:
      return "data";
    case NodeKind::target:
      return "target";
    case NodeKind::parameter:
      return "param";
    case NodeKind::constant:
      return node.name.empty() ? "" : "const";
    case NodeKind::op:
      break;
  }
  return node.name.empty() ? "" : node.op->sign;
}

std::string fitting_number(const Painter& painter, double value, const std::string& tail, Face face,
                           float pixels, float width, const std::string& wish) {
  const auto fits = [&](const std::string& text) {
    return painter.text_width(text, face, pixels) <= width;
  };
  if (!wish.empty() && fits(wish)) return wish;
  std::string text = with_minus(short_number(value)) + tail;
  if (fits(text)) return text;
  if (std::isfinite(value)) {
    // Fewer decimals as long as two digits that mean something are left.
    for (int decimals : {3, 2, 1, 0}) {
      if (std::abs(value) < 10 * std::pow(10.0, -decimals) && value != 0) break;
      text = with_minus(fixed_number(value, decimals)) + tail;
      if (fits(text)) return text;
    }
    for (int digits : {2, 1, 0}) {
      text = with_minus(scientific_number(value, digits)) + tail;
      if (fits(text)) return text;
    }
  }
  return fits("…") ? "…" : "";
}

Color cell_color(const Theme& theme, double value, double scale) {
  return heat_color(theme, heat_level(value, scale));
}

}  // namespace backstep
