#include "app/paint/imgui_painter.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "app/paint/curve.h"
#include "app/paint/frame_record.h"
#include "app/paint/heat.h"

namespace backstep {
namespace {

// Without shaders no more cells than this are drawn a side: enough for tests, and fast.
constexpr int most_plain_cells = 64;

// ImGui puts what a line takes on the stack; a longer one is drawn in pieces.
constexpr std::size_t most_points_at_once = 2000;

ImVec2 vec(Point p) { return {p.x, p.y}; }

// Both corners on whole pixels, at least one pixel apart.
Rect snapped(Rect r) {
  const float left = std::round(r.x), top = std::round(r.y);
  return {left, top, std::max(1.0f, std::round(r.right()) - left),
          std::max(1.0f, std::round(r.bottom()) - top)};
}

// Newer releases of ImGui swap the last two arguments of this one.
void stroke(ImDrawList& list, const std::vector<ImVec2>& points, ImU32 color, float thickness) {
  list.AddPolyline(points.data(), static_cast<int>(points.size()), color, ImDrawFlags_None,
                   thickness);
}

// Whether a line turns back at `b` by more than a right angle. ImGui's joins
// collapse there or grow spikes, so such a line is drawn in two pieces.
bool turns_back(Point a, Point b, Point c) {
  return (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) < 0;
}

// A horizontal or vertical edge is moved onto the pixel grid, where it is as crisp as
// the nodes beside it.
Edge crisp(Edge e) {
  const float offset = e.thickness < 1.75f || e.thickness >= 2.5f ? 0.5f : 0.0f;
  const auto all_at = [](std::initializer_list<float> places) {
    return std::max(places) - std::min(places) < 0.01f;
  };
  const auto moved = [offset](float place) { return std::round(place - offset) + offset; };
  if (all_at({e.from.y, e.control_a.y, e.control_b.y, e.to.y}))
    e.from.y = e.control_a.y = e.control_b.y = e.to.y = moved(e.from.y);
  else if (all_at({e.from.x, e.control_a.x, e.control_b.x, e.to.x}))
    e.from.x = e.control_a.x = e.control_b.x = e.to.x = moved(e.from.x);
  return e;
}

Rect box_around(const std::vector<Point>& points) {
  Point low = points.front(), high = low;
  for (Point p : points) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  return {low.x, low.y, high.x - low.x, high.y - low.y};
}

}  // namespace

bool ImGuiPainter::is_visible(Rect r) const {
  const ImVec4& clip = list_->_CmdHeader.ClipRect;
  return r.x <= clip.z && r.right() >= clip.x && r.y <= clip.w && r.bottom() >= clip.y;
}

void ImGuiPainter::fill(Rect rect, Color color, float rounding) {
  if (rect.width <= 0 || rect.height <= 0 || !is_visible(rect)) return;
  const Rect r = snapped(rect);
  list_->AddRectFilled({r.x, r.y}, {r.right(), r.bottom()}, packed(color), rounding);
  if (record_ && color.a == 255) record_->cover(r);
}

void ImGuiPainter::fill_top(Rect rect, Color color, float rounding) {
  if (rect.width <= 0 || rect.height <= 0 || !is_visible(rect)) return;
  const Rect r = snapped(rect);
  list_->AddRectFilled({r.x, r.y}, {r.right(), r.bottom()}, packed(color), rounding,
                       ImDrawFlags_RoundCornersTop);
}

void ImGuiPainter::frame(Rect rect, Color color, float rounding, float thickness) {
  if (!is_visible(rect)) return;
  // The border lies inside the rectangle whatever its thickness.
  const Rect r = snapped(rect).inset(thickness / 2);
  const float radius = std::max(0.0f, rounding - thickness / 2);
  list_->PathRect({r.x, r.y}, {r.right(), r.bottom()}, radius, ImDrawFlags_RoundCornersAll);
  list_->PathStroke(packed(color), ImDrawFlags_Closed, thickness);
}

void ImGuiPainter::circle(Point center, float radius, Color color) {
  if (!is_visible({center.x - radius, center.y - radius, 2 * radius, 2 * radius})) return;
  list_->AddCircleFilled(vec(center), radius, packed(color));
}

void ImGuiPainter::triangle(Point a, Point b, Point c, Color color) {
  if (!is_visible(box_around({a, b, c}))) return;
  // The soft rim points inwards unless the corners run clockwise.
  if ((b.x - a.x) * (c.y - a.y) < (b.y - a.y) * (c.x - a.x)) std::swap(b, c);
  list_->AddTriangleFilled(vec(a), vec(b), vec(c), packed(color));
}

void ImGuiPainter::line(Point a, Point b, Color color, float thickness, Dash dash) {
  Rect rule;
  if (dash == Dash::solid && snap_rule(a, b, thickness, rule)) {
    if (is_visible(rule))
      list_->AddRectFilled({rule.x, rule.y}, {rule.right(), rule.bottom()}, packed(color));
    return;
  }
  polyline({a, b}, color, thickness, dash);
}

void ImGuiPainter::polyline(const std::vector<Point>& points, Color color, float thickness,
                            Dash dash) {
  if (points.size() < 2 || !is_visible(box_around(points))) return;
  for_each_dash(points, dash_pattern(dash, thickness), [&](const std::vector<Point>& piece) {
    // A dashed rule is put on whole pixels like a solid one.
    Rect rule;
    if (piece.size() == 2 && thickness < 1.5f && snap_rule(piece[0], piece[1], thickness, rule))
      list_->AddRectFilled({rule.x, rule.y}, {rule.right(), rule.bottom()}, packed(color));
    else
      solid(piece, color, thickness);
  });
}

void ImGuiPainter::solid(const std::vector<Point>& points, Color color, float thickness) {
  std::vector<ImVec2> piece{vec(points[0])};
  for (std::size_t i = 1; i < points.size(); ++i) {
    piece.push_back(vec(points[i]));
    const bool last = i + 1 == points.size();
    const bool cut = !last && turns_back(points[i - 1], points[i], points[i + 1]);
    if (!last && !cut && piece.size() < most_points_at_once) continue;
    stroke(*list_, piece, packed(color), thickness);
    if (cut && thickness >= 2) list_->AddCircleFilled(vec(points[i]), thickness / 2, packed(color));
    piece.assign(1, vec(points[i]));
  }
}

GpuBatch& ImGuiPainter::batch_for(GpuBatch::Kind kind) {
  const ImVec4& clip = list_->_CmdHeader.ClipRect;
  const bool untouched = gpu_->can_grow(batch_) && batch_->kind == kind &&
                         commands_then_ == list_->CmdBuffer.Size &&
                         indices_then_ == list_->IdxBuffer.Size && clip.x == clip_then_.x &&
                         clip.y == clip_then_.y && clip.z == clip_then_.z && clip.w == clip_then_.w;
  if (untouched) return *batch_;
  batch_ = gpu_->begin_batch(kind, theme_);
  list_->AddCallback(Gpu::draw_callback, batch_);
  list_->AddCallback(ImDrawCallback_ResetRenderState, nullptr);
  commands_then_ = list_->CmdBuffer.Size;
  indices_then_ = list_->IdxBuffer.Size;
  clip_then_ = clip;
  return *batch_;
}

void ImGuiPainter::edge(const Edge& edge) {
  const float reach = 2 * edge.thickness + 2;
  if (!is_visible(bounds_of(edge).inset(-reach))) return;
  if (gpu_)
    gpu_->add(batch_for(GpuBatch::Kind::edges), crisp(edge));
  else
    plain_edge(crisp(edge));
}

void ImGuiPainter::plain_edge(const Edge& e) {
  list_->AddBezierCubic(vec(e.from), vec(e.control_a), vec(e.control_b), vec(e.to), packed(e.color),
                        e.thickness);
  for_each_light(e, [&](const std::vector<Point>& lit, float brightness) {
    solid(lit, mix(e.color, theme_.text, 0.7).with_alpha(brightness), e.thickness + 1);
  });
}

void ImGuiPainter::heatmap(const Heatmap& heatmap) {
  if (!heatmap.values || heatmap.rows <= 0 || heatmap.columns <= 0 || !is_visible(heatmap.rect))
    return;
  if (gpu_)
    gpu_->add(batch_for(GpuBatch::Kind::heatmaps), heatmap);
  else
    plain_heatmap(heatmap);
}

void ImGuiPainter::plain_heatmap(const Heatmap& heatmap) {
  const HeatCells cells = heat_cells(heatmap, most_plain_cells, most_plain_cells);
  for_each_heat_cell(heatmap, cells, [&](Rect cell, float level) {
    list_->AddRectFilled({cell.x, cell.y}, {cell.right(), cell.bottom()},
                         packed(heat_color(theme_, level)));
    if (level < 0 && std::min(cell.width, cell.height) >= heat_tick_size) {
      const Rect tick = heat_tick(cell);
      list_->AddRectFilled({tick.x, tick.y}, {tick.right(), tick.bottom()},
                           packed(theme_.text.with_alpha(0.8)));
    }
  });
}

void ImGuiPainter::text(Point at, const std::string& text, Face face, float pixels, Color color,
                        Align align) {
  if (text.empty()) return;
  const float width = align == Align::left && !is_visible({at.x, at.y, 1e6f, pixels * 1.3f})
                          ? -1
                          : text_width(text, face, pixels);
  if (width < 0) return;
  if (align == Align::center) at.x -= width / 2;
  if (align == Align::right) at.x -= width;
  at = {std::round(at.x), std::round(at.y)};
  if (!is_visible({at.x, at.y, width, pixels * 1.3f})) return;
  pixels = Fonts::drawn_size(pixels);
  list_->AddText(fonts_.at(face, pixels), pixels, vec(at), packed(color), text.data(),
                 text.data() + text.size());
  if (!record_) return;
  const ImVec2 low = list_->GetClipRectMin(), high = list_->GetClipRectMax();
  record_->add_text(
      {text, {at.x, at.y, width, pixels}, {low.x, low.y, high.x - low.x, high.y - low.y}});
}

float ImGuiPainter::text_width(const std::string& text, Face face, float pixels) const {
  return fonts_.width(face, pixels, text);
}

void ImGuiPainter::push_clip(Rect rect) {
  const Rect r{std::round(rect.x), std::round(rect.y), 0, 0};
  list_->PushClipRect({r.x, r.y}, {std::round(rect.right()), std::round(rect.bottom())}, true);
}

void ImGuiPainter::pop_clip() { list_->PopClipRect(); }

}  // namespace backstep
