#include "app/plots/waterfall.h"

#include <algorithm>
#include <cmath>

#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "core/base/text.h"

namespace backstep {
namespace {

// Sizes in pixels at a user interface scale of 1.
constexpr float way_label_pixels = 12.5f, factor_pixels = 12, words_pixels = 12.5f;
constexpr float least_way_row = 17, most_way_row = 28, words_row = 19, most_bar = 20;
constexpr int key_rows_at_most = 2;

// How each kind of step is drawn and called: the one table of them.
struct KindLook {
  FlowKind kind;
  const char* words;
  Color Theme::*color;
};
constexpr KindLook looks[] = {
    {FlowKind::loss, "loss", &Theme::text_soft},
    {FlowKind::weights, "weights", &Theme::flow_weights},
    {FlowKind::slope, "activation slopes", &Theme::flow_slope},
    {FlowKind::batch_norm, "batch norm", &Theme::flow_batch_norm},
    {FlowKind::data, "data", &Theme::flow_data},
    {FlowKind::other, "other ops", &Theme::flow_other},
};

const KindLook& look_of(FlowKind kind) {
  return *std::find_if(std::begin(looks), std::end(looks),
                       [kind](const KindLook& look) { return look.kind == kind; });
}

std::string factor_text(double factor) {
  if (!std::isfinite(factor) || factor == 0) return "×" + with_minus(fixed_number(factor, 0));
  const bool plain = factor >= 0.005 && factor < 99.5;
  return "×" + with_minus(plain ? fixed_number(factor, 2) : scientific_number(factor, 1));
}

std::string layer_words(const std::vector<std::string>& layers, int layer) {
  const auto index = static_cast<std::size_t>(layer);
  return index < layers.size() && !layers[index].empty() ? layers[index] : "the first parameters";
}

// The steps that lead to the last one. What branches off on the way, to the input
// itself, does not reach the first layer's parameters.
std::vector<FlowStep> way_of(const std::vector<FlowStep>& flow) {
  std::vector<FlowStep> way;
  for (int i = static_cast<int>(flow.size()) - 1; i >= 0;
       i = flow[static_cast<std::size_t>(i)].from)
    way.push_back(flow[static_cast<std::size_t>(i)]);
  std::reverse(way.begin(), way.end());
  return way;
}

// Steps that share a row: one each, or those of one layer in a row.
std::vector<WaterfallRow> rows_of(const std::vector<FlowStep>& flow,
                                  const std::vector<std::string>& layers, bool by_layer) {
  std::vector<WaterfallRow> rows;
  for (std::size_t i = 0; i < flow.size(); ++i) {
    const bool joins = by_layer && i > 0 && flow[i].layer == flow[i - 1].layer &&
                       flow[i].kind != FlowKind::loss && flow[i - 1].kind != FlowKind::loss;
    if (joins) {
      rows.back().last = i + 1;
      rows.back().label = layer_words(layers, flow[i].layer);
    } else {
      rows.push_back({flow[i].label, "", {}, {}, i, i + 1});
    }
  }
  for (WaterfallRow& row : rows) {
    double factor = 1;
    for (std::size_t i = row.first; i < row.last; ++i) factor *= flow[i].factor;
    row.factor = factor_text(factor);
  }
  return rows;
}

float height_of(std::size_t rows, float ui_scale, float row = least_way_row) {
  return (row * static_cast<float>(rows) + words_row * (1 + key_rows_at_most) + 12) * ui_scale;
}

// Norms to pixels: the largest at the left.
struct FlowAxis {
  double most = 0, least = 0;  // natural logarithms
  float left = 0, right = 0, zero = 0;

  float pixel(double norm) const {
    if (!(norm > 0)) return zero;
    return left + (right - left) * static_cast<float>((most - std::log(norm)) / (most - least));
  }
};

FlowAxis axis_of(const std::vector<FlowStep>& flow, float left, float right) {
  FlowAxis axis;
  bool zero = false;
  for (const FlowStep& step : flow) {
    zero |= step.norm == 0;
    if (!(step.norm > 0) || !std::isfinite(step.norm)) continue;
    axis.most = std::max(axis.most, std::log(step.norm));
    axis.least = std::min(axis.least, std::log(step.norm));
  }
  if (axis.most - axis.least < 0.1) axis.least = axis.most - 0.1;
  axis.left = left;
  // A bar that falls to 0 continues beyond the smallest norm.
  axis.zero = right;
  axis.right = zero ? left + (right - left) * 0.85f : right;
  return axis;
}

std::vector<float> decades_of(const FlowAxis& axis) {
  std::vector<float> decades;
  const int first = static_cast<int>(std::ceil(axis.least / std::log(10.0) - 1e-9));
  const int last = static_cast<int>(std::floor(axis.most / std::log(10.0) + 1e-9));
  const int stride = (last - first) / 12 + 1;
  for (int e = first; e <= last; ++e)
    if (e % stride == 0) decades.push_back(axis.pixel(std::pow(10.0, e)));
  return decades;
}

void place_bars(WaterfallRow& row, const std::vector<FlowStep>& flow, const FlowAxis& axis,
                float ui_scale) {
  const float height = std::min(row.rect.height - 3 * ui_scale, most_bar * ui_scale);
  const float top = row.rect.center().y - height / 2, thinnest = 2 * ui_scale;
  for (std::size_t i = row.first; i < row.last; ++i) {
    const FlowStep& step = flow[i];
    if (!std::isfinite(step.norm)) continue;
    const float begin = axis.pixel(i > 0 ? flow[i - 1].norm : 1), to = axis.pixel(step.norm);
    const float left = std::min(begin, to), width = std::max(std::abs(to - begin), thinnest);
    row.bars.push_back({{left, top, width, height}, step.kind, step.factor > 1});
  }
}

std::string arrives_text(const std::vector<FlowStep>& flow,
                         const std::vector<std::string>& layers) {
  const FlowStep& last = flow.back();
  if (std::isnan(last.norm)) return text("not a number after {}", last.label);
  if (std::isinf(last.norm)) return text("infinite after {}", last.label);
  if (last.norm == 0) return text("nothing is left after {}", last.label);
  const std::string norm =
      last.norm < 0.001 ? scientific_number(last.norm, 1) : short_number(last.norm);
  return text("= {} arrives at {}", with_minus(norm), layer_words(layers, last.layer));
}

// The key in rows from the top of `rect` down; returns how high it is.
float place_key(Waterfall& waterfall, const Painter& painter, const std::vector<FlowStep>& flow) {
  const float scale = waterfall.ui_scale, pixels = words_pixels * scale, row = words_row * scale;
  const float sample = 16 * scale, between = 14 * scale, left = waterfall.rect.x;
  Point at = {left, waterfall.rect.y};
  for (const KindLook& look : looks) {
    const bool occurs = std::any_of(flow.begin(), flow.end(),
                                    [&](const FlowStep& step) { return step.kind == look.kind; });
    if (!occurs || look.kind == FlowKind::loss) continue;
    const float width = sample + painter.text_width(look.words, Face::ui, pixels);
    if (at.x > left && at.x + width > waterfall.rect.right()) at = {left, at.y + row};
    if (width > waterfall.rect.width || at.y - waterfall.rect.y > row * (key_rows_at_most - 0.5f))
      break;
    waterfall.key.push_back({look.kind, look.words, {at.x, at.y, width, row}});
    at.x += width + between;
  }
  return waterfall.key.empty() ? 0 : waterfall.key.back().rect.bottom() - waterfall.rect.y;
}

void draw_row(Painter& painter, const Waterfall& waterfall, const WaterfallRow& row,
              const Theme& theme) {
  const float scale = waterfall.ui_scale, middle = row.rect.center().y;
  const float label = way_label_pixels * scale, factor = factor_pixels * scale;
  const float room = waterfall.label_right - waterfall.rect.x;
  painter.text({waterfall.label_right, middle - label / 2},
               elided(painter, row.label, Face::mono, label, room), Face::mono, label, theme.text,
               Align::right);
  float end = waterfall.label_right + 8 * scale;
  for (const WaterfallBar& bar : row.bars) {
    const Color color = theme.*look_of(bar.kind).color;
    const float rounding = std::min(2 * scale, bar.rect.width / 3);
    if (bar.grows) painter.fill(bar.rect, theme.card, rounding);
    painter.fill(bar.rect, bar.grows ? color.with_alpha(0.25) : color, rounding);
    if (bar.grows) painter.frame(bar.rect, color, rounding, std::max(1.0f, 1.2f * scale));
    end = std::max(end, bar.rect.right());
  }
  painter.text({end + 6 * scale, middle - factor / 2}, row.factor, Face::mono, factor,
               theme.text_soft);
}

// The next bar begins where this one ends.
void draw_hanger(Painter& painter, const Waterfall& waterfall, const WaterfallRow& above,
                 const WaterfallRow& below, const Theme& theme) {
  if (above.bars.empty() || below.bars.empty()) return;
  const WaterfallBar& bar = above.bars.back();
  const float x = bar.grows ? bar.rect.x : bar.rect.right();
  painter.line({x, bar.rect.bottom()}, {x, below.bars.front().rect.y}, theme.text_faint,
               std::max(1.0f, std::round(waterfall.ui_scale)));
}

}  // namespace

float least_waterfall_height(const std::vector<FlowStep>& flow, float ui_scale) {
  return height_of(rows_of(way_of(flow), {}, true).size(), ui_scale);
}

float full_waterfall_height(const std::vector<FlowStep>& flow, float ui_scale) {
  return height_of(way_of(flow).size(), ui_scale);
}

float most_waterfall_height(const std::vector<FlowStep>& flow, float ui_scale) {
  return height_of(way_of(flow).size(), ui_scale, most_way_row);
}

Waterfall lay_out_waterfall(const Painter& painter, Rect rect, float ui_scale,
                            const std::vector<FlowStep>& whole_flow,
                            const std::vector<std::string>& layers) {
  const std::vector<FlowStep> flow = way_of(whole_flow);
  Waterfall waterfall;
  waterfall.rect = rect;
  waterfall.ui_scale = ui_scale;
  if (flow.empty()) return waterfall;
  const float key = place_key(waterfall, painter, flow), sentence = words_row * ui_scale;
  const float room = rect.height - key - sentence - 8 * ui_scale;
  const bool by_layer = static_cast<float>(flow.size()) * least_way_row * ui_scale > room;
  waterfall.rows = rows_of(flow, layers, by_layer);

  float labels = 0, factors = 0;
  for (const WaterfallRow& row : waterfall.rows) {
    labels =
        std::max(labels, painter.text_width(row.label, Face::mono, way_label_pixels * ui_scale));
    factors =
        std::max(factors, painter.text_width(row.factor, Face::mono, factor_pixels * ui_scale));
  }
  waterfall.label_right = rect.x + std::min(labels + 2 * ui_scale, rect.width * 0.35f);
  const float left = waterfall.label_right + 10 * ui_scale;
  const FlowAxis axis =
      axis_of(flow, left, std::max(left + 10 * ui_scale, rect.right() - factors - 10 * ui_scale));
  waterfall.decades = decades_of(axis);

  const auto count = static_cast<float>(waterfall.rows.size());
  const float height = std::clamp(room / count, 1.0f, most_way_row * ui_scale);
  for (std::size_t i = 0; i < waterfall.rows.size(); ++i) {
    WaterfallRow& row = waterfall.rows[i];
    row.rect = {rect.x, rect.y + height * static_cast<float>(i), rect.width, height};
    place_bars(row, flow, axis, ui_scale);
  }
  waterfall.arrives = arrives_text(flow, layers);
  waterfall.broken = !(flow.back().norm > 0) || !std::isfinite(flow.back().norm);
  waterfall.arrives_rect = {rect.x, rect.y + height * count + 4 * ui_scale, rect.width, sentence};
  // Right beneath, or at the bottom where rows have no room to spare.
  const float key_top =
      std::min(waterfall.arrives_rect.bottom() + 4 * ui_scale, rect.bottom() - key);
  for (WaterfallKey& entry : waterfall.key) entry.rect.y += key_top - rect.y;
  waterfall.bottom = key_top + key;
  return waterfall;
}

void draw_waterfall(Painter& painter, const Waterfall& waterfall, const Theme& theme) {
  if (waterfall.rows.empty()) return;
  const float scale = waterfall.ui_scale, pixels = words_pixels * scale;
  const float bottom = waterfall.rows.back().rect.bottom();
  for (float x : waterfall.decades)
    painter.line({x, waterfall.rect.y}, {x, bottom}, theme.grid, std::max(1.0f, std::round(scale)));
  for (std::size_t i = 0; i + 1 < waterfall.rows.size(); ++i)
    draw_hanger(painter, waterfall, waterfall.rows[i], waterfall.rows[i + 1], theme);
  for (const WaterfallRow& row : waterfall.rows) draw_row(painter, waterfall, row, theme);

  const Rect& arrives = waterfall.arrives_rect;
  painter.text({arrives.x, arrives.y + (arrives.height - pixels) / 2},
               elided(painter, waterfall.arrives, Face::bold, pixels, arrives.width), Face::bold,
               pixels, waterfall.broken ? theme.warning : theme.gradient);
  for (const WaterfallKey& key : waterfall.key) {
    const float size = 9 * scale, top = key.rect.center().y;
    painter.fill({key.rect.x, top - size / 2, size, size}, theme.*look_of(key.kind).color,
                 2 * scale);
    painter.text({key.rect.x + 16 * scale, top - pixels / 2}, key.words, Face::ui, pixels,
                 theme.text_soft);
  }
}

}  // namespace backstep
