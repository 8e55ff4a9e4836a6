// An ImGuiPainter paints onto a draw list of ImGui, crisply: text and boxes on
// whole pixels, rules on one row. With a Gpu, edges and heatmaps go through
// our shaders, neighbours in one draw; without one they are made of ImGui's
// own shapes, which needs no OpenGL. What lies outside the clip is left out.
#pragma once

#include <imgui.h>

#include "app/paint/gpu.h"
#include "app/paint/painter.h"
#include "app/paint/theme.h"

namespace backstep {

class FrameRecord;

// A colour as ImGui packs it.
inline ImU32 packed(Color c) { return IM_COL32(c.r, c.g, c.b, c.a); }

class ImGuiPainter final : public Painter {
 public:
  // The theme colours the heatmaps and must outlive the frame.
  ImGuiPainter(ImDrawList* list, const Fonts& fonts, const Theme& theme, Gpu* gpu = nullptr,
               FrameRecord* record = nullptr)
      : list_(list), fonts_(fonts), theme_(theme), gpu_(gpu), record_(record) {}

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
  bool is_visible(Rect rect) const;
  GpuBatch& batch_for(GpuBatch::Kind kind);
  void solid(const std::vector<Point>& points, Color color, float thickness);
  void plain_edge(const Edge& edge);
  void plain_heatmap(const Heatmap& heatmap);

  ImDrawList* list_;
  const Fonts& fonts_;
  const Theme& theme_;
  Gpu* gpu_;
  FrameRecord* record_;

  // The batch added last, and what the list looked like right after: while
  // nothing else has been drawn, the batch can take more.
  GpuBatch* batch_ = nullptr;
  int commands_then_ = 0, indices_then_ = 0;
  ImVec4 clip_then_;
};

}  // namespace backstep
