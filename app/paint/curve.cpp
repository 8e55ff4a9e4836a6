#include "app/paint/curve.h"

#include <algorithm>
#include <cmath>

namespace backstep {
namespace {

Point lerp(Point a, Point b, float t) { return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t}; }

float distance(Point a, Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

Point point_at(const Edge& e, float t) {
  const Point ab = lerp(e.from, e.control_a, t), bc = lerp(e.control_a, e.control_b, t),
              cd = lerp(e.control_b, e.to, t);
  return lerp(lerp(ab, bc, t), lerp(bc, cd, t), t);
}

// How far `p` is from the line through the edge's ends.
float off_chord(const Edge& e, Point p) {
  const float length = distance(e.from, e.to);
  if (length < 0.01f) return distance(e.from, p);
  return std::abs((e.to.x - e.from.x) * (p.y - e.from.y) - (e.to.y - e.from.y) * (p.x - e.from.x)) /
         length;
}

bool is_straight(const Edge& e) {
  return off_chord(e, e.control_a) < 0.2f && off_chord(e, e.control_b) < 0.2f &&
         distance(e.from, e.to) >= 0.01f;
}

bool is_finite(const Edge& e) {
  for (Point p : {e.from, e.control_a, e.control_b, e.to})
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) return false;
  return true;
}

// Enough straight pieces that none strays from the curve by more than 0.15
// pixels: the error of a chord is an eighth of the second derivative over n².
int piece_count(const Edge& e) {
  const auto bend = [](Point a, Point b, Point c) {
    return std::hypot(a.x - 2 * b.x + c.x, a.y - 2 * b.y + c.y);
  };
  const float most =
      6 * std::max(bend(e.from, e.control_a, e.control_b), bend(e.control_a, e.control_b, e.to));
  return std::clamp(static_cast<int>(std::ceil(std::sqrt(most / (8 * 0.15f)))), 2, 64);
}

}  // namespace

std::vector<Point> flatten(const Edge& edge) {
  if (!is_finite(edge)) return {};
  if (is_straight(edge)) return {edge.from, edge.to};
  const int pieces = piece_count(edge);
  std::vector<Point> points;
  points.reserve(static_cast<std::size_t>(pieces) + 1);
  for (int i = 0; i <= pieces; ++i) {
    const Point p = point_at(edge, static_cast<float>(i) / static_cast<float>(pieces));
    if (points.empty() || distance(points.back(), p) > 0.001f) points.push_back(p);
  }
  if (points.size() < 2) points.clear();
  return points;
}

Rect bounds_of(const Edge& e) {
  const auto [left, right] = std::minmax({e.from.x, e.control_a.x, e.control_b.x, e.to.x});
  const auto [top, bottom] = std::minmax({e.from.y, e.control_a.y, e.control_b.y, e.to.y});
  return {left, top, right - left, bottom - top};
}

std::vector<float> lengths_along(const std::vector<Point>& points) {
  std::vector<float> lengths(points.size(), 0.0f);
  for (std::size_t i = 1; i < points.size(); ++i)
    lengths[i] = lengths[i - 1] + distance(points[i - 1], points[i]);
  return lengths;
}

std::vector<Point> part_of(const std::vector<Point>& points, float from, float to) {
  std::vector<Point> part;
  float start = 0;
  for (std::size_t i = 1; i < points.size() && start < to; ++i) {
    const float length = distance(points[i - 1], points[i]), end = start + length;
    if (length > 0 && end > from) {
      if (part.empty())
        part.push_back(lerp(points[i - 1], points[i], std::max(0.0f, (from - start) / length)));
      part.push_back(lerp(points[i - 1], points[i], std::min(1.0f, (to - start) / length)));
    }
    start = end;
  }
  return part;
}

DashPattern dash_pattern(Dash dash, float thickness) {
  const float unit = std::max(thickness, 1.0f);
  if (dash == Dash::dashed) return {unit * 3.5f, unit * 2.0f};
  if (dash == Dash::dotted) return {unit, unit * 1.5f};
  return {};
}

void for_each_dash(const std::vector<Point>& points, DashPattern pattern,
                   const std::function<void(const std::vector<Point>&)>& draw) {
  if (points.size() < 2) return;
  if (pattern.off <= 0) return draw(points);
  std::vector<Point> dash{points.front()};
  bool on = true;
  float left = pattern.on;  // of the dash or gap under way
  for (std::size_t i = 1; i < points.size(); ++i) {
    Point at = points[i - 1];
    float rest = distance(at, points[i]);
    while (rest > left) {
      at = lerp(at, points[i], left / rest);
      rest -= left;
      if (on) {
        dash.push_back(at);
        draw(dash);
      }
      on = !on;
      left = on ? pattern.on : pattern.off;
      dash.assign(1, at);
    }
    left -= rest;
    if (on && rest > 0) dash.push_back(points[i]);
  }
  if (on && dash.size() > 1) draw(dash);
}

bool snap_rule(Point a, Point b, float thickness, Rect& rule) {
  const float whole = std::max(1.0f, std::round(thickness));
  const auto edge = [whole](float centre) { return std::floor(centre - whole / 2 + 0.5f); };
  if (std::abs(a.y - b.y) < 0.01f) {
    const float left = std::round(std::min(a.x, b.x)), right = std::round(std::max(a.x, b.x));
    rule = {left, edge(a.y), right - left, whole};
    return true;
  }
  if (std::abs(a.x - b.x) < 0.01f) {
    const float top = std::round(std::min(a.y, b.y)), bottom = std::round(std::max(a.y, b.y));
    rule = {edge(a.x), top, whole, bottom - top};
    return true;
  }
  return false;
}

void for_each_light(const Edge& edge,
                    const std::function<void(const std::vector<Point>&, float)>& draw) {
  const std::vector<Point> points = flatten(edge);
  if (edge.flow <= 0 || points.empty()) return;
  constexpr int pieces = 4;
  const float length = lengths_along(points).back();
  const float head = (edge.phase - std::floor(edge.phase)) * length;
  const float tail = std::clamp(length * 0.3f, 12.0f, 50.0f);
  for (int i = 1; i <= pieces; ++i) {
    const float part = static_cast<float>(i) / pieces;
    const std::vector<Point> lit = part_of(
        points, std::max(0.0f, head - tail * (1 - part + 1.0f / pieces)), head - tail * (1 - part));
    if (lit.size() > 1) draw(lit, part * part * std::min(edge.flow, 1.0f));
  }
}

}  // namespace backstep
