// The nudge check of every gradient: how many agree, parameter by parameter, and
// the numbers of the inspected entry. At the foot of the inspector are buttons for
// the proofs that are not shown.
#include <imgui.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "app/commands/commands.h"
#include "app/explain/check_summary.h"
#include "app/explain/symbols.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/panels/inspector/inspector_cards.h"
#include "app/plots/verdict_mark.h"
#include "app/widgets/precision_choice.h"
#include "app/widgets/probe.h"
#include "app/widgets/tooltip.h"
#include "app/widgets/widgets.h"
#include "core/base/number_words.h"
#include "core/base/text.h"

namespace backstep {
namespace {

constexpr float check_text_size = 12.5f, check_row_height = 24, check_mark_radius = 5.5f;
constexpr std::size_t most_checks_shown = 6;

struct ChecksList {
  bool shows_all = false;
};

std::string error_words(double error) {
  if (!std::isfinite(error)) return "NaN";
  return error == 0 || error >= 0.01 ? exact_number(round_to_two_digits(error))
                                     : scientific_number(error, 1);
}

const char* verdict_words(Verdict verdict) {
  switch (verdict) {
    case Verdict::agrees:
      return " agree";
    case Verdict::kink:
      return " at a kink";
    case Verdict::differs:
      return " differ";
    case Verdict::no_number:
      return " without a number";
    case Verdict::unresolved:
      return " cannot be nudged";
  }
  return "";
}

// ✓ 9 agree   ✕ 3 differ
void draw_counts(const PanelContext& context, const GradientChecks& checks) {
  const Theme& theme = context.theme;
  ImGuiPainter painter = painter_for(context);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float pixels = context.px(13), radius = context.px(6), height = context.px(22);
  const float width = line_width(context);
  float x = 0, y = 0;
  for (const Verdict verdict : {Verdict::agrees, Verdict::differs, Verdict::kink,
                                Verdict::no_number, Verdict::unresolved}) {
    const std::size_t count = checks.count(verdict);
    if (count == 0 && verdict != Verdict::agrees) continue;
    const std::string words = grouped(static_cast<long>(count)) + verdict_words(verdict);
    const float text = painter.text_width(words, Face::bold, pixels);
    const float taken = 2 * radius + context.px(6) + text;
    if (x > 0 && x + taken > width) {
      x = 0;
      y += height;
    }
    draw_verdict(painter, theme, verdict, {at.x + x + radius, at.y + y + height / 2}, radius);
    painter.text({at.x + x + 2 * radius + context.px(6), at.y + y + (height - pixels) / 2}, words,
                 Face::bold, pixels, verdict_color(theme, verdict));
    x += taken + context.px(16);
  }
  ImGui::Dummy({width, y + height});
  probe(context, "checks.counts", {at.x, at.y, width, y + height});
}

// One parameter: its mark, its name, how many entries differ, the worst error.
void draw_parameter(const PanelContext& context, const CheckedParameter& row) {
  const Theme& theme = context.theme;
  const Graph& graph = context.session.graph();
  const Node& node = graph.node(row.parameter);
  const float pixels = context.px(check_text_size), height = context.px(check_row_height);
  const float width = line_width(context), out = context.px(6),
              radius = context.px(check_mark_radius);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string id = "checks.row." + graph.label(row.parameter);
  const bool clicked =
      ImGui::InvisibleButton((id + std::to_string(row.parameter)).c_str(), {width, height});
  const bool hovered = ImGui::IsItemHovered();
  probe(context, id);
  if (clicked) context.view.selection = {row.parameter, row.worst.entry};
  ImGuiPainter painter = painter_for(context);
  if (hovered) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    context.view.hovered_node = row.parameter;
  }
  if (hovered || context.view.selection.node == row.parameter)
    painter.fill({at.x - out, at.y, width + 2 * out, height},
                 hovered ? theme.button_hover : theme.button_hover.with_alpha(0.6), context.px(4));
  draw_verdict(painter, theme, row.verdict(), {at.x + radius, at.y + height / 2}, radius);
  const float top = at.y + (height - pixels) / 2, left = at.x + context.px(19);
  const std::string error = std::isnan(row.largest_error) ? "–" : error_words(row.largest_error);
  const float right = at.x + width;
  const float error_width = painter.text_width(error, Face::mono, pixels);
  painter.text({right, top}, error, Face::mono, pixels, verdict_color(theme, row.verdict()),
               Align::right);
  const bool some = row.verdict() != Verdict::agrees && row.entries > 1;
  const std::string size = node.value.shape.size() == 1 ? "" : to_string(node.value.shape);
  const std::string note = some ? text("{} of {}", row.of(row.verdict()), row.entries) : size;
  const float room = right - error_width - context.px(12) - left;
  const float note_width =
      note.empty() ? 0 : painter.text_width(note, Face::ui, pixels) + context.px(8);
  const std::string name = elided(painter, symbol(graph, row.parameter), Face::mono, pixels,
                                  std::max(room - note_width, room * 0.5f));
  painter.text({left, top}, name, Face::mono, pixels, theme.text);
  const float name_width = painter.text_width(name, Face::mono, pixels);
  if (!note.empty() && name_width + note_width <= room)
    painter.text({left + name_width + context.px(8), top}, note, Face::ui, pixels,
                 theme.text_faint);
}

// The worst verdict comes first; within a verdict the program's order is kept.
void draw_parameters(const PanelContext& context, std::vector<CheckedParameter> rows) {
  std::stable_sort(rows.begin(), rows.end(),
                   [](const CheckedParameter& a, const CheckedParameter& b) {
                     return severity(a.verdict()) > severity(b.verdict());
                   });
  bool& shows_all_rows = context.interaction.of<ChecksList>().shows_all;
  // A single further row takes no more room than the words that would replace it.
  const bool is_long = rows.size() > most_checks_shown + 1;
  const std::size_t shown = is_long && !shows_all_rows ? most_checks_shown : rows.size();
  for (std::size_t i = 0; i < shown; ++i) draw_parameter(context, rows[i]);
  if (!is_long) return;
  const std::string words = shows_all_rows ? "fewer" : text("all {} parameters", rows.size());
  if (text_link(context, "rows", Face::ui, 12, context.theme.text_faint, words))
    shows_all_rows = !shows_all_rows;
  probe(context, "checks.all_rows");
}

// A number of the inspected entry.
void draw_entry_number(const PanelContext& context, const std::string& words,
                       const std::string& number, Color color) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float pixels = context.px(check_text_size), height = context.px(20);
  ImGuiPainter painter = painter_for(context);
  const float top = at.y + (height - pixels) / 2, width = line_width(context);
  painter.text({at.x, top}, words, Face::ui, pixels, context.theme.text_soft);
  painter.text({at.x + width, top}, number, Face::mono, pixels, color, Align::right);
  ImGui::Dummy({width, height});
}

std::string sentence(const std::string& words) { return capitalised(words) + "."; }

void draw_entry(const PanelContext& context, const GradientChecks& checks,
                const Inspected* inspected) {
  if (!inspected || inspected->node.kind != NodeKind::parameter) return;
  const GradientCheck* check = checks.of(inspected->index, inspected->entry);
  if (!check) return;
  const Theme& theme = context.theme;
  rule(context);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  text_line(context, Face::mono, check_text_size, theme.text,
            inspected->words.gradient + inspected->words.entry);
  draw_entry_number(context, "chain rule", with_minus(full_number(check->analytic)),
                    theme.gradient);
  const Color color = verdict_color(theme, check->verdict);
  if (check->unclear != Unclear::nothing) {
    text_wrapped(context, Face::ui, check_text_size, color, sentence(check_words(*check)));
  } else {
    draw_entry_number(context, "nudge", with_minus(full_number(check->numeric)), theme.text);
    draw_entry_number(context, "relative error", error_words(check->relative_error), color);
  }
  probe(context, "checks.entry",
        {at.x, at.y, line_width(context), ImGui::GetCursorScreenPos().y - at.y});
}

void draw_progress(const PanelContext& context, std::size_t done, std::size_t total) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = line_width(context), height = context.px(4);
  const float share = total == 0 ? 0 : static_cast<float>(done) / static_cast<float>(total);
  text_wrapped(context, Face::ui, check_text_size, context.theme.text_soft,
               text("Nudging entry {} of {} …", grouped(static_cast<long>(done)),
                    grouped(static_cast<long>(total))));
  gap(context, 3);
  const float top = ImGui::GetCursorScreenPos().y;
  ImGuiPainter painter = painter_for(context);
  painter.fill({at.x, top, width, height}, context.theme.field, height / 2);
  painter.fill({at.x, top, std::max(height, width * share), height}, context.theme.update,
               height / 2);
  ImGui::Dummy({width, height});
}

std::string advice_of(const Session& session, const GradientChecks& checks) {
  const Precision precision = session.setup().precision;
  if (checks.count(Verdict::differs) > 0 && precision != Precision::float64)
    return text(
        "Nudges are computed in float64, so gradients rounded to {} may differ for that "
        "reason alone.",
        format_of(precision).name);
  if (checks.count(Verdict::differs) > 0) return "Where they differ, a backward rule is wrong.";
  if (checks.count(Verdict::no_number) > 0)
    return checks.all()[0].check.unclear == Unclear::loss_not_finite
               ? "The loss is not a number, so there is nothing to compare."
               : "Where there is no number, there is nothing to compare.";
  if (checks.count(Verdict::kink) > 0)
    return "At a kink the slopes to the left and right differ; neither is wrong.";
  if (checks.count(Verdict::unresolved) > 0)
    return "Where an entry cannot be nudged, the loss says nothing for or against its gradient; "
           "select it to see why.";
  return "";
}

// In a large network a sample of the entries is checked.
std::string checked_share_words(const Graph& graph, const GradientChecks& checks) {
  Index all = 0;
  for (int parameter : graph.parameters()) all += graph.node(parameter).value.shape.size();
  if (checks.total() >= static_cast<std::size_t>(all)) return "";
  return text("{} of {} entries, evenly spaced, were checked.",
              grouped(static_cast<long>(checks.total())), grouped(static_cast<long>(all)));
}

void draw_results(const PanelContext& context, const GradientChecks& checks,
                  const Inspected* inspected) {
  draw_counts(context, checks);
  const std::string sample = checked_share_words(context.session.graph(), checks);
  if (!sample.empty()) text_wrapped(context, Face::ui, 12, context.theme.text_soft, sample);
  gap(context, 4);
  draw_parameters(context, summary_of(checks));
  const std::string advice = advice_of(context.session, checks);
  if (!advice.empty()) {
    gap(context, 4);
    text_wrapped(context, Face::ui, 12, context.theme.text_soft, advice);
  }
  draw_entry(context, checks, inspected);
}

}  // namespace

void draw_checks_card(const PanelContext& context, const Inspected* inspected) {
  if (!context.view.show_checks) return;
  const GradientChecks* checks = context.session.all_checks();
  const bool ready = checks && checks->finished() && !context.view.training;
  const bool none = ready && checks->total() == 0;
  begin_card(context, "EVERY GRADIENT", ready && !none ? "worst relative error" : "");
  if (context.view.training)
    text_wrapped(context, Face::ui, 12, context.theme.text_faint, "Paused while training.");
  else if (none)
    text_wrapped(context, Face::ui, 12.5f, context.theme.text_soft,
                 "This program has no parameters.");
  else if (ready)
    draw_results(context, *checks, inspected);
  else
    draw_progress(context, checks ? checks->done() : 0, checks ? checks->total() : 0);
  gap(context, 4);
  const bool works = !ready && !context.view.training;
  if (text_link(context, "off", Face::ui, 12, context.theme.text_faint,
                works ? "× stop (Escape)" : "× hide marks"))
    context.view.show_checks = false;
  probe(context, "checks.off");
  probe(context, "checks", end_card(context));
}

void draw_proofs_card(const PanelContext& context) {
  const bool rounds = context.session.setup().precision != Precision::float64;
  begin_card(context, "PROOFS");
  gap(context, 2);
  const float width = line_width(context) / context.scale, half = (width - 6) / 2;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const auto place = [&](CommandId id, const char* label, const char* name, bool possible) {
    if (button(context, label, half, ButtonKind::plain, possible, name))
      context.actions.push(action::RunCommand{id});
    if (ImGui::IsItemHovered()) tooltip(context, command_of(id).says);
  };
  place(CommandId::check_all, "Check gradients##all", "proofs.check_all",
        !context.view.show_checks);
  ImGui::SetCursorScreenPos({at.x + context.px(half + 6), at.y});
  place(CommandId::hide_bug, "Hide a bug##hide", "proofs.hide_bug", !context.hunt.on);
  ImGui::SetCursorScreenPos({at.x, at.y + context.px(36)});
  if (!rounds) {
    text_line(context, Face::ui, 12, context.theme.text_faint, "Numbers are computed in");
    precision_choice(context, "proofs");
  }
  end_card(context);
}

}  // namespace backstep
