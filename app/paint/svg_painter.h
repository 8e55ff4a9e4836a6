// An SvgPainter writes what is painted as an SVG document: the same picture as
// on the screen, sharp at any size and editable. Text stays text.
#pragma once

#include <string>

#include "app/paint/painter.h"
#include "app/paint/theme.h"

namespace backstep {

class SvgPainter final : public Painter {
 public:
  // The picture is `width` by `height`, and is displayed `shown` times as large.
  SvgPainter(float width, float height, const Fonts& fonts, const Theme& theme, float shown = 1);

  // The whole document. Nothing may be painted afterwards.
  std::string finish();

  void fill(Rect rect, Color color, float rounding = 0) override;
  void fill_top(Rect rect, Color color, float rounding) override;
  void frame(Rect rect, Color color, float rounding = 0, float thickness = 1) override;
  void circle(Point center, float radius, Color color) override;
  void triangle(Point a, Point b, Point c, Color color) override;
  void line(Point a, Point b, Color color, float thickness = 1, Dash dash = Dash::solid) override;
  void polyline(const std::vector<Point>& points, Color color, float thickness = 1,
                Dash dash = Dash::solid) override;
  void edge(const Edge& edge) override;
  void heatmap(const Heatmap& heatmap) override;
  void text(Point at, const std::string& text, Face face, float pixels, Color color,
            Align align = Align::left) override;
  float text_width(const std::string& text, Face face, float pixels) const override;
  void push_clip(Rect rect) override;
  void pop_clip() override;

 private:
  void element(const std::string& name, const std::string& attributes);

  const Fonts& fonts_;
  const Theme& theme_;
  std::string document_;
  int clips_made_ = 0, clips_open_ = 0;
};

// `text` with the five characters XML reserves written as entities, and what
// XML cannot hold (control characters, broken UTF-8) replaced.
std::string xml_escaped(const std::string& text);

}  // namespace backstep
