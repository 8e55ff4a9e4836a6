#include "app/panels/setup/setup_rows.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/widgets/probe.h"
#include "app/widgets/setup_focus.h"
#include "app/widgets/tooltip.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

constexpr float label_size = 12.5f, field_height = 28, setup_row_gap = 6, label_gap = 8;
constexpr float compare_row_gap = 5;  // what to try is below them, and is to be seen
constexpr float drag_share = 0.01f;   // of the number, for a unit of length

// The row being filled.
struct OpenRow {
  ImVec2 corner;
  float height = 0;
};

float label_width(const PanelContext& context) {
  const float inner = line_width(context);
  return std::max(inner * 0.45f, std::min(context.px(122), inner * 0.5f));
}

bool is_over(Rect rect) {
  return ImGui::IsWindowHovered() &&
         ImGui::IsMouseHoveringRect({rect.x, rect.y}, {rect.right(), rect.bottom()});
}

double drag_step(double value, const NumberRange& range) {
  const double size = std::max(std::abs(value), range.least_drag);
  return range.whole ? std::max(0.1, size * drag_share) : size * drag_share;
}

std::string shown_number(double value, const NumberRange& range) {
  if (value == 0 && !range.zero.empty()) return range.zero;
  if (range.whole && std::abs(value) < 1e15) return fixed_number(value, 0);
  return with_minus(exact_number(value));
}

}  // namespace

// ---- rows -----------------------------------------------------------------------

void begin_row(const PanelContext& context, const RowWords& words) {
  ImGuiPainter painter = painter_for(context);
  OpenRow& open_row = context.interaction.of<OpenRow>();
  open_row.corner = ImGui::GetCursorScreenPos();
  const float column = label_width(context), pixels = context.px(label_size);
  const float pitch = pixels * 1.15f, least = context.px(field_height);
  const auto lines =
      wrapped(painter, words.label, Face::ui, pixels, column - context.px(label_gap));
  const float text = pitch * static_cast<float>(lines.size() - 1) + pixels;
  open_row.height = std::max(least, text + context.px(4));
  float y = open_row.corner.y + (open_row.height - text) / 2;
  for (const std::string& line : lines) {
    painter.text({open_row.corner.x, y}, line, Face::ui, pixels, context.theme.text_soft);
    y += pitch;
  }
  const Rect whole = {open_row.corner.x, open_row.corner.y, line_width(context), open_row.height};
  if (!words.tooltip.empty() && is_over(whole) && !ImGui::IsMouseDown(0))
    tooltip(context, words.tooltip);
  ImGui::SetCursorScreenPos(
      {open_row.corner.x + column, open_row.corner.y + (open_row.height - least) / 2});
}

void end_row(const PanelContext& context) {
  const OpenRow& open_row = context.interaction.of<OpenRow>();
  const float gap = context.view.mode == Mode::compare ? compare_row_gap : setup_row_gap;
  ImGui::SetCursorScreenPos(
      {open_row.corner.x, open_row.corner.y + open_row.height + context.px(gap)});
}

void number_cell(const PanelContext& context, const RowWords& words, double value,
                 const NumberRange& range, float width, const std::function<void(double)>& set) {
  NumberField field;
  field.width = width;
  field.height = field_height;
  field.left = field.lasting = true;
  field.whole = range.whole;
  field.lowest = range.lowest;
  field.highest = range.highest;
  field.shown = shown_number(value, range);
  field.probe_name = words.name;
  const ImGuiID id = ImGui::GetID(words.name.c_str());
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float pixels = width > 0 ? context.px(width) : line_width(context);
  const FieldFocus focus = focus_of(context, id, {at.x, at.y, pixels, context.px(field_height)});
  field.highlighted = focus.has;
  field.type_now = focus.gained || focus.pressed;
  double edited = value;
  const NumberEdit edit =
      number_field(context, words.name, edited, context.theme.text, drag_step(value, range), field);
  if (ImGui::IsItemActive() && ImGui::GetIO().WantTextInput) typing_in(context, id);
  if (range.whole) edited = std::round(edited);
  edited = std::clamp(edited, range.lowest, range.highest);
  if (edit.changed && edited != value) set(edited);
  if (edit.finished) context.actions.push(action::EndEdit{});
}

void number_row(const PanelContext& context, const RowWords& words, double value,
                const NumberRange& range, const std::function<void(double)>& set) {
  begin_row(context, words);
  number_cell(context, words, value, range, 0, set);
  end_row(context);
}

void toggle_row(const PanelContext& context, const RowWords& words, bool on,
                const std::function<void(bool)>& set) {
  begin_row(context, words);
  if (toggle_field(context, words.name, on, {.probe_name = words.name})) set(!on);
  end_row(context);
}

void choice_row(const PanelContext& context, const RowWords& words,
                const std::vector<Choice>& choices, const std::string& current,
                const std::function<void(const std::string&)>& set, const std::string& shown) {
  begin_row(context, words);
  const auto found = std::find_if(choices.begin(), choices.end(),
                                  [&](const Choice& choice) { return choice.name == current; });
  const int at = found == choices.end() ? -1 : static_cast<int>(found - choices.begin());
  const int taken = choice_field(context, words.name, choices, at, {.probe_name = words.name},
                                 at < 0 && shown.empty() ? current : shown);
  if (taken >= 0 && taken != at) set(choices[static_cast<std::size_t>(taken)].name);
  end_row(context);
}

bool fold_row(const PanelContext& context, const RowWords& words, const std::string& summary,
              bool open_at_first) {
  bool* open = ImGui::GetStateStorage()->GetBoolRef(
      ImGui::GetID((words.name + (open_at_first ? ".open" : ".closed")).c_str()), open_at_first);
  begin_row(context, words);
  if (fold_field(context, words.name, *open, summary, {.probe_name = words.name})) *open = !*open;
  end_row(context);
  return *open;
}

void section(const PanelContext& context, const std::string& title, const std::string& note) {
  gap(context, 6);
  section_title(context, title, note);
  gap(context, 5);
}

bool row_button(const PanelContext& context, const std::string& label, float width,
                const std::string& name, const std::string& tip, bool lit, bool enabled) {
  ImGui::PushID(name.c_str());
  bool pressed =
      button(context, label, width, lit ? ButtonKind::primary : ButtonKind::plain, enabled, name);
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  const Rect rect = {low.x, low.y, high.x - low.x, high.y - low.y};
  if (enabled) {
    const FieldFocus focus = focus_of(context, ImGui::GetItemID(), rect);
    pressed |= focus.pressed;
    if (focus.has)
      painter_for(context).frame(rect, context.theme.value, context.px(6),
                                 std::max(1.0f, context.px(1)));
  }
  if (!tip.empty() && ImGui::IsItemHovered()) tooltip(context, tip);
  ImGui::PopID();
  return pressed;
}

// ---- asking for changes -----------------------------------------------------------

void push_setup(const PanelContext& context, Setup setup, const std::string& burst) {
  context.actions.push(action::ChangeSetup{std::move(setup), burst});
}

void change_setup(const PanelContext& context, const std::string& burst,
                  const std::function<void(Setup&)>& change) {
  Setup setup = context.session.setup();
  change(setup);
  push_setup(context, std::move(setup), burst);
}

void change_network(const PanelContext& context, const std::string& burst,
                    const std::function<void(Network&)>& change) {
  Setup setup = context.session.setup();
  if (!setup.network) return;
  change(*setup.network);
  const std::string mistake = mistake_in(*setup.network);
  if (!mistake.empty()) {
    context.view.message = mistake;
    return;
  }
  push_setup(context, std::move(setup), burst);
}

bool is_compared(const PanelContext& context, const char* field) {
  const Comparison* comparison = context.lab.comparison();
  return context.view.mode == Mode::compare && comparison && comparison->setting() == field;
}

}  // namespace backstep
