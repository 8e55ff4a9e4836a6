// A Painter draws shapes and text in pixels onto something: the window, or an
// SVG file. The graph and the plots draw through it alone, so one piece of
// code makes the screen, the picture and the vector file.
#pragma once

#include <string>
#include <vector>

#include "app/paint/color.h"
#include "app/paint/fonts.h"

namespace backstep {

struct Point {
  float x = 0, y = 0;
};

struct Rect {
  float x = 0, y = 0, width = 0, height = 0;

  float right() const { return x + width; }
  float bottom() const { return y + height; }
  Point center() const { return {x + width / 2, y + height / 2}; }
  bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  bool overlaps(const Rect& o) const {
    return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
  }
  Rect inset(float by) const { return {x + by, y + by, width - 2 * by, height - 2 * by}; }
};

enum class Align { left, center, right };
enum class Dash { solid, dashed, dotted };

// A line along which a gradient may flow. `flow` is 0 for a quiet edge; above
// 0 it is the strength of the light that runs from `from` to `to` at `phase`
// (0 to 1 of the way).
struct Edge {
  Point from, control_a, control_b, to;
  Color color;
  float thickness = 1.5f;
  float flow = 0;
  float phase = 0;
};

// Cells of `rows` × `columns` numbers, row-major, to be coloured by sign and
// size: `scale` is the magnitude that gets the full colour.
struct Heatmap {
  Rect rect;
  int rows = 0, columns = 0;
  const double* values = nullptr;
  double scale = 1;
  bool smooth = false;  // a field rather than cells: blended, no gaps, no signs
};

class Painter {
 public:
  virtual ~Painter() = default;

  virtual void fill(Rect rect, Color color, float rounding = 0) = 0;
  // Only the two upper corners are rounded: the head of a card.
  virtual void fill_top(Rect rect, Color color, float rounding) = 0;
  virtual void frame(Rect rect, Color color, float rounding = 0, float thickness = 1) = 0;
  virtual void circle(Point center, float radius, Color color) = 0;
  virtual void triangle(Point a, Point b, Point c, Color color) = 0;
  virtual void line(Point a, Point b, Color color, float thickness = 1,
                    Dash dash = Dash::solid) = 0;
  virtual void polyline(const std::vector<Point>& points, Color color, float thickness = 1,
                        Dash dash = Dash::solid) = 0;
  virtual void edge(const Edge& edge) = 0;
  virtual void heatmap(const Heatmap& heatmap) = 0;
  // One line of text; `at` is the left end, middle or right end of its top.
  virtual void text(Point at, const std::string& text, Face face, float pixels, Color color,
                    Align align = Align::left) = 0;
  virtual float text_width(const std::string& text, Face face, float pixels) const = 0;
  virtual void push_clip(Rect rect) = 0;
  virtual void pop_clip() = 0;
};

}  // namespace backstep
