// What happens to the loss when one number is moved: the curve, its tangent,
// whose slope is the gradient, and the point where the number stands.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/explain/symbols.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/panels/inspector/inspector_cards.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"

namespace backstep {
namespace {

constexpr float plot_height = 120, curve_label_size = 11;

struct NudgeRange {
  double from = 0, to = 1;
  double width() const { return to - from; }
  double at(double share) const { return from + (to - from) * share; }
  double share(double value) const { return (value - from) / (to - from); }
};

// While the number is dragged its range stays, or the curve would move under the
// pointer.
struct NudgeDrag {
  bool active = false, changed = false;
  NudgeRange range;
  double grip = 0;  // from the pointer to the number
};

// The smallest of 1, 2, 5 times a power of ten that is at least `size`.
double round_size(double size) {
  const double power = std::pow(10, std::floor(std::log10(size)));
  for (double digit : {1.0, 2.0, 5.0})
    if (size <= digit * power * (1 + 1e-9)) return digit * power;
  return 10 * power;
}

// Multiples of `unit` around `value`, the same for all values near it.
NudgeRange range_in(double unit, double value) {
  const double center = std::round(value / unit) * unit;
  return {center - 2 * unit, center + 2 * unit};
}

NudgeRange range_around(double value) {
  return range_in(std::abs(value) > 3 ? round_size(std::abs(value) / 3) : 1, value);
}

// The curve and where its numbers lie in the plot.
struct Curve {
  const std::vector<double>& losses;
  NudgeRange x, loss;
  Rect rect;

  Point point(double value, double height) const {
    return {rect.x + static_cast<float>(x.share(value)) * rect.width,
            rect.bottom() - static_cast<float>(loss.share(height)) * rect.height};
  }
  // Interpolated between the samples.
  double loss_at(double value) const {
    const double last = static_cast<double>(losses.size() - 1);
    const double place = std::clamp(x.share(value), 0.0, 1.0) * last;
    const std::size_t below = static_cast<std::size_t>(std::min(place, last - 1));
    const double share = place - static_cast<double>(below);
    return losses[below] * (1 - share) + losses[below + 1] * share;
  }
};

NudgeRange loss_range(const std::vector<double>& losses) {
  double least = INFINITY, most = -INFINITY;
  for (double loss : losses) {
    if (!std::isfinite(loss)) continue;
    least = std::min(least, loss);
    most = std::max(most, loss);
  }
  if (least > most) return {0, 1};
  // A loss that does not change at all, as when it is rounded, is a level line.
  const double finest = most == least ? 1e-3 : 1e-9;
  const double air = std::max((most - least) * 0.08, finest * std::max(1.0, std::abs(most)));
  return {least - air, most + air};
}

// The range is narrowed where the curve is so steep that the loss would leave the
// plot within a hundredth of it: it would look like a step.
NudgeRange readable_range(const Session& session, int node, Index entry, double value, double slope) {
  NudgeRange range = range_around(value);
  for (int tries = 0; tries < 4; ++tries) {
    const auto& losses = session.loss_curve(node, entry, range.from, range.to);
    const double height = loss_range(losses).width();
    if (!(std::abs(slope) * range.width() / 100 > 3 * height)) break;
    const NudgeRange narrower = range_in(round_size(height / std::abs(slope)), value);
    if (!(narrower.at(0.25) > narrower.from && narrower.to > value)) break;
    range = narrower;
  }
  return range;
}

// The range last chosen, and for what.
struct ChosenRange {
  long revision = -1;
  int node = -1;
  Index entry = -1;
  double value = 0;
  NudgeRange range;
};

void draw_curve(Painter& painter, const Curve& curve, Color color, float thickness) {
  std::vector<Point> points;
  const auto finish = [&] {
    painter.polyline(points, color, thickness);
    points.clear();
  };
  for (std::size_t i = 0; i < curve.losses.size(); ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(curve.losses.size() - 1);
    if (std::isfinite(curve.losses[i]))
      points.push_back(curve.point(curve.x.at(share), curve.losses[i]));
    else
      finish();
  }
  finish();
}

// The tangent has a fixed length on the screen, however steep it is.
void draw_tangent(Painter& painter, const Curve& curve, double value, double slope, Color color,
                  float thickness) {
  const Point middle = curve.point(value, curve.loss_at(value));
  if (!std::isfinite(middle.y)) return;
  const Point next = curve.point(value + (curve.x.to - curve.x.from) * 0.01,
                                 curve.loss_at(value) + slope * (curve.x.to - curve.x.from) * 0.01);
  const float dx = next.x - middle.x, dy = next.y - middle.y;
  const float share = curve.rect.width * 0.36f / std::max(1e-6f, std::hypot(dx, dy));
  painter.polyline({{middle.x - dx * share, middle.y - dy * share},
                    {middle.x + dx * share, middle.y + dy * share}},
                   color, thickness, Dash::dashed);
}

void draw_dot(const PanelContext& context, Painter& painter, Point at) {
  if (!std::isfinite(at.y)) return;  // beside it the loss is not a number
  painter.circle(at, context.px(6), context.theme.card);
  painter.circle(at, context.px(4.5f), context.theme.text);
}

// Where the number stood before the update.
void draw_ring(const PanelContext& context, Painter& painter, Point at) {
  if (!std::isfinite(at.y)) return;
  painter.circle(at, context.px(4.5f), context.theme.text);
  painter.circle(at, context.px(3), context.theme.card);
}

// How many points of the curve lie in `rect`.
int points_in(const Curve& curve, Rect rect) {
  int count = 0;
  for (std::size_t i = 0; i < curve.losses.size(); ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(curve.losses.size() - 1);
    count += rect.contains(curve.point(curve.x.at(share), curve.losses[i]));
  }
  return count;
}

// Where words of this size near `dot` hide least of the curve: beside it, or
// above and below it farther and farther away.
Rect free_place(const Curve& curve, Point dot, float width, float height, float aside) {
  Rect best;
  int fewest = 1 << 20;
  for (int step = 0; step < 5; ++step) {
    const float away = aside + static_cast<float>(step) * height;
    for (float y : {dot.y - away - height, dot.y + away}) {
      for (float x : {dot.x + aside, dot.x - aside - width, dot.x - width / 2}) {
        const Rect place = {x, y, width, height};
        const bool inside = place.x >= curve.rect.x && place.right() <= curve.rect.right() &&
                            place.y >= curve.rect.y && place.bottom() <= curve.rect.bottom();
        const int hidden = points_in(curve, place) + (inside ? 0 : 1000);
        if (hidden >= fewest) continue;
        fewest = hidden;
        best = place;
      }
    }
  }
  return best;
}

void draw_loss(const PanelContext& context, Painter& painter, const Curve& curve, Point dot) {
  const Timeline& timeline = context.session.timeline();
  const int loss = timeline.graph().loss();
  if (!timeline.value_known(loss) || !std::isfinite(dot.y)) return;
  const std::string text =
      symbol(timeline.graph(), loss) + " = " + formula_number(timeline.graph().node(loss).value[0]);
  const float pixels = context.px(curve_label_size);
  const float width = painter.text_width(text, number_face(pixels), pixels);
  const Rect place = free_place(curve, dot, width, pixels, context.px(8));
  painter.text({place.x, place.y}, text, number_face(pixels), pixels, context.theme.value);
}

void draw_ends(const PanelContext& context, Painter& painter, const Curve& curve, float top,
               const std::string& name) {
  const Color faint = context.theme.text_faint;
  const float pixels = context.px(curve_label_size);
  std::string from = formula_number(curve.x.from), to = formula_number(curve.x.to);
  if (from == to) {  // a narrow range far from 0
    from = exact_number(curve.x.from);
    to = exact_number(curve.x.to);
  }
  painter.text({curve.rect.x, top}, from, number_face(pixels), pixels, faint);
  painter.text({curve.rect.right(), top}, to, number_face(pixels), pixels, faint, Align::right);
  painter.text({curve.rect.center().x, top}, name, Face::mono, pixels, faint, Align::center);
}

// Moves the number with the pointer, from the dot or from wherever it is pressed.
void drag_point(const PanelContext& context, const Inspected& inspected, const Curve& curve,
                double value) {
  if (!inspected.node.is_editable()) return;
  const bool active = ImGui::IsItemActive();
  if (active || ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  const double pointer = curve.x.at((ImGui::GetMousePos().x - curve.rect.x) / curve.rect.width);
  NudgeDrag& drag = context.interaction.of<NudgeDrag>();
  if (ImGui::IsItemActivated()) {
    const double near = (curve.x.to - curve.x.from) * context.px(14) / curve.rect.width;
    const double grip = std::abs(pointer - value) < near ? value - pointer : 0;
    drag = {true, false, curve.x, grip};
  }
  const bool moved = drag.grip == 0 || ImGui::IsMouseDragging(0, context.px(3));
  if (active && drag.active && moved) {
    const double grain = round_size((curve.x.to - curve.x.from) / 1000);
    const double inside = std::clamp(pointer + drag.grip, curve.x.from, curve.x.to);
    const double steps = std::round(inside / grain);
    const double wanted = grain < 1 ? steps / std::round(1 / grain) : steps * grain;
    if (wanted != value) {
      context.actions.push(action::EditEntry{inspected.index, inspected.entry, wanted});
      drag.changed = true;
    }
  }
  if (ImGui::IsItemDeactivated()) {
    if (drag.changed) context.actions.push(action::EndEdit{});
    drag = {};
  }
}

// A nudge needs finite numbers on both sides of the value.
bool can_be_nudged(double value) { return std::isfinite(range_around(value).width()); }

double value_before_update(const PanelContext& context, const Inspected& inspected) {
  return context.session.timeline()
      .leaf_at_start(inspected.index)
      .entries[static_cast<std::size_t>(inspected.entry)];
}

// The range to plot; it stays as it is during a drag.
NudgeRange nudge_range(const PanelContext& context, const Inspected& inspected, double value) {
  const NudgeDrag& drag = context.interaction.of<NudgeDrag>();
  if (drag.active) return drag.range;
  ChosenRange& chosen = context.interaction.of<ChosenRange>();
  const Session& session = context.session;
  if (chosen.revision == session.revision() && chosen.node == inspected.index &&
      chosen.entry == inspected.entry && chosen.value == value)
    return chosen.range;
  // The gradient is the slope at the value before the update.
  const bool arrived = session.timeline().gradient_arrived(inspected.index) == Arrived::all;
  const bool is_slope = arrived && value == value_before_update(context, inspected);
  const double slope = is_slope ? inspected.node.gradient[inspected.entry] : 0;
  chosen = {session.revision(), inspected.index, inspected.entry, value,
            readable_range(session, inspected.index, inspected.entry, value, slope)};
  return chosen.range;
}

void draw_nudge_plot(const PanelContext& context, const Inspected& inspected) {
  const Timeline& timeline = context.session.timeline();
  const Theme& theme = context.theme;
  const double value = inspected.node.value[inspected.entry];
  const double start = value_before_update(context, inspected);
  const NudgeRange x = nudge_range(context, inspected, value);
  const std::vector<double>& losses =
      context.session.loss_curve(inspected.index, inspected.entry, x.from, x.to);

  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Rect plot = {at.x, at.y, line_width(context), context.px(plot_height)};
  const Curve curve = {losses,
                       x,
                       loss_range(losses),
                       {plot.x, plot.y + context.px(4), plot.width, plot.height - context.px(24)}};
  ImGui::InvisibleButton("curve", {plot.width, plot.height});
  probe(context, "inspector.curve", plot);
  drag_point(context, inspected, curve, value);

  ImGuiPainter painter = painter_for(context);
  const float thin = std::max(1.0f, context.px(1));
  painter.line({curve.rect.x, curve.rect.bottom()}, {curve.rect.right(), curve.rect.bottom()},
               theme.line, thin);
  draw_ends(context, painter, curve, curve.rect.bottom() + context.px(5),
            inspected.words.name + inspected.words.entry);
  painter.push_clip(
      {plot.x - context.px(6), plot.y, plot.width + context.px(12), curve.rect.bottom() - plot.y});
  const bool arrived = timeline.gradient_arrived(inspected.index) == Arrived::all;
  const double slope = inspected.node.gradient[inspected.entry];
  draw_curve(painter, curve, theme.value, context.px(2));
  if (arrived && std::isfinite(slope))
    draw_tangent(painter, curve, start, slope, theme.gradient, context.px(1.5f));
  const Point dot = curve.point(value, curve.loss_at(value));
  const Point before = curve.point(start, curve.loss_at(start));
  if (value != start) draw_ring(context, painter, before);
  draw_dot(context, painter, dot);
  painter.pop_clip();
  draw_loss(context, painter, curve, before);
}

void draw_slope(const PanelContext& context, const Inspected& inspected) {
  const Theme& theme = context.theme;
  const std::string& when = inspected.words.gradient_when;
  if (!when.empty())
    return text_wrapped(context, Face::ui, 12, theme.text_faint,
                        text("Its slope is the gradient, which {}.", when));
  const bool moved =
      inspected.node.value[inspected.entry] != value_before_update(context, inspected);
  const char* const where =
      moved ? "slope before the update = gradient = " : "slope of the tangent = gradient = ";
  flowing_text(context, Face::ui, 12,
               {{where, Tone::soft},
                {formula_number(inspected.node.gradient[inspected.entry]), Tone::gradient}});
}

}  // namespace

void draw_nudge_card(const PanelContext& context, const Inspected& inspected) {
  const Timeline& timeline = context.session.timeline();
  const Theme& theme = context.theme;
  if (!inspected.node.reaches_loss || !inspected.node.has_gradient) return;
  if (!timeline.value_known(inspected.index) || inspected.index == timeline.graph().loss()) return;
  begin_card(context, text("WHAT A NUDGE OF {}{} DOES TO THE LOSS", inspected.words.name,
                           inspected.words.entry));
  if (context.view.training) {
    text_wrapped(context, Face::ui, 12, theme.text_faint, "Paused while training.");
    end_card(context);
    return;
  }
  if (can_be_nudged(inspected.node.value[inspected.entry]) &&
      can_be_nudged(value_before_update(context, inspected))) {
    draw_nudge_plot(context, inspected);
    gap(context, 2);
    draw_slope(context, inspected);
  } else {
    text_wrapped(
        context, Face::ui, 12, theme.text_soft,
        "A number that is not finite, or nearly too large for a double, cannot be nudged.");
  }
  end_card(context);
}

}  // namespace backstep
