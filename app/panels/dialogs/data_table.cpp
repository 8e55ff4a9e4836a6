#include "app/panels/dialogs/data_table.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/panels/setup/setup_edit.h"
#include "app/platform/imgui_keys.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"
#include "core/base/number_words.h"

namespace backstep {

namespace {

constexpr float table_row_height = 24, least_column = 84, most_column = 190, scroll_bar_width = 10;
constexpr float cell_text_size = 12.5f, cell_padding = 10;

// Where everything of the table lies in this frame.
struct Places {
  Rect head, body, bar;
  float row = 0;
  std::vector<float> left;  // of each column, and the right end of the last
  double seen = 0;          // rows that fit
};

Places place(const PanelContext& context, const TableRows& rows, TableView& view, Point size) {
  const ImGuiPainter painter = painter_for(context);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  Places places;
  places.row = context.px(table_row_height);
  const float bar = context.px(scroll_bar_width), width = size.x - bar - context.px(2);
  places.head = {at.x, at.y, width, places.row};
  places.body = {at.x, places.head.bottom(), width, size.y - places.row};
  places.bar = {at.x + size.x - bar, places.body.y, bar, places.body.height};
  places.seen = static_cast<double>(places.body.height / places.row);

  const std::size_t count = rows.head.size();
  const float even = width / static_cast<float>(std::max<std::size_t>(1, count));
  float x = 0;
  places.left.push_back(x);
  for (const std::string& title : rows.head) {
    const float title_width = painter.text_width(title, Face::bold, context.px(cell_text_size)) +
                              context.px(2 * cell_padding);
    x += std::max(even, std::clamp(title_width, context.px(least_column), context.px(most_column)));
    places.left.push_back(x);
  }
  view.across = std::clamp(view.across, 0.0f, std::max(0.0f, x - width));
  for (float& left : places.left) left += at.x - view.across;
  return places;
}

double last_first(const TableRows& rows, const Places& places) {
  return std::max(0.0, static_cast<double>(rows.count) - places.seen);
}

void scroll(const PanelContext& context, const TableRows& rows, const Places& places,
            TableView& view) {
  const ImGuiIO& io = ImGui::GetIO();
  const Rect all = {places.head.x, places.head.y, places.bar.right() - places.head.x,
                    places.bar.bottom() - places.head.y};
  if (ImGui::IsWindowHovered() && all.contains({io.MousePos.x, io.MousePos.y})) {
    if (io.KeyShift)
      view.across -= io.MouseWheel * context.px(60);
    else
      view.first -= static_cast<double>(io.MouseWheel) * 3;
    view.across -= io.MouseWheelH * context.px(60);
  }
  const double end = last_first(rows, places);
  const float grab = std::clamp(
      places.bar.height * static_cast<float>(places.seen / std::max(1.0, double(rows.count))),
      context.px(24), places.bar.height);
  if (end > 0) {
    ImGui::SetCursorScreenPos({places.bar.x, places.bar.y});
    ImGui::InvisibleButton("bar", {places.bar.width, places.bar.height});
    const double room = static_cast<double>(places.bar.height - grab);
    if (ImGui::IsItemActive() && room > 0)
      view.first =
          (static_cast<double>(io.MousePos.y - places.bar.y) - static_cast<double>(grab) / 2) /
          room * end;
    view.held = ImGui::IsItemActive();
  }
  view.first = std::clamp(view.first, 0.0, end);
  if (end <= 0) return;
  ImGuiPainter painter = painter_for(context);
  const float top =
      places.bar.y + (places.bar.height - grab) * static_cast<float>(view.first / end);
  painter.fill({places.bar.x + context.px(1), top, places.bar.width - context.px(2), grab},
               view.held ? context.theme.edge : context.theme.edge.with_alpha(0.5), context.px(4));
}

// The row that Enter takes, or -1.
long answer_keys(const TableRows& rows, const Places& places, TableView& view) {
  if (!ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows) ||
      ImGui::GetIO().WantTextInput || rows.count == 0)
    return -1;
  const long page = std::max(1L, static_cast<long>(places.seen) - 1);
  const long before = view.lit;
  const long from = before >= 0 ? before : static_cast<long>(view.first) - 1;
  if (key_pressed(ImGuiKey_DownArrow)) view.lit = from + 1;
  if (key_pressed(ImGuiKey_UpArrow)) view.lit = from - 1;
  if (key_pressed(ImGuiKey_PageDown)) view.lit = from + page;
  if (key_pressed(ImGuiKey_PageUp)) view.lit = from - page;
  if (key_pressed(ImGuiKey_Home)) view.lit = 0;
  if (key_pressed(ImGuiKey_End)) view.lit = rows.count - 1;
  if (view.lit != before) {
    view.lit = std::clamp(view.lit, 0L, rows.count - 1);
    const double row = static_cast<double>(view.lit);
    view.first = std::clamp(view.first, row + 1 - std::floor(places.seen), row);
    view.first = std::clamp(view.first, 0.0, last_first(rows, places));
  }
  return key_pressed(ImGuiKey_Enter) ? view.lit : -1;
}

void draw_head(const PanelContext& context, Painter& painter, const TableRows& rows,
               const Places& places) {
  const float pixels = context.px(cell_text_size - 0.5f), padding = context.px(cell_padding);
  painter.push_clip(places.head);
  for (std::size_t i = 0; i < rows.head.size(); ++i) {
    const float room = places.left[i + 1] - places.left[i] - 2 * padding;
    painter.text({places.left[i + 1] - padding, places.head.center().y - pixels / 2},
                 elided(painter, rows.head[i], Face::bold, pixels, room), Face::bold, pixels,
                 context.theme.text_soft, Align::right);
  }
  painter.pop_clip();
  const float foot = places.head.bottom() - 1;
  painter.line({places.head.x, foot}, {places.head.right(), foot}, context.theme.line);
}

void draw_row(const PanelContext& context, Painter& painter, const TableRows& rows,
              const Places& places, Rect rect, long number) {
  const float pixels = context.px(cell_text_size), padding = context.px(cell_padding);
  if (rows.marked && rows.marked(number))
    painter.fill({rect.x, rect.y, context.px(3), rect.height}, context.theme.value);
  for (std::size_t i = 0; i < rows.head.size(); ++i) {
    if (places.left[i + 1] < rect.x || places.left[i] > rect.right()) continue;
    const float room = places.left[i + 1] - places.left[i] - 2 * padding;
    painter.text({places.left[i + 1] - padding, rect.center().y - pixels / 2},
                 elided(painter, rows.text(number, i), Face::mono, pixels, room), Face::mono,
                 pixels, rows.color(number, i), Align::right);
  }
}

}  // namespace

long draw_rows(const PanelContext& context, const char* id, const TableRows& rows, TableView& view,
               Point size) {
  ImGui::BeginChild(id, {size.x, size.y}, false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  const Places places = place(context, rows, view, size);
  ImGuiPainter painter = painter_for(context);
  scroll(context, rows, places, view);
  long taken = answer_keys(rows, places, view);
  draw_head(context, painter, rows, places);

  ImGui::SetCursorScreenPos({places.body.x, places.body.y});
  ImGui::InvisibleButton("rows", {places.body.width, places.body.height});
  const bool pressed = ImGui::IsItemClicked(), hovered = ImGui::IsItemHovered();
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  painter.push_clip(places.body);
  const long first = static_cast<long>(view.first);
  const float shift = static_cast<float>(view.first - static_cast<double>(first)) * places.row;
  const long last = std::min(rows.count, first + static_cast<long>(std::ceil(places.seen)) + 1);
  for (long number = first; number < last; ++number) {
    const float y = places.body.y + static_cast<float>(number - first) * places.row - shift;
    const Rect rect = {places.body.x, y, places.body.width, places.row};
    const bool over = hovered && rect.contains({mouse.x, mouse.y});
    if (number == rows.picked)
      painter.fill(rect, context.theme.value_soft, context.px(4));
    else if (over || number == view.lit)
      painter.fill(rect, context.theme.button_hover, context.px(4));
    draw_row(context, painter, rows, places, rect, number);
    probe(context, std::string(id) + "." + std::to_string(number), rect);
    if (over && pressed) view.lit = taken = number;
  }
  painter.pop_clip();
  ImGui::EndChild();
  probe(context, id, {places.head.x, places.head.y, size.x, size.y});
  return taken;
}

// ---- the samples --------------------------------------------------------------------

namespace {

// Which of the rows in sight are in the pass that Step shows.
struct Shown {
  long first = 0;
  std::vector<bool> marks;

  bool operator()(long row) const {
    const long at = row - first;
    return at >= 0 && at < static_cast<long>(marks.size()) && marks[static_cast<std::size_t>(at)];
  }
};

Shown shown_in(const Session& session, long first, long count) {
  Shown shown;
  shown.first = first;
  shown.marks.assign(static_cast<std::size_t>(count), false);
  for (const long sample : session.samples_shown())
    if (sample >= first && sample < first + count)
      shown.marks[static_cast<std::size_t>(sample - first)] = true;
  return shown;
}

std::string target_text(const Samples& samples, long row) {
  const double target = samples.targets.entries[static_cast<std::size_t>(row)];
  const auto number = static_cast<std::size_t>(std::max(0.0, target));
  if (samples.kind == TargetKind::classes && number < samples.class_names.size())
    return samples.class_names[number];
  return with_minus(short_number(target));
}

TableRows rows_of(const PanelContext& context, const Samples& samples) {
  const auto columns = static_cast<std::size_t>(samples.inputs.shape.columns);
  const Theme& theme = context.theme;
  TableRows rows;
  rows.head = {"sample", "for"};
  for (std::size_t i = 0; i < columns; ++i)
    rows.head.push_back(i < samples.input_names.size() ? samples.input_names[i]
                                                       : "x" + std::to_string(i + 1));
  rows.head.push_back(samples.target_name);
  rows.count = samples.count();
  rows.text = [&samples, columns](long row, std::size_t column) -> std::string {
    if (column == 0) return grouped(row + 1);
    if (column == 1) return row < samples.train ? "train" : "test";
    if (column == columns + 2) return target_text(samples, row);
    const auto entry = static_cast<std::size_t>(row) * columns + column - 2;
    return with_minus(short_number(samples.inputs.entries[entry]));
  };
  rows.color = [&samples, &theme, columns](long row, std::size_t column) {
    if (column < 2) return theme.text_faint;
    if (column < columns + 2) return theme.text;
    const double target = samples.targets.entries[static_cast<std::size_t>(row)];
    if (samples.kind == TargetKind::classes && samples.classes == 2)
      return target > 0.5 ? theme.positive : theme.negative;
    return theme.text;
  };
  return rows;
}

}  // namespace

void draw_data_table(const PanelContext& context, TableView& view, Point size) {
  const Setup& setup = context.session.setup();
  if (!setup.samples) {
    text_wrapped(context, Face::ui, 13, context.theme.text_soft,
                 "There are no samples: the program has its data in its own text.");
    return;
  }
  const Samples& samples = *setup.samples;
  const std::string test = grouped(samples.count() - samples.train);
  text_wrapped(context, Face::ui, 12.5f, context.theme.text_soft,
               grouped(samples.train) + " to train on, " + test +
                   " to test with. Click one to step through it alone; those of the pass that "
                   "Step shows have a blue edge.");
  gap(context, 8);
  TableRows rows = rows_of(context, samples);
  rows.picked = context.session.picked_sample().value_or(-1);
  const float top = ImGui::GetCursorPosY();
  const long seen = static_cast<long>(size.y / context.px(table_row_height)) + 2;
  rows.marked = shown_in(context.session, static_cast<long>(view.first) - seen, 3 * seen);
  const float height = ImGui::GetWindowHeight() - top - context.px(62);
  const long taken = draw_rows(context, "table", rows, view, {size.x, height});
  if (taken >= 0) context.actions.push(action::PickSample{taken});
}

}  // namespace backstep
