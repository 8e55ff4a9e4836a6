// The numbers of a node: fields for one entry, grids for all of them.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/explain/symbols.h"
#include "app/explain/training_words.h"
#include "app/paint/numbers.h"
#include "app/panels/inspector/inspector_cards.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"

namespace backstep {

void push_edit(const PanelContext& context, int leaf, Index entry, double value,
               const NumberEdit& edit) {
  if (edit.changed) context.actions.push(action::EditEntry{leaf, entry, value});
  if (edit.finished) context.actions.push(action::EndEdit{});
}

double drag_step(double value) {
  const double size = std::abs(value);
  return size < 10 ? 0.01 : std::pow(10, std::floor(std::log10(size)) - 2);
}

namespace {

constexpr float name_size = 13, field_width = 132, value_row_gap = 5;

float row_field_width(const PanelContext& context) {
  return std::min(context.px(field_width), line_width(context) * 0.6f);
}

// `name` where there is room for it beside a field, else the plainer `word`.
std::string label_that_fits(const PanelContext& context, const std::string& name,
                            const std::string& word) {
  const float room = line_width(context) - row_field_width(context) - context.px(8);
  const float width = context.fonts.width(Face::mono, context.px(name_size), name);
  return width <= room || word.empty() ? name : word;
}

// A label at the left; the cursor is left where the field of the row begins.
// True when the label was clicked.
bool begin_value_row(const PanelContext& context, const std::string& label, bool clickable) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = line_width(context), field = row_field_width(context);
  ImGui::SetCursorScreenPos({at.x, at.y + context.px(2)});
  const float room = width - field - context.px(8);
  bool clicked = false;
  if (clickable)
    clicked = text_link(context, label, Face::mono, name_size, context.theme.text, label, room);
  else
    text_line(context, Face::mono, name_size, context.theme.text, label, room);
  ImGui::SetCursorScreenPos({at.x + width - field, at.y});
  return clicked;
}

void end_value_row(const PanelContext& context) { gap(context, value_row_gap); }

// A row of the inspected node itself (`own`) has a probe, and says "value" where
// the node's name is too long.
void value_row(const PanelContext& context, int index, Index entry, bool own) {
  const Timeline& timeline = context.session.timeline();
  const Graph& graph = timeline.graph();
  const Node& node = graph.node(index);
  const std::string place = entry_symbol(node.value.shape, entry);
  const bool known = timeline.value_known(index);
  const float left = ImGui::GetCursorScreenPos().x;
  const std::string label =
      label_that_fits(context, symbol(graph, index) + place, own ? "value" : "");
  if (begin_value_row(context, label, true)) context.view.selection = {index, entry};
  if (ImGui::IsItemHovered()) context.view.hovered_node = index;
  NumberField field;
  field.editable = node.is_editable();
  if (own) field.probe_name = "inspector.value";
  if (!known) field.shown = "not yet";
  double value = node.value[entry];
  const Color color = !known                             ? context.theme.text_faint
                      : is_of_next_pass(timeline, index) ? context.theme.update
                                                         : context.theme.value;
  const NumberEdit edit =
      number_field(context, "value" + std::to_string(index), value, color, drag_step(value), field);
  push_edit(context, index, entry, value, edit);
  ImGui::SetCursorScreenPos({left, ImGui::GetCursorScreenPos().y});
  end_value_row(context);
}

void gradient_row(const PanelContext& context, int index, Index entry, bool own) {
  const Timeline& timeline = context.session.timeline();
  const Graph& graph = timeline.graph();
  const Node& node = graph.node(index);
  const Arrived arrived = timeline.gradient_arrived(index);
  const float left = ImGui::GetCursorScreenPos().x;
  const std::string name = gradient_symbol(graph, index) + entry_symbol(node.value.shape, entry);
  begin_value_row(context, label_that_fits(context, name, own ? "gradient" : ""), false);
  NumberField field;
  field.editable = false;
  if (own) field.probe_name = "inspector.gradient";
  if (arrived == Arrived::nothing) field.shown = node.has_gradient ? "not yet" : "none";
  if (arrived == Arrived::some) field.shown = with_minus(full_number(node.gradient[entry])) + " …";
  double gradient = node.gradient[entry];
  const Color color =
      arrived == Arrived::nothing ? context.theme.text_faint : context.theme.gradient;
  number_field(context, "gradient" + std::to_string(index), gradient, color, 1, field);
  ImGui::SetCursorScreenPos({left, ImGui::GetCursorScreenPos().y});
  end_value_row(context);
}

// Chooses which entry of a matrix the fields below show.
void entry_picker(const PanelContext& context, const Inspected& inspected) {
  const Shape shape = inspected.node.value.shape;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = line_width(context), all_fields = row_field_width(context);
  const float between = context.px(6), field = (all_fields - between) / 2;
  NumberField options;
  options.whole = true;
  options.width = field / context.scale;
  ImGui::SetCursorScreenPos({at.x, at.y + context.px(3)});
  text_line(context, Face::ui, 12.5f, context.theme.text_soft, "row, column");

  double row = static_cast<double>(inspected.entry / shape.columns);
  double column = static_cast<double>(inspected.entry % shape.columns);
  ImGui::SetCursorScreenPos({at.x + width - all_fields, at.y});
  options.lowest = 0;
  options.highest = static_cast<double>(shape.rows - 1);
  options.probe_name = "inspector.row";
  bool moved = number_field(context, "row", row, context.theme.text, 0.1, options).changed;
  ImGui::SetCursorScreenPos({at.x + width - field, at.y});
  options.highest = static_cast<double>(shape.columns - 1);
  options.probe_name = "inspector.column";
  moved |= number_field(context, "column", column, context.theme.text, 0.1, options).changed;
  ImGui::SetCursorScreenPos({at.x, ImGui::GetCursorScreenPos().y});
  end_value_row(context);
  if (!moved) return;
  const Index r = static_cast<Index>(std::clamp(row, 0.0, static_cast<double>(shape.rows - 1)));
  const Index c =
      static_cast<Index>(std::clamp(column, 0.0, static_cast<double>(shape.columns - 1)));
  context.view.selection.entry = r * shape.columns + c;
}

void when_line(const PanelContext& context, const Inspected& inspected) {
  const std::string& when = inspected.words.gradient_when;
  if (when.empty()) return;
  const Arrived arrived = context.session.timeline().gradient_arrived(inspected.index);
  const char* const before = arrived == Arrived::some ? "A partial sum so far; the rest " : "";
  const bool comes = inspected.node.has_gradient && inspected.node.reaches_loss;
  text_wrapped(context, Face::ui, 12, context.theme.text_faint,
               comes && *before == 0 ? inspected.words.gradient + " " + when : before + when);
  gap(context, value_row_gap);
}

// The numbers that an op was computed from, each shown once.
void operand_rows(const PanelContext& context, const Inspected& inspected) {
  const Graph& graph = context.session.graph();
  std::vector<int> shown;
  for (int input : inspected.node.inputs) {
    const Node& node = graph.node(input);
    const bool again = std::find(shown.begin(), shown.end(), input) != shown.end();
    if (again || node.value.shape.size() > 1 || node.kind == NodeKind::constant) continue;
    shown.push_back(input);
    value_row(context, input, 0, false);
    gradient_row(context, input, 0, false);
  }
}

// Once updates are done, values of two passes stand beside each other.
void pass_line(const PanelContext& context, const Inspected& inspected) {
  const Timeline& timeline = context.session.timeline();
  std::vector<int> shown = inspected.node.inputs;
  shown.push_back(inspected.index);
  if (std::none_of(shown.begin(), shown.end(),
                   [&](int node) { return is_of_next_pass(timeline, node); }))
    return;
  const long pass = timeline.position().update + 1;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height =
      flowing_text(context, Face::ui, 12,
                   {{"updated", Tone::update},
                    {text(" values belong to pass {}, gradients and everything computed to pass {}",
                          pass + 1, pass),
                     Tone::faint}});
  probe(context, "inspector.passes", {at.x, at.y, line_width(context), height});
  gap(context, value_row_gap);
}

void draw_grids(const PanelContext& context, const Inspected& inspected) {
  const Timeline& timeline = context.session.timeline();
  if (timeline.value_known(inspected.index)) {
    text_line(context, Face::ui, 12, context.theme.value, "value");
    draw_grid(context, inspected, GridOf::values);
    gap(context, 6);
  }
  if (timeline.gradient_arrived(inspected.index) != Arrived::nothing) {
    text_line(context, Face::ui, 12, context.theme.gradient, "gradient");
    draw_grid(context, inspected, GridOf::gradients);
    gap(context, 6);
  }
}

}  // namespace

void draw_value_card(const PanelContext& context, const Inspected& inspected) {
  const bool matrix = inspected.node.value.shape.size() > 1;
  begin_card(context, "VALUE AND GRADIENT", matrix ? to_string(inspected.node.value.shape) : "");
  gap(context, 2);
  if (matrix) entry_picker(context, inspected);
  value_row(context, inspected.index, inspected.entry, true);
  gradient_row(context, inspected.index, inspected.entry, true);
  when_line(context, inspected);
  pass_line(context, inspected);
  if (matrix)
    draw_grids(context, inspected);
  else
    operand_rows(context, inspected);
  if (!inspected.words.note.empty()) {
    gap(context, 4);
    text_wrapped(context, Face::ui, 12, context.theme.text_soft, inspected.words.note);
  }
  end_card(context);
}

namespace {

// "Its rows are samples 14, 3, 8, 21 and 6 more."
std::string samples_in_rows(const Session& session) {
  constexpr std::size_t most = 6;
  const std::vector<long> samples = session.samples_shown();
  // A balanced training set repeats samples, so a row's number is not its sample's.
  if (samples.empty() || (session.setup().balance && !session.picked_sample())) return "";
  const auto number = [&](std::size_t row) { return std::to_string(samples[row] + 1); };
  if (samples.size() == 1) return text("Its row is sample {}.", number(0));
  bool in_order = true;
  for (std::size_t row = 1; row < samples.size(); ++row)
    in_order &= samples[row] == samples[row - 1] + 1;
  if (in_order)
    return text("Its rows are samples {} to {}.", number(0), number(samples.size() - 1));
  std::string listed = number(0);
  const std::size_t shown = std::min(samples.size(), most);
  for (std::size_t row = 1; row < shown; ++row) listed += ", " + number(row);
  if (samples.size() > shown) listed += text(" and {} more", samples.size() - shown);
  return text("Its rows are samples {}.", listed);
}

}  // namespace

void draw_source_card(const PanelContext& context, const Inspected& inspected) {
  const Session& session = context.session;
  const Node& node = inspected.node;
  begin_card(context, "HOW IT WAS MADE", text("line {}", node.source.line));
  const std::string source = session.mistake() ? "" : source_of(node, session.program());
  if (!source.empty()) flowing_text(context, Face::mono, 12.5f, {{source}}, context.px(12));
  const std::string from =
      node.data_name.empty() ? "" : text(" from the data “{}”", node.data_name);
  text_wrapped(context, Face::ui, 12, context.theme.text_soft,
               to_string(node.value.shape) + " " + name_of(node.kind) + from);
  const std::string rows = node.data_name.empty() ? "" : samples_in_rows(session);
  if (!rows.empty()) {
    text_wrapped(context, Face::ui, 12, context.theme.text_soft, rows);
    probe(context, "inspector.samples");
  }
  end_card(context);
}

}  // namespace backstep
