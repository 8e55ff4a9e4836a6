// A curve here is an open polyline in pixels, and what is done to one before
// it is drawn: a Bézier edge is flattened into one, a dashed line is split
// into several. Screen and vector file share these, so both look the same.
#pragma once

#include <functional>
#include <vector>

#include "app/paint/painter.h"

namespace backstep {

// The cubic of `edge` as a polyline that follows it to a fraction of a pixel. Two
// points when the edge is straight, none when it has no length or is not finite.
std::vector<Point> flatten(const Edge& edge);

// The smallest rectangle around the curve's control points.
Rect bounds_of(const Edge& edge);

// Length of `points` from the first to each point; the last is the whole.
std::vector<float> lengths_along(const std::vector<Point>& points);

// The part of `points` between two lengths along it.
std::vector<Point> part_of(const std::vector<Point>& points, float from, float to);

// Pixels of line and of gap, over and over. A gap of 0 is a solid line.
struct DashPattern {
  float on = 0, off = 0;
};
DashPattern dash_pattern(Dash dash, float thickness);

// Calls `draw` with every dash of `points`, in order.
void for_each_dash(const std::vector<Point>& points, DashPattern pattern,
                   const std::function<void(const std::vector<Point>&)>& draw);

// Moves a horizontal or vertical line onto whole pixels, so that a thin rule is one
// crisp row and not two grey ones. False when the line is slanted.
bool snap_rule(Point a, Point b, float thickness, Rect& rule);

// The light of a flowing edge where no shader draws it: calls `draw` with
// pieces of the curve from the tail to the head, and how bright each is (0 to 1).
void for_each_light(const Edge& edge,
                    const std::function<void(const std::vector<Point>&, float)>& draw);

}  // namespace backstep
