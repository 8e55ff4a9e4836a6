// The ways from a number to the loss: what each contributes to the gradient,
// and that together they are the gradient.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/explain/path_words.h"
#include "app/explain/symbols.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/panels/inspector/inspector_cards.h"
#include "app/plots/verdict_mark.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"
#include "core/base/number_words.h"
#include "core/base/text.h"

namespace backstep {
namespace {

constexpr std::size_t most_paths_shown = 6;
constexpr float path_row_height = 25, path_text_size = 12.5f, bars_height = 46,
                bar_label_size = 10.5f;
constexpr std::size_t most_bars = 40;
constexpr std::size_t most_full_names = 8;  // in longer paths slopes are written "σ′" alone

// The path that is highlighted in the graph, if any.
struct Lit {
  std::vector<int> edges;
  std::vector<Index> entries;
  bool operator==(const Lit&) const = default;
};

Lit lit_by(const GradientPath& path) { return {edges_of(path), entries_of(path)}; }

// The pointer over the list of paths: the path under it is lit while it is
// there, in place of the one that is held, which comes back.
struct PathHighlight {
  bool hovers = false;
  Lit hovered, before;  // `before`: what is lit without the pointer
  Lit held;             // what a click in this card lit
  int node = -1;        // whose paths they are
  Index entry = -1;
};

PathHighlight& highlight_of(const PanelContext& context) {
  return context.interaction.of<PathHighlight>();
}

void light(const PanelContext& context, const Lit& lit) {
  context.actions.push(action::LightPath{lit.edges, lit.entries});
}

Lit lit_now(const PanelContext& context) {
  return {context.view.lit_edges, context.view.lit_entries};
}

// When another number is inspected, a highlight that this card made is removed.
void begin(const PanelContext& context, const Inspected& inspected) {
  PathHighlight& highlight = highlight_of(context);
  if (highlight.node == inspected.index && highlight.entry == inspected.entry) return;
  const Lit now = lit_now(context);
  const bool mine = !now.edges.empty() &&
                    (now == highlight.held || (highlight.hovers && now == highlight.hovered));
  if (mine) light(context, {});
  highlight = {};
  highlight.node = inspected.index;
  highlight.entry = inspected.entry;
}

void follow_pointer(const PanelContext& context, const GradientPath* under) {
  PathHighlight& highlight = highlight_of(context);
  if (under) {
    const Lit wanted = lit_by(*under);
    if (!highlight.hovers) highlight.before = lit_now(context);
    if (!highlight.hovers || highlight.hovered != wanted) light(context, wanted);
    highlight.hovers = true;
    highlight.hovered = wanted;
  } else if (highlight.hovers) {
    if (lit_now(context) == highlight.hovered) light(context, highlight.before);
    highlight.hovers = false;
  }
}

// A click keeps a path highlighted, a second one releases it.
void hold(const PanelContext& context, const GradientPath& path) {
  const Lit lit = lit_by(path);
  PathHighlight& highlight = highlight_of(context);
  const bool again = highlight.before == lit;
  highlight.before = highlight.held = again ? Lit{} : lit;
  light(context, again ? Lit{} : lit);
}

bool is_held(const PanelContext& context, const GradientPath& path) {
  const PathHighlight& highlight = highlight_of(context);
  return (highlight.hovers ? highlight.before : lit_now(context)) == lit_by(path);
}

std::string amount(double value) { return with_minus(short_number(value)); }

// ---- the list -------------------------------------------------------------------

// Words at the left, a number at the right.
void total_line(const PanelContext& context, const std::string& words, double number) {
  const float pixels = context.px(path_text_size);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string text = amount(number);
  const float width = line_width(context), taken = context.fonts.width(Face::mono, pixels, text);
  ImGuiPainter painter = painter_for(context);
  const float top = at.y + (context.px(path_row_height) - pixels) / 2;
  painter.text({at.x, top},
               elided(painter, words, Face::ui, pixels, width - taken - context.px(10)), Face::ui,
               pixels, context.theme.text_soft);
  painter.text({at.x + width, top}, text, Face::mono, pixels, context.theme.gradient, Align::right);
  ImGui::Dummy({width, context.px(path_row_height)});
}

// How many factors at the beginning a path has in common with the strongest.
std::size_t common_beginning(const std::vector<PathFactor>& path,
                             const std::vector<PathFactor>& strongest) {
  const auto parting =
      std::mismatch(path.begin(), path.end(), strongest.begin(), strongest.end(),
                    [](const PathFactor& a, const PathFactor& b) { return a.name == b.name; });
  return static_cast<std::size_t>(parting.first - path.begin());
}

// One path: its factors, its product, and a bar for its share of the strongest.
// Where they do not all fit, the first `common` ones, as the strongest has them,
// are left out. True while the pointer is on it.
bool path_row(const PanelContext& context, const GradientPath& path,
              const std::vector<PathFactor>& factors, std::size_t common, std::size_t number,
              double strongest, bool chosen) {
  const Theme& theme = context.theme;
  const float pixels = context.px(path_text_size), height = context.px(path_row_height);
  const float width = line_width(context), out = context.px(6);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string name = "path." + std::to_string(number);
  const bool clicked = ImGui::InvisibleButton(name.c_str(), {width, height});
  const bool hovered = ImGui::IsItemHovered();
  probe(context, name);
  if (clicked) hold(context, path);
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);

  ImGuiPainter painter = painter_for(context);
  const Rect box = {at.x - out, at.y, width + 2 * out, height - context.px(1)};
  if (chosen || hovered)
    painter.fill(box, chosen ? theme.gradient_soft : theme.button_hover, context.px(4));
  const std::string product = amount(path.product);
  const float taken = painter.text_width(product, Face::mono, pixels);
  const float top = at.y + (height - pixels) / 2 - context.px(1);
  const float room = width - taken - context.px(14);
  std::string numbers = path_numbers(factors);
  if (painter.text_width(numbers, Face::mono, pixels) > room)
    numbers = path_numbers(factors, common);
  painter.text({at.x, top}, elided(painter, numbers, Face::mono, pixels, room), Face::mono, pixels,
               theme.text);
  painter.text({at.x + width, top}, product, Face::mono, pixels, theme.gradient, Align::right);
  const float share = static_cast<float>(std::abs(path.product) / strongest);
  const float line = std::max(1.0f, std::round(context.px(2)));
  painter.fill({at.x, at.y + height - context.px(4), std::max(line, width * share), line},
               theme.gradient.with_alpha(0.55), line / 2);
  return hovered;
}

// ---- one path in full -----------------------------------------------------------

// How far each factor takes the product from 1, on a logarithmic scale. Those
// that make it larger are hollow.
void draw_factor_bars(const PanelContext& context, const std::vector<PathFactor>& factors) {
  double low = 0, high = 0, sum = 0;
  for (const PathFactor& part : factors) {
    sum += std::log10(std::abs(part.number));
    low = std::min(low, sum);
    high = std::max(high, sum);
  }
  if (!std::isfinite(sum) || factors.size() > most_bars || factors.size() < 2) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = line_width(context), height = context.px(bars_height);
  const float slot = width / static_cast<float>(factors.size()), bar = slot * 0.72f;
  const float least = std::max(2.0f, std::round(context.px(3)));
  const float label = context.px(bar_label_size);
  ImGuiPainter painter = painter_for(context);
  const auto y_of = [&](double log) {
    return at.y + static_cast<float>((high - log) / std::max(high - low, 1e-9)) * (height - least);
  };
  double before = 0;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const double after = before + std::log10(std::abs(factors[i].number));
    const float top = y_of(std::max(before, after)), bottom = y_of(std::min(before, after)) + least;
    const float x = at.x + slot * static_cast<float>(i) + (slot - bar) / 2;
    if (after > before)
      painter.frame({x, top, bar, bottom - top}, context.theme.gradient, context.px(2),
                    std::max(1.0f, context.px(1.5f)));
    else
      painter.fill({x, top, bar, bottom - top}, context.theme.gradient, context.px(2));
    const std::string& brief = factors[i].brief;
    if (painter.text_width(brief, Face::ui, label) <= slot - context.px(3))
      painter.text({x + bar / 2, at.y + height + context.px(5)}, brief, Face::ui, label,
                   context.theme.text_faint, Align::center);
    before = after;
  }
  ImGui::Dummy({width, height + context.px(8) + label});
  probe(context, "inspector.paths.bars", {at.x, at.y, width, height});
}

// "(p − y)" stays on one line.
std::string unbroken(const std::string& name) {
  std::string text;
  for (char c : name) text += c == ' ' ? "\u00a0" : std::string(1, c);
  return text;
}

void draw_in_full(const PanelContext& context, const GradientPath& path) {
  const Theme& theme = context.theme;
  const std::vector<PathFactor> factors = path_factors(context.session.graph(), path);
  StyledText names;
  for (const PathFactor& part : factors) {
    const bool is_slope = part.brief.ends_with("′");
    const std::string name = factors.size() > most_full_names && is_slope ? part.brief : part.name;
    names.push_back({(&part == &factors.front() ? "" : "· ") + unbroken(name) + " ", Tone::soft});
  }
  flowing_text(context, Face::mono, path_text_size, names, context.px(14));
  StyledText numbers;
  for (const PathFactor& part : factors) {
    const bool first = &part == &factors.front();
    numbers.push_back(
        {first ? formula_number(part.number) + " " : "· " + factor(part.number) + " "});
  }
  flowing_text(context, Face::mono, path_text_size, numbers, context.px(14));
  text_line(context, Face::mono, path_text_size + 0.5f, theme.gradient,
            "= " + amount(path.product));
  gap(context, 5);
  draw_factor_bars(context, factors);
}

// ---- the sum --------------------------------------------------------------------

// The sum of all products against the gradient of the backward pass.
void draw_proof(const PanelContext& context, const Inspected& inspected, const Paths& paths) {
  const Theme& theme = context.theme;
  const double gradient = inspected.node.gradient[inspected.entry];
  const std::string name = inspected.words.gradient + inspected.words.entry;
  if (context.session.setup().precision != Precision::float64)
    return text_wrapped(context, Face::ui, 12, theme.text_faint,
                        text("{}, rounded on the way back, is {}.", name, amount(gradient)));
  const double size = std::max(std::abs(gradient), std::abs(paths.sum));
  const bool same = std::abs(gradient - paths.sum) <= 1e-9 * std::max(size, 1e-12);
  const Verdict verdict = same ? Verdict::agrees : Verdict::differs;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float radius = context.px(5.5f);
  ImGuiPainter painter = painter_for(context);
  draw_verdict(painter, theme, verdict, {at.x + radius, at.y + context.px(12) * 0.75f}, radius);
  const float indent = context.px(17);
  const std::string words =
      same ? text("equals {}", name) : text("but {} is {}", name, amount(gradient));
  const float height =
      flowing_text(context, Face::ui, 12, {{words, tone_of(verdict)}}, indent, indent);
  probe(context, "inspector.paths.sum", {at.x, at.y, line_width(context), height});
}

// The sum of the paths that are not listed; what only rounding has left counts as 0.
double sum_of_others(const Paths& paths, std::size_t listed) {
  double sum = paths.rest;
  if (std::abs(sum) < 1e-13 * std::abs(paths.strongest.front().product)) sum = 0;
  for (std::size_t i = listed; i < paths.strongest.size(); ++i) sum += paths.strongest[i].product;
  return sum;
}

void draw_several(const PanelContext& context, const Inspected& inspected, const Paths& paths) {
  const std::size_t rows = std::min(most_paths_shown, paths.strongest.size());
  const double strongest = std::abs(paths.strongest.front().product);
  const GradientPath* under = nullptr;
  const GradientPath* shown = &paths.strongest.front();
  std::vector<std::vector<PathFactor>> factors;
  for (std::size_t i = 0; i < rows; ++i)
    factors.push_back(path_factors(context.session.graph(), paths.strongest[i]));
  for (std::size_t i = 0; i < rows; ++i) {
    const GradientPath& path = paths.strongest[i];
    const bool held = is_held(context, path);
    const std::size_t common = i == 0 ? 0 : common_beginning(factors[i], factors[0]);
    if (path_row(context, path, factors[i], common, i, strongest, held)) under = &path;
    if (held) shown = &path;
  }
  follow_pointer(context, under);
  const double others = paths.count - static_cast<double>(rows);
  if (others > 0) {
    const std::string count =
        others < 1e15 ? grouped(static_cast<long>(others)) : two_digits(others);
    total_line(context, others == 1 ? "the other path" : text("the other {} paths together", count),
               sum_of_others(paths, rows));
  }
  rule(context);
  total_line(context, "sum of all paths", paths.sum);
  draw_proof(context, inspected, paths);
  gap(context, 4);
  rule(context);
  text_line(context, Face::ui, 12, context.theme.text_faint,
            shown == &paths.strongest.front() ? "the strongest path" : "the highlighted path");
  draw_in_full(context, *shown);
}

void draw_single(const PanelContext& context, const Inspected& inspected, const Paths& paths) {
  const GradientPath& path = paths.strongest.front();
  const ImVec2 top = ImGui::GetCursorScreenPos();
  draw_in_full(context, path);
  const ImVec2 end = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(top);
  if (ImGui::InvisibleButton("path.0", {line_width(context), end.y - top.y})) hold(context, path);
  const bool hovered = ImGui::IsItemHovered();
  probe(context, "path.0");
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  follow_pointer(context, hovered ? &path : nullptr);
  draw_proof(context, inspected, paths);
}

void draw_paths(const PanelContext& context, const Inspected& inspected, const Paths& paths) {
  const Theme& theme = context.theme;
  if (paths.too_large) {
    text_wrapped(context, Face::ui, 12.5f, theme.text_soft,
                 "There are too many paths from here to the loss to list them. Look at a single "
                 "sample (click it in Train), or use a smaller batch or narrower layers.");
    return;
  }
  if (paths.strongest.empty()) {
    text_wrapped(context, Face::ui, 12.5f, theme.text_soft,
                 paths.count == 1
                     ? "The only path has a factor of 0: nothing comes back along it."
                     : "Every path has a factor of 0: nothing comes back along any of them.");
    return;
  }
  if (paths.count == 1)
    draw_single(context, inspected, paths);
  else
    draw_several(context, inspected, paths);
}

std::string count_words(const Paths& paths) {
  if (paths.too_large) return "";
  if (paths.count == 1) return "1 path";
  return (paths.count < 1e15 ? grouped(static_cast<long>(paths.count)) : two_digits(paths.count)) +
         " paths";
}

}  // namespace

void draw_paths_card(const PanelContext& context, const Inspected& inspected) {
  const Graph& graph = context.session.graph();
  if (!inspected.node.reaches_loss || !inspected.node.has_gradient) return;
  if (inspected.index == graph.loss()) return;
  const std::string title = text("PATHS FROM {}{} TO {}", inspected.words.name,
                                 inspected.words.entry, symbol(graph, graph.loss()));
  begin(context, inspected);
  // Nothing gives the gradient away before it has come back.
  const bool arrived = context.session.timeline().gradient_arrived(inspected.index) == Arrived::all;
  if (context.view.training || !arrived) {
    begin_card(context, title);
    const std::string& when = inspected.words.gradient_when;
    text_wrapped(context, Face::ui, 12, context.theme.text_faint,
                 context.view.training ? "Paused while training."
                                       : text("They add up to the gradient, which {}.", when));
    end_card(context);
    return;
  }
  const Paths& paths = context.session.paths(inspected.index, inspected.entry);
  begin_card(context, title, count_words(paths));
  draw_paths(context, inspected, paths);
  probe(context, "inspector.paths", end_card(context));
}

}  // namespace backstep
