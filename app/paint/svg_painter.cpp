#include "app/paint/svg_painter.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "app/paint/curve.h"
#include "app/paint/heat.h"
#include "app/paint/numbers.h"
#include "core/base/text.h"

namespace backstep {
namespace {

// At most two decimals, and no more than needed.
std::string number(float value) {
  if (!std::isfinite(value)) return "0";
  std::string text = fixed_number(static_cast<double>(value), 2);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text.empty() || text == "-" ? "0" : text;
}

std::string attribute(const std::string& name, const std::string& value) {
  return " " + name + "=\"" + value + "\"";
}
std::string attribute(const std::string& name, float value) {
  return attribute(name, number(value));
}

std::string hex(Color c) {
  static const char digits[] = "0123456789abcdef";
  std::string text = "#";
  for (int channel : {c.r, c.g, c.b}) text += {digits[channel / 16], digits[channel % 16]};
  return text;
}

// `role` is fill or stroke.
std::string paint(const std::string& role, Color c) {
  std::string text = attribute(role, hex(c));
  if (c.a < 255) text += attribute(role + "-opacity", static_cast<float>(c.a) / 255.0f);
  return text;
}

std::string stroke(Color color, float thickness, Dash dash) {
  std::string text = attribute("fill", "none") + paint("stroke", color);
  if (thickness != 1) text += attribute("stroke-width", thickness);
  const DashPattern pattern = dash_pattern(dash, thickness);
  if (pattern.off > 0)
    text += attribute("stroke-dasharray", number(pattern.on) + " " + number(pattern.off));
  return text;
}

std::string box(Rect r) {
  return attribute("x", r.x) + attribute("y", r.y) + attribute("width", std::max(0.0f, r.width)) +
         attribute("height", std::max(0.0f, r.height));
}

std::string pair(Point p) { return number(p.x) + " " + number(p.y); }

std::string list(const std::vector<Point>& points) { return joined(points, " ", pair); }

// U+FFFE and U+FFFF, which XML forbids.
bool is_noncharacter(const std::string& text, std::size_t i) {
  const std::string three = text.substr(i, 3);
  return three == "\xef\xbf\xbe" || three == "\xef\xbf\xbf";
}

// ImGui measures a font from its highest to its lowest point, SVG by its em square;
// the ratio is a property of the font file.
float em_size(Face face, float pixels) { return pixels * (face == Face::mono ? 0.7576f : 0.8262f); }

std::string font_attributes(Face face) {
  if (face == Face::mono)
    return attribute("font-family", "'JetBrains Mono', 'DejaVu Sans Mono', monospace");
  std::string text = attribute("font-family", "Inter, 'DejaVu Sans', sans-serif");
  if (face == Face::bold) text += attribute("font-weight", "600");
  return text;
}

}  // namespace

std::string xml_escaped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_length(text, i);
    const char c = text[i];
    if (length == 0)
      out += "\xef\xbf\xbd";  // the replacement character
    else if (length > 1)
      out += is_noncharacter(text, i) ? "\xef\xbf\xbd" : text.substr(i, length);
    else if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else
      out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    i += std::max<std::size_t>(length, 1);
  }
  return out;
}

SvgPainter::SvgPainter(float width, float height, const Fonts& fonts, const Theme& theme,
                       float shown)
    : fonts_(fonts), theme_(theme) {
  document_ =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"" +
      attribute("width", width * shown) + attribute("height", height * shown) +
      attribute("viewBox", "0 0 " + number(width) + " " + number(height)) +
      attribute("xml:space", "preserve") + ">\n";
}

std::string SvgPainter::finish() {
  while (clips_open_ > 0) pop_clip();
  return document_ + "</svg>\n";
}

void SvgPainter::element(const std::string& name, const std::string& attributes) {
  document_ += "<" + name + attributes + "/>\n";
}

void SvgPainter::fill(Rect rect, Color color, float rounding) {
  if (rect.width <= 0 || rect.height <= 0) return;
  const float radius = std::min({rounding, rect.width / 2, rect.height / 2});
  element("rect", box(rect) + (radius > 0 ? attribute("rx", radius) : "") + paint("fill", color));
}

void SvgPainter::fill_top(Rect r, Color color, float rounding) {
  if (r.width <= 0 || r.height <= 0) return;
  const float radius = std::min({rounding, r.width / 2, r.height});
  const std::string arc = "A" + number(radius) + " " + number(radius) + " 0 0 1 ";
  element("path",
          attribute("d", "M" + pair({r.x, r.bottom()}) + "V" + number(r.y + radius) + arc +
                             pair({r.x + radius, r.y}) + "H" + number(r.right() - radius) + arc +
                             pair({r.right(), r.y + radius}) + "V" + number(r.bottom()) + "Z") +
              paint("fill", color));
}

void SvgPainter::frame(Rect rect, Color color, float rounding, float thickness) {
  const float radius = std::max(0.0f, rounding - thickness / 2);
  element("rect", box(rect.inset(thickness / 2)) + (radius > 0 ? attribute("rx", radius) : "") +
                      stroke(color, thickness, Dash::solid));
}

void SvgPainter::circle(Point center, float radius, Color color) {
  element("circle", attribute("cx", center.x) + attribute("cy", center.y) + attribute("r", radius) +
                        paint("fill", color));
}

void SvgPainter::triangle(Point a, Point b, Point c, Color color) {
  element("polygon", attribute("points", list({a, b, c})) + paint("fill", color));
}

void SvgPainter::line(Point a, Point b, Color color, float thickness, Dash dash) {
  Rect rule;
  if (dash == Dash::solid && snap_rule(a, b, thickness, rule)) return fill(rule, color);
  polyline({a, b}, color, thickness, dash);
}

void SvgPainter::polyline(const std::vector<Point>& points, Color color, float thickness,
                          Dash dash) {
  if (points.size() < 2) return;
  element("polyline", attribute("points", list(points)) + stroke(color, thickness, dash) +
                          attribute("stroke-linejoin", "round"));
}

void SvgPainter::edge(const Edge& e) {
  element("path", attribute("d", "M" + pair(e.from) + "C" + pair(e.control_a) + " " +
                                     pair(e.control_b) + " " + pair(e.to)) +
                      stroke(e.color, e.thickness, Dash::solid));
  for_each_light(e, [&](const std::vector<Point>& lit, float brightness) {
    polyline(lit, mix(e.color, theme_.text, 0.7).with_alpha(brightness), e.thickness + 1);
  });
}

void SvgPainter::heatmap(const Heatmap& heatmap) {
  const Rect whole = heat_rect(heatmap);
  const HeatCells cells =
      heat_cells(heatmap, static_cast<int>(whole.height), static_cast<int>(whole.width));
  if (cells.levels.empty()) return;
  // One path a colour keeps a large matrix small. Without crisp edges,
  // neighbours would show hairlines between them.
  std::map<std::string, std::string> paths;
  for_each_heat_cell(heatmap, cells, [&](Rect cell, float level) {
    paths[hex(heat_color(theme_, level))] += "M" + pair({cell.x, cell.y}) + "h" +
                                             number(cell.width) + "v" + number(cell.height) + "h" +
                                             number(-cell.width) + "z";
  });
  document_ += "<g shape-rendering=\"crispEdges\">\n";
  for (const auto& [color, path] : paths)
    element("path", attribute("fill", color) + attribute("d", path));
  for_each_heat_cell(heatmap, cells, [&](Rect cell, float level) {
    const bool large = std::min(cell.width, cell.height) >= heat_tick_size && !heatmap.smooth;
    if (large && level < 0) fill(heat_tick(cell), theme_.text.with_alpha(0.8));
  });
  document_ += "</g>\n";
  for_each_heat_cell(heatmap, cells, [&](Rect cell, float level) {
    const bool hatched = std::min(cell.width, cell.height) >= 4 && level >= heat_nan;
    if (hatched)
      polyline({{cell.x, cell.bottom()}, {cell.right(), cell.y}},
               mix(theme_.error, theme_.zero, 0.65), 1.5f);
  });
}

void SvgPainter::text(Point at, const std::string& text, Face face, float pixels, Color color,
                      Align align) {
  if (text.empty()) return;
  const ImFont& font = *fonts_.at(face, pixels);
  const float baseline = std::round(at.y) + std::round(font.Ascent * pixels / font.FontSize);
  std::string attributes = attribute("x", at.x) + attribute("y", baseline) + font_attributes(face) +
                           attribute("font-size", em_size(face, pixels));
  if (align == Align::center) attributes += attribute("text-anchor", "middle");
  if (align == Align::right) attributes += attribute("text-anchor", "end");
  // A viewer without our font sets the text to the same width, so that nothing overlaps.
  attributes += attribute("textLength", text_width(text, face, pixels)) +
                attribute("lengthAdjust", "spacingAndGlyphs");
  document_ += "<text" + attributes + paint("fill", color) + ">" + xml_escaped(text) + "</text>\n";
}

float SvgPainter::text_width(const std::string& text, Face face, float pixels) const {
  return fonts_.width(face, pixels, text);
}

void SvgPainter::push_clip(Rect rect) {
  const std::string id = "clip" + std::to_string(++clips_made_);
  document_ += "<clipPath" + attribute("id", id) + "><rect" + box(rect) + "/></clipPath>\n<g" +
               attribute("clip-path", "url(#" + id + ")") + ">\n";
  ++clips_open_;
}

void SvgPainter::pop_clip() {
  if (clips_open_ == 0) return;
  document_ += "</g>\n";
  --clips_open_;
}

}  // namespace backstep
