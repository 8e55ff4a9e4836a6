#include "app/plots/field_picture.h"

#include <algorithm>
#include <cmath>

#include "app/paint/heat.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/plots/axis.h"

namespace backstep {
namespace {

constexpr double least_color = 0.4;   // of a sample
constexpr float least_signed = 1.5f;  // times the usual size: from here on with + or −
constexpr float field_tick_pixels = 12, tick_gap = 6, input_name_pixels = 12;

double input_of(const Samples& samples, long sample, Index column) {
  const Index columns = samples.inputs.shape.columns;
  return samples.inputs.entries[static_cast<std::size_t>(sample * columns + column)];
}

double target_of(const Samples& samples, long sample) {
  return samples.targets.entries[static_cast<std::size_t>(sample)];
}

// Where a sample stands: at its second input or, with one input, at its target.
double height_of(const Samples& samples, long sample, int positive_class) {
  if (samples.inputs.shape.columns > 1) return input_of(samples, sample, 1);
  const double target = target_of(samples, sample);
  if (samples.kind == TargetKind::numbers) return target;
  return static_cast<int>(target) == positive_class ? 1 : 0;
}

bool has_one_input(const FieldPicture& picture) {
  if (picture.field) return picture.field->inputs() == 1;
  return picture.samples && picture.samples->inputs.shape.columns == 1;
}

// On the y axis of a curve, classes are 0 and 1, however the network codes them.
bool shows_classes(const FieldPicture& picture) {
  return has_one_input(picture) && !picture.values && picture.samples &&
         picture.samples->kind == TargetKind::classes;
}
double height_of_value(const FieldPicture& picture, double value) {
  if (!shows_classes(picture)) return value;
  return 0.5 + 0.5 * (value - picture.middle) / picture.scale;
}
double value_at_height(const FieldPicture& picture, double height) {
  if (!shows_classes(picture)) return height;
  return picture.middle + picture.scale * (2 * height - 1);
}

double level_of(const FieldPicture& picture, long sample) {
  const double target = target_of(*picture.samples, sample);
  if (picture.samples->kind == TargetKind::classes)
    return static_cast<int>(target) == picture.positive_class ? 1 : -1;
  return std::clamp((target - picture.middle) / picture.scale, -1.0, 1.0);
}

// Numbers on both sides of zero are told apart by their sign, others by whether they
// are above the middle between the least and the greatest.
void set_levels_of_numbers(const Samples& samples, FieldPicture& picture) {
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (long i = 0; i < samples.count(); i += stride_of(samples)) {
    const double target = target_of(samples, i);
    if (!std::isfinite(target)) continue;
    low = std::min(low, target);
    high = std::max(high, target);
  }
  if (!(low <= high)) return;
  picture.middle = low <= 0 && high >= 0 ? 0 : (low + high) / 2;
  picture.scale = std::max(picture.middle - low, high - picture.middle);
  if (!(picture.scale > 0)) picture.scale = 1;
}

// ---- drawing ----

void draw_diamond_point(Painter& painter, Point at, float radius, Color color) {
  // A square standing on its corner is a short line as thick as it is long.
  const float half = radius * 0.5f;
  painter.polyline({{at.x - half, at.y - half}, {at.x + half, at.y + half}}, color,
                   radius * 1.41421f);
}

void draw_shape(Painter& painter, Point at, float radius, bool positive, Color color) {
  if (positive)
    painter.circle(at, radius, color);
  else
    draw_diamond_point(painter, at, radius * 1.15f, color);
}

void draw_sign(Painter& painter, Point at, float reach, bool positive, Color color) {
  const float line = std::max(1.0f, std::round(reach * 0.4f));
  painter.line({at.x - reach, at.y}, {at.x + reach, at.y}, color, line);
  if (positive) painter.line({at.x, at.y - reach}, {at.x, at.y + reach}, color, line);
}

void draw_curve(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                const FieldPicture& picture, const std::vector<double>& values) {
  const InputRange range = input_range_of(picture);
  const double last = static_cast<double>(values.size()) - 1;
  std::vector<Point> line;
  const auto draw_line = [&] {
    painter.polyline(line, theme.value, std::max(1.0f, 2 * ui_scale));
    line.clear();
  };
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      draw_line();
      continue;
    }
    const double t = last > 0 ? static_cast<double>(i) / last : 0.5;
    const double x = range.x_lowest + t * (range.x_highest - range.x_lowest);
    line.push_back(place_in_field(rect, range, x, height_of_value(picture, values[i])));
  }
  draw_line();
}

void draw_plane(Painter& painter, Rect rect, const FieldPicture& picture,
                std::vector<double> values) {
  const int resolution = picture.field->resolution();
  // Beyond the scale colours get no stronger, so that points stay visible.
  for (double& value : values)
    if (!std::isnan(value))
      value = std::clamp(value - picture.middle, -picture.scale, picture.scale);
  painter.heatmap(
      {rect, resolution, resolution, values.data(), picture.scale / field_paleness, true});
}

// Where the curve's answer changes sign, and the horizontal axis.
void draw_zero_line(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                    const FieldPicture& picture) {
  const InputRange range = input_range_of(picture);
  const double height = height_of_value(picture, picture.middle);
  if (height <= range.y_lowest || height >= range.y_highest) return;
  const float y = place_in_field(rect, range, range.x_lowest, height).y;
  painter.line({rect.x, y}, {rect.right(), y}, theme.line, std::max(1.0f, std::round(ui_scale)));
}

// Few points are drawn large, very many small.
float size_among(double points) {
  return static_cast<float>(std::clamp(std::sqrt(600 / (points + 1)), 0.6, 1.0) *
                            std::clamp(std::sqrt(120 / (points + 1)), 1.0, 2.2));
}

void draw_samples(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                  const FieldPicture& picture) {
  const Samples& samples = *picture.samples;
  const InputRange range = input_range_of(picture);
  const long stride = stride_of(samples);
  const double crowd = static_cast<double>(samples.count() / stride);
  const float times = size_among(crowd), radius = picture.point_size * ui_scale * times;
  const auto place = [&](long i) {
    return place_in_field(rect, range, input_of(samples, i, 0),
                          height_of(samples, i, picture.positive_class));
  };
  const auto draw = [&](long i, float size) {
    const bool training = i < samples.train;
    if (training || picture.test_points)
      draw_sample(painter, theme, place(i), size, level_of(picture, i), training,
                  times >= least_signed);
  };
  for (long i = 0; i < samples.count(); i += stride) draw(i, radius);
  if (picture.picked < 0 || picture.picked >= samples.count()) return;
  const Point at = place(picture.picked);
  const float ring = std::round(radius + 5 * ui_scale), line = std::max(1.5f, 2 * ui_scale);
  painter.circle(at, ring, theme.canvas.with_alpha(0.5));
  draw(picture.picked, radius * 1.3f);
  painter.frame({at.x - ring, at.y - ring, 2 * ring, 2 * ring}, theme.text, ring, line);
}

}  // namespace

// ---- what is shown -----------------------------------------------------------

FieldPicture field_picture(const Setup& setup, const DecisionSurface* field, int column) {
  FieldPicture picture;
  picture.field = field;
  picture.samples = setup.samples ? &*setup.samples : nullptr;
  if (picture.samples && picture.samples->kind == TargetKind::numbers) {
    set_levels_of_numbers(*picture.samples, picture);
    return picture;
  }
  const int columns = field && field->known() ? field->answers() : 1;
  const int classes = picture.samples ? picture.samples->classes : 2;
  if (columns > 1) {
    picture.column = std::clamp(classes == 2 ? 1 : column, 0, columns - 1);
    picture.positive_class = picture.column;
  }
  const std::optional<Network>& network = setup.network;
  if (network ? coding_of(*network) != TargetCoding::minus_one_to_one : classes > 2)
    picture.middle = picture.scale = 0.5;
  picture.logits = network && loss_traits(network->loss).answers == LossTraits::Answers::logits;
  return picture;
}

InputRange input_range_of(const FieldPicture& picture) {
  InputRange range = picture.field     ? picture.field->range()
                     : picture.samples ? input_range_of(*picture.samples)
                                       : InputRange{};
  if (!has_one_input(picture) || !picture.field) return range;
  if (picture.values || !picture.samples) {
    range.y_lowest = picture.middle - 1.15 * picture.scale;
    range.y_highest = picture.middle + 1.15 * picture.scale;
  } else {
    const InputRange targets = input_range_of(*picture.samples);
    range.y_lowest = targets.y_lowest;
    range.y_highest = targets.y_highest;
  }
  return range;
}

Point place_in_field(Rect rect, const InputRange& range, double x, double y) {
  const double across = (x - range.x_lowest) / (range.x_highest - range.x_lowest);
  const double up = (y - range.y_lowest) / (range.y_highest - range.y_lowest);
  // Far outside, pixel coordinates would overflow.
  return {rect.x + rect.width * static_cast<float>(std::clamp(across, -100.0, 100.0)),
          rect.bottom() - rect.height * static_cast<float>(std::clamp(up, -100.0, 100.0))};
}

void inputs_at(Rect rect, const InputRange& range, Point at, double& x, double& y) {
  const double across = static_cast<double>((at.x - rect.x) / rect.width);
  const double up = static_cast<double>((rect.bottom() - at.y) / rect.height);
  x = range.x_lowest + across * (range.x_highest - range.x_lowest);
  y = range.y_lowest + up * (range.y_highest - range.y_lowest);
}

long sample_at(Rect rect, const InputRange& range, const Samples& samples, Point at, float reach) {
  long nearest = -1;
  float least = reach;
  for (long i = 0; i < samples.count(); i += stride_of(samples)) {
    const Point place =
        place_in_field(rect, range, input_of(samples, i, 0), height_of(samples, i, 1));
    const float distance = std::hypot(place.x - at.x, place.y - at.y);
    if (distance > least) continue;
    nearest = i;
    least = distance;
  }
  return nearest;
}

std::vector<double> values_shown(const FieldPicture& picture) {
  if (picture.values) return *picture.values;
  if (!picture.field || !picture.field->known()) return {};
  const DecisionSurface& field = *picture.field;
  const int columns = field.answers(), column = std::min(picture.column, columns - 1);
  std::vector<double> values = field.answer(column);
  if (!picture.logits) return values;
  // Softmax of all columns; of one, the sigmoid, whose other logit is 0.
  for (std::size_t i = 0; i < values.size(); ++i) {
    double sum = columns == 1 ? 1 + std::exp(-values[i]) : 0;
    for (int other = 0; columns > 1 && other < columns; ++other)
      sum += std::exp(field.answer(other)[i] - values[i]);
    values[i] = 1 / sum;
  }
  return values;
}

double value_at(const DecisionSurface& field, const std::vector<double>& values, double x,
                double y) {
  const int last = field.resolution() - 1;
  const InputRange& range = field.range();
  const double across = (x - range.x_lowest) / (range.x_highest - range.x_lowest);
  const double down = (range.y_highest - y) / (range.y_highest - range.y_lowest);
  const bool plane = field.inputs() == 2;
  const double column =
      std::clamp(plane ? across * (last + 1) - 0.5 : across * last, 0.0, static_cast<double>(last));
  const double row =
      plane ? std::clamp(down * (last + 1) - 0.5, 0.0, static_cast<double>(last)) : 0;
  const auto at = [&](double r, double c) {
    const auto place = static_cast<std::size_t>(r) * static_cast<std::size_t>(last + 1);
    return values[place + static_cast<std::size_t>(c)];
  };
  const double r = std::floor(row), c = std::floor(column), s = row - r, t = column - c;
  const double right = std::min(c + 1, static_cast<double>(last));
  const double below = plane ? std::min(r + 1, static_cast<double>(last)) : 0;
  return (1 - s) * ((1 - t) * at(r, c) + t * at(r, right)) +
         s * ((1 - t) * at(below, c) + t * at(below, right));
}

// ---- drawing -----------------------------------------------------------------

void draw_sample(Painter& painter, const Theme& theme, Point at, float radius, double level,
                 bool filled, bool with_sign) {
  const bool positive = level >= 0;
  const float rim = std::max(0.7f, radius * 0.25f);
  draw_shape(painter, at, radius + rim, positive, theme.canvas.with_alpha(0.85));
  // A number near the middle keeps enough colour to be seen.
  const double seen = (positive ? 1 : -1) * (least_color + (1 - least_color) * std::abs(level));
  draw_shape(painter, at, radius, positive, heat_color(theme, static_cast<float>(seen)));
  if (!filled) draw_shape(painter, at, radius * 0.5f, positive, theme.canvas);
  if (filled && with_sign) draw_sign(painter, at, radius * 0.5f, positive, theme.canvas);
}

void draw_field(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                const FieldPicture& picture) {
  const std::vector<double> values = values_shown(picture);
  const bool curve = has_one_input(picture);
  painter.fill(rect, curve ? theme.canvas : theme.zero);
  painter.push_clip(rect);
  if (curve)
    draw_zero_line(painter, rect, theme, ui_scale, picture);
  else if (!values.empty())
    draw_plane(painter, rect, picture, values);
  if (picture.samples) draw_samples(painter, rect, theme, ui_scale, picture);
  if (curve) draw_curve(painter, rect, theme, ui_scale, picture, values);
  painter.pop_clip();
}

// ---- axes ----------------------------------------------------------------------

namespace {

struct FieldAxes {
  std::vector<AxisTick> x, y;  // y in values, as they are labelled
  InputRange range;
};

FieldAxes axes_of(const FieldPicture& picture) {
  FieldAxes axes;
  axes.range = input_range_of(picture);
  axes.x = linear_ticks(axes.range.x_lowest, axes.range.x_highest, 6);
  axes.y = linear_ticks(value_at_height(picture, axes.range.y_lowest),
                        value_at_height(picture, axes.range.y_highest), 6);
  return axes;
}

std::string name_of_input(const FieldPicture& picture, std::size_t column) {
  const bool named = picture.samples && column < picture.samples->input_names.size();
  return pretty_name(named ? picture.samples->input_names[column]
                           : "x" + std::to_string(column + 1));
}

}  // namespace

FieldAxesRoom field_axes_room(const Painter& painter, float ui_scale, const FieldPicture& picture) {
  const FieldAxes axes = axes_of(picture);
  float widest = painter.text_width("-10", Face::ui, field_tick_pixels * ui_scale);
  for (const AxisTick& tick : axes.y)
    widest = std::max(
        widest, painter.text_width(with_minus(tick.label), Face::ui, field_tick_pixels * ui_scale));
  return {widest + tick_gap * ui_scale, (field_tick_pixels + tick_gap + 3) * ui_scale};
}

void draw_field_axes(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                     const FieldPicture& picture) {
  const FieldAxes axes = axes_of(picture);
  const float pixels = field_tick_pixels * ui_scale, space = tick_gap * ui_scale;
  const float room = field_axes_room(painter, ui_scale, picture).left;
  // The names of the axes stand at their ends; tick labels there are left out.
  const bool curve = has_one_input(picture);
  const std::string target = picture.samples ? picture.samples->target_name : "y";
  const std::string x_name = elided(painter, name_of_input(picture, 0), Face::ui,
                                    input_name_pixels * ui_scale, rect.width / 3);
  const std::string y_name =
      elided(painter, curve ? pretty_name(target) : name_of_input(picture, 1), Face::ui,
             input_name_pixels * ui_scale, room - space);
  const float x_name_left =
      rect.right() - painter.text_width(x_name, Face::ui, input_name_pixels * ui_scale);
  const float below = rect.bottom() + space;
  painter.text({rect.right(), below}, x_name, Face::ui, input_name_pixels * ui_scale,
               theme.text_faint, Align::right);
  painter.text({rect.x - space, rect.y}, y_name, Face::ui, input_name_pixels * ui_scale,
               theme.text_faint, Align::right);
  float free_from = rect.x - room;
  for (const AxisTick& tick : axes.x) {
    const std::string label = with_minus(tick.label);
    const float width = painter.text_width(label, Face::ui, pixels);
    const float x = place_in_field(rect, axes.range, tick.value, 0).x - width / 2;
    if (x < free_from || x + width > x_name_left - space) continue;
    painter.text({x, below}, label, Face::ui, pixels, theme.text_soft);
    free_from = x + width + space;
  }
  float free_until = rect.bottom() + pixels / 2;
  for (const AxisTick& tick : axes.y) {
    const double height = height_of_value(picture, tick.value);
    const float y = place_in_field(rect, axes.range, axes.range.x_lowest, height).y - pixels / 2;
    if (y + pixels > free_until || y < rect.y + pixels + space) continue;
    painter.text({rect.x - space, y}, with_minus(tick.label), Face::ui, pixels, theme.text_soft,
                 Align::right);
    free_until = y - space;
  }
}

}  // namespace backstep
