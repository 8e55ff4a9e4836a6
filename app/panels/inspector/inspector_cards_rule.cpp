// The cards made of equations: forward, the chain rule, and where a gradient
// comes from.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/explain/check_summary.h"
#include "app/explain/symbols.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/panels/inspector/inspector_cards.h"
#include "app/plots/verdict_mark.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"

namespace backstep {
namespace {

constexpr float equation_size = 13;
constexpr std::size_t most_users = 8;  // of a node that are written out

float width_of(const PanelContext& context, const std::string& text) {
  return context.fonts.width(Face::mono, context.px(equation_size), text);
}

// A result stands out from what it is made of.
bool is_result(const TextPiece& piece) {
  return piece.tone == Tone::value || piece.tone == Tone::gradient;
}

// Equal signs stand below each other at `column`, unless the left side is
// longer than that.
void draw_equation(const PanelContext& context, const Equation& equation, float column) {
  const Theme& theme = context.theme;
  const float pixels = context.px(equation_size), space = width_of(context, " ");
  ImGuiPainter painter = painter_for(context);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string left =
      elided(painter, equation.left, Face::mono, pixels, line_width(context) * 0.8f);
  const bool is_place = left.starts_with("[");
  painter.text({at.x, at.y + pixels * 0.25f}, left, Face::mono, pixels,
               is_place ? theme.text_faint : theme.text);
  const float left_width = width_of(context, left);
  const float start = left_width > column ? left_width + space : column + (column > 0 ? space : 0);
  const bool result = !equation.right.empty() && is_result(equation.right.back());
  StyledText right = {
      {equation.sign + std::string(" "), result ? equation.right.back().tone : Tone::soft}};
  right.insert(right.end(), equation.right.begin(), equation.right.end());
  const float hang = column + (column > 0 ? space : 0) + width_of(context, "= ");
  flowing_text(context, Face::mono, equation_size, right, hang, start);
}

void draw_equations(const PanelContext& context, const Equations& equations) {
  float column = 0;
  for (const Equation& equation : equations)
    column = std::max(column, width_of(context, equation.left));
  column = std::min(column, line_width(context) * 0.36f);
  for (const Equation& equation : equations) draw_equation(context, equation, column);
}

// ---- the nudge check ------------------------------------------------------------

void draw_check(const PanelContext& context, int node, Index entry) {
  const Theme& theme = context.theme;
  if (context.view.training) {
    text_wrapped(context, Face::ui, 12, theme.text_faint, "nudge check: paused while training");
    return;
  }
  const GradientCheck& check = context.session.check(node, entry);
  const Tone tone = tone_of(check.verdict);
  ImGuiPainter painter = painter_for(context);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float size = context.px(12), radius = context.px(5.5f);
  draw_verdict(painter, theme, check.verdict, {at.x + radius, at.y + size * 0.75f}, radius);
  const float indent = context.px(17);
  StyledText words = {{"nudge check  ", tone}};
  if (check.unclear != Unclear::nothing)
    words.push_back({check_words(check), tone});
  else
    words.insert(words.end(), {{with_minus(full_number(check.analytic)) + " ", tone},
                               {"vs ", tone},
                               {with_minus(full_number(check.numeric)), tone}});
  const float height = flowing_text(context, Face::ui, 12, words, indent, indent);
  probe(context, "inspector.check", {at.x, at.y, line_width(context), height});
  if (check.verdict == Verdict::kink)
    text_wrapped(context, Face::ui, 12, theme.text_soft,
                 "A kink: the slopes to its left and right differ.");
  const Precision precision = context.session.setup().precision;
  if (check.verdict == Verdict::differs)
    text_wrapped(context, Face::ui, 12, theme.text_soft,
                 precision == Precision::float64
                     ? "The chain rule and the nudge disagree."
                     : text("They differ because the gradient is rounded to {} and the nudge "
                            "is not.",
                            format_of(precision).name));
}

void draw_contribution(const PanelContext& context, const Contribution& part) {
  draw_equations(context, part.equations);
  if (!part.known || !part.whole) return;
  gap(context, 3);
  draw_check(context, part.operand, part.entry);
}

// What differs when a single sample is run, which goes through the network as it
// is used after training.
std::string single_sample_words(const Node& node) {
  const std::string op = node.op->name;
  if (op == "batch_norm")
    return "A single sample has no spread, so the running mean and variance from training "
           "are used.";
  if (op == "dropout")
    return "A single sample is run as the trained network would be used: nothing is dropped.";
  return "";
}

}  // namespace

void draw_forward_card(const PanelContext& context, const Inspected& inspected) {
  begin_card(context, "FORWARD", inspected.words.entry);
  draw_equations(context, inspected.words.forward);
  const std::string alone =
      context.session.picked_sample() ? single_sample_words(inspected.node) : "";
  if (!alone.empty()) {
    gap(context, 4);
    text_wrapped(context, Face::ui, 12, context.theme.text_soft, alone);
    probe(context, "inspector.alone");
  }
  end_card(context);
}

void draw_chain_rule_card(const PanelContext& context, const Inspected& inspected) {
  begin_card(context, "BACKWARD: THE CHAIN RULE", inspected.words.entry);
  const auto& parts = inspected.words.hands_on;
  for (const Contribution& part : parts) {
    if (&part != &parts.front()) rule(context);
    draw_contribution(context, part);
  }
  if (parts.empty())
    text_wrapped(context, Face::ui, 12.5f, context.theme.text_soft,
                 "No gradient comes back here: the loss does not depend on this node.");
  end_card(context);
}

void draw_origin_card(const PanelContext& context, const Inspected& inspected) {
  const auto& parts = inspected.words.receives;
  if (parts.empty()) return;
  const bool leaf = inspected.node.is_leaf();
  begin_card(context, leaf ? "BACKWARD: THE CHAIN RULE" : "WHERE ITS GRADIENT COMES FROM",
             inspected.words.entry);
  for (std::size_t i = 0; i < std::min(parts.size(), most_users); ++i) {
    if (i > 0) rule(context);
    text_line(context, Face::ui, 12, context.theme.text_faint, "through " + parts[i].through);
    draw_equations(context, parts[i].equations);
  }
  if (parts.size() > most_users)
    text_line(context, Face::ui, 12, context.theme.text_faint,
              text("… and through {} more", parts.size() - most_users));
  if (!inspected.words.total.empty()) {
    rule(context);
    draw_equations(context, inspected.words.total);
  }
  if (leaf && inspected.words.gradient_when.empty()) {
    gap(context, 3);
    draw_check(context, inspected.index, inspected.entry);
  }
  end_card(context);
}

}  // namespace backstep
