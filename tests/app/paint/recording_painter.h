// A painter that records what is drawn, for tests of pictures.
#pragma once

#include <string>
#include <vector>

#include "app/paint/painter.h"

namespace backstep {

class RecordingPainter final : public Painter {
 public:
  struct Circle {
    Point center;
    float radius;
    Color color;
  };
  struct Line {
    std::vector<Point> points;
    Color color;
    float thickness;
  };
  struct Text {
    Rect rect;
    std::string text;
  };
  struct Cells {
    int rows, columns;
    std::vector<double> values;
    double scale;
  };
  struct Box {
    Rect rect;
    Color color;
  };

  std::vector<Circle> circles;
  std::vector<Line> lines;  // polylines
  std::vector<Text> texts;
  std::vector<Cells> heatmaps;
  std::vector<Box> fills;
  int frames = 0;

  void fill(Rect rect, Color color, float) override { fills.push_back({rect, color}); }
  void fill_top(Rect rect, Color color, float) override { fills.push_back({rect, color}); }
  void frame(Rect, Color, float, float) override { ++frames; }
  void circle(Point center, float radius, Color color) override {
    circles.push_back({center, radius, color});
  }
  void triangle(Point, Point, Point, Color) override {}
  void line(Point, Point, Color, float, Dash) override {}
  void polyline(const std::vector<Point>& points, Color color, float thickness, Dash) override {
    lines.push_back({points, color, thickness});
  }
  void edge(const Edge&) override {}
  void heatmap(const Heatmap& h) override {
    heatmaps.push_back({h.rows, h.columns, {h.values, h.values + h.rows * h.columns}, h.scale});
  }
  void text(Point at, const std::string& text, Face face, float pixels, Color,
            Align align) override {
    const float width = text_width(text, face, pixels);
    const float shift = align == Align::center ? width / 2 : align == Align::right ? width : 0;
    texts.push_back({{at.x - shift, at.y, width, pixels}, text});
  }
  float text_width(const std::string& text, Face, float pixels) const override {
    float letters = 0;
    for (char c : text) letters += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    return letters * pixels * 0.5f;
  }
  void push_clip(Rect) override {}
  void pop_clip() override {}
};

}  // namespace backstep
