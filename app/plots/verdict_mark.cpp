#include "app/plots/verdict_mark.h"

#include <algorithm>

namespace backstep {
namespace {

constexpr float signs_from = 3;  // smaller marks are told by their outline alone

void draw_diamond(Painter& painter, Point c, float r, Color color) {
  painter.triangle({c.x - r, c.y}, {c.x, c.y - r}, {c.x + r, c.y}, color);
  painter.triangle({c.x + r, c.y}, {c.x, c.y + r}, {c.x - r, c.y}, color);
}

}  // namespace

Tone tone_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::agrees:
      return Tone::update;
    case Verdict::kink:
    case Verdict::no_number:
      return Tone::warning;
    case Verdict::unresolved:
      return Tone::soft;
    case Verdict::differs:
      return Tone::error;
  }
  return Tone::error;
}

Color verdict_color(const Theme& theme, Verdict verdict) {
  return color_of(theme, tone_of(verdict));
}

void draw_verdict(Painter& painter, const Theme& theme, Verdict verdict, Point c, float r) {
  const Color color = verdict_color(theme, verdict);
  const float thickness = std::max(1.2f, r * 0.3f), arm = r * 0.42f;
  const bool has_sign = r >= signs_from;
  switch (verdict) {
    case Verdict::agrees:
      painter.circle(c, r, color);
      if (has_sign)
        painter.polyline({{c.x - r * 0.48f, c.y + r * 0.02f},
                          {c.x - r * 0.12f, c.y + r * 0.38f},
                          {c.x + r * 0.48f, c.y - r * 0.34f}},
                         theme.card, thickness);
      return;
    case Verdict::differs:
      painter.fill({c.x - r * 0.94f, c.y - r * 0.94f, r * 1.88f, r * 1.88f}, color, r * 0.35f);
      if (!has_sign) return;
      painter.polyline({{c.x - arm, c.y - arm}, {c.x + arm, c.y + arm}}, theme.card, thickness);
      painter.polyline({{c.x - arm, c.y + arm}, {c.x + arm, c.y - arm}}, theme.card, thickness);
      return;
    case Verdict::kink:
      draw_diamond(painter, c, r * 1.2f, color);
      if (has_sign) draw_diamond(painter, c, r * 0.55f, theme.card);
      return;
    case Verdict::no_number:
      painter.circle(c, r, color);
      if (has_sign) painter.polyline({{c.x - arm, c.y}, {c.x + arm, c.y}}, theme.card, thickness);
      return;
    case Verdict::unresolved:
      painter.circle(c, r, color);
      if (has_sign) painter.circle(c, r * 0.55f, theme.card);
      return;
  }
}

}  // namespace backstep
