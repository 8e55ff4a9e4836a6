#include "app/graph_layout/route.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>

namespace backstep {
namespace {

constexpr float cell_size = 128;
constexpr float sample_step = 14;
constexpr float clearance = 5;
constexpr int most_curve_samples = 160;
// In larger graphs, which nobody can see as a whole, free ways are not searched for.
constexpr long most_looks = 3'000'000;

Point on_cubic(const Point* p, float t) {
  const float s = 1 - t, a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
  return {a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
          a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
}

// Finds the nodes near a point.
class RouteGrid {
 public:
  explicit RouteGrid(const std::vector<Rect>& nodes) : nodes_(nodes) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const Rect r = nodes[i].inset(-clearance);
      for (int y = cell(r.y); y <= cell(r.bottom()); ++y)
        for (int x = cell(r.x); x <= cell(r.right()); ++x)
          cells_[key(x, y)].push_back(static_cast<int>(i));
    }
  }

  bool is_free(Point p, int but, int and_but) {
    ++looks_;
    const auto found = cells_.find(key(cell(p.x), cell(p.y)));
    if (found == cells_.end()) return true;
    for (int node : found->second)
      if (node != but && node != and_but && nodes_[node].inset(-clearance).contains(p))
        return false;
    return true;
  }

  bool is_tired() const { return looks_ > most_looks; }

 private:
  static int cell(float v) { return static_cast<int>(std::floor(v / cell_size)); }
  static std::uint64_t key(int x, int y) {
    return std::uint64_t{static_cast<std::uint32_t>(x)} << 32 | static_cast<std::uint32_t>(y);
  }

  const std::vector<Rect>& nodes_;
  std::unordered_map<std::uint64_t, std::vector<int>> cells_;
  long looks_ = 0;
};

// A curve that begins and ends horizontally.
Route sideways(Point from, Point to) {
  const float reach = std::max(6.0f, (to.x - from.x) / 2);
  return {from, {from.x + reach, from.y}, {to.x - reach, to.y}, to};
}

// A curve that begins and ends vertically.
Route upright(Point from, Point to) {
  const float middle = (from.y + to.y) / 2;
  return {from, {from.x, middle}, {to.x, middle}, to};
}

// A straight line at height `y` between two bends.
Route around(Point from, Point to, float y, float bend) {
  const float reach = std::min(bend, std::max(8.0f, (to.x - from.x) / 2));
  Route route = sideways(from, {from.x + reach, y});
  const Route along = sideways(route.back(), {to.x - reach, y});
  const Route down = sideways(along.back(), to);
  route.insert(route.end(), along.begin() + 1, along.end());
  route.insert(route.end(), down.begin() + 1, down.end());
  return route;
}

// An arc from top to top or, with a negative height, from bottom to bottom.
Route arc(Point from, Point to, float height) {
  const float lean = std::min(40.0f, std::abs(to.x - from.x) * 0.12f);
  return {from, {from.x + lean, from.y - height}, {to.x - lean, to.y - height}, to};
}

class Router {
 public:
  Router(const Graph& graph, const std::vector<Rect>& nodes)
      : graph_(graph), nodes_(nodes), grid_(nodes) {}

  Route route(int number) {
    const GraphEdge& edge = graph_.edge(number);
    const Rect& a = nodes_[edge.from];
    const Rect& b = nodes_[edge.to];
    if (a.right() <= b.x) return across(edge, a, b, number);
    if (a.bottom() <= b.y || b.bottom() <= a.y) return up_or_down(edge, a, b, number);
    return sideways({a.right(), a.center().y}, {b.x, b.center().y});
  }

 private:
  // Earlier uses of the same node by the same op.
  int earlier_uses(const GraphEdge& edge, int number) const {
    int uses = 0;
    for (int other : graph_.node(edge.to).edges_in)
      if (other < number && graph_.edge(other).from == edge.from) ++uses;
    return uses;
  }

  bool is_used_twice(const GraphEdge& edge) const {
    const auto& in = graph_.node(edge.to).inputs;
    return std::count(in.begin(), in.end(), edge.from) > 1;
  }

  bool is_free(const Route& route, const GraphEdge& edge) {
    if (grid_.is_tired()) return true;
    for (std::size_t piece = 0; piece + 3 < route.size(); piece += 3) {
      const Point* p = &route[piece];
      const float length = std::hypot(p[3].x - p[0].x, p[3].y - p[0].y) +
                           std::abs(p[1].y - p[0].y) + std::abs(p[2].y - p[3].y);
      const int samples = std::clamp(static_cast<int>(length / sample_step), 8, most_curve_samples);
      for (int i = 0; i <= samples; ++i)
        if (!grid_.is_free(on_cubic(p, static_cast<float>(i) / static_cast<float>(samples)),
                           edge.from, edge.to))
          return false;
    }
    return true;
  }

  // The row of an op enters at the middle of its left side; edges from other rows enter a
  // little above or below.
  static float entry(const Rect& a, const Rect& b) {
    const float difference = a.center().y - b.center().y;
    if (std::abs(difference) < 1) return b.center().y;
    const float aside = std::min(16.0f, b.height * 0.2f);
    return b.center().y + (difference < 0 ? -aside : aside);
  }

  Route across(const GraphEdge& edge, const Rect& a, const Rect& b, int number) {
    Point from = {a.right(), a.center().y}, to = {b.x, entry(a, b)};
    if (is_used_twice(edge)) {
      const float apart = earlier_uses(edge, number) == 0 ? -9.0f : 9.0f;
      from.y += apart;
      to.y += apart;
    }
    Route direct = sideways(from, to);
    if (is_free(direct, edge)) return direct;
    return around_nodes(edge, a, b, direct, 9.0f * static_cast<float>(earlier_uses(edge, number)));
  }

  Route around_nodes(const GraphEdge& edge, const Rect& a, const Rect& b, const Route& direct,
                     float apart) {
    const float length = b.center().x - a.center().x;
    // Arcs that leave one node spread apart, and so do those that enter one.
    const float aside_a = std::min(14.0f, a.width / 6), aside_b = std::min(14.0f, b.width / 6);
    for (float height : {60 + length * 0.06f, 110 + length * 0.1f, 190 + length * 0.12f}) {
      Route over =
          arc({a.center().x + aside_a, a.y}, {b.center().x - aside_b, b.y}, height + 2 * apart);
      if (is_free(over, edge)) return over;
    }
    const float bend = 30;
    for (float away : {64.0f, 90.0f, 120.0f, 160.0f, 210.0f, 270.0f, 350.0f, 450.0f, 600.0f}) {
      for (float side : {-1.0f, 1.0f}) {
        const float middle =
            side < 0 ? std::min(a.center().y, b.center().y) : std::max(a.center().y, b.center().y);
        const float out = std::min(14.0f, a.height * 0.2f) * side;
        const float in = std::min(14.0f, b.height * 0.2f) * side;
        Route way = around({a.right(), a.center().y + out}, {b.x, b.center().y + in},
                           middle + side * (away + apart), bend);
        if (is_free(way, edge)) return way;
      }
    }
    return direct;
  }

  Route up_or_down(const GraphEdge& edge, const Rect& a, const Rect& b, int number) {
    const bool up = b.bottom() <= a.y;  // the leaf hangs below its op
    const float a_y = up ? a.y : a.bottom(), b_y = up ? b.bottom() : b.y;
    const float inset = std::min(16.0f, b.width / 3);
    float x = std::clamp(a.center().x, b.x + inset, b.right() - inset);
    float start = a.center().x;
    if (is_used_twice(edge)) {
      const float apart = earlier_uses(edge, number) == 0 ? -9.0f : 9.0f;
      x += apart;
      start += apart;
    }
    Route straight = upright({start, a_y}, {x, b_y});
    if (is_free(straight, edge)) return straight;
    const Route beside = sideways({a.right(), a.center().y}, {b.x, entry(a, b)});
    return is_free(beside, edge) ? beside : straight;
  }

  const Graph& graph_;
  const std::vector<Rect>& nodes_;
  RouteGrid grid_;
};

}  // namespace

std::vector<Route> routes_of(const Graph& graph, const std::vector<Rect>& nodes) {
  Router router(graph, nodes);
  std::vector<Route> routes;
  routes.reserve(graph.edges().size());
  for (std::size_t i = 0; i < graph.edges().size(); ++i)
    routes.push_back(router.route(static_cast<int>(i)));
  return routes;
}

}  // namespace backstep
