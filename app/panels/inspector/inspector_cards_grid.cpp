// A matrix as a grid of cells. Only the cells in view are drawn.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/explain/symbols.h"
#include "app/paint/heat.h"
#include "app/paint/imgui_painter.h"
#include "app/panels/inspector/inspector_cards.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"

namespace backstep {
namespace {

constexpr float least_cell_width = 58, most_cell_width = 96, entry_height = 24, entry_gap = 2;
constexpr int most_rows_in_sight = 7;

struct EntryGrid {
  const PanelContext& context;
  const Inspected& inspected;
  GridOf what;
  View numbers;
  double scale = 1;  // the magnitude that gets the full colour
  Point corner;      // of the first cell, scrolled
  Point sight;       // how much is seen at once
  Index rows_seen = 1, columns_seen = 1;
  float cell_width = 0, pitch_x = 0, pitch_y = 0;

  bool editable() const { return what == GridOf::values && inspected.node.is_editable(); }
};

double largest(View view) {
  double most = 0;
  for (double value : view)
    if (std::isfinite(value)) most = std::max(most, std::abs(value));
  return most > 0 ? most : 1;
}

Color cell_color(const EntryGrid& grid, double value) {
  const Theme& theme = grid.context.theme;
  return mix(theme.field, heat_color(theme, heat_level(value, grid.scale)), 0.3);
}

void draw_cell(const EntryGrid& grid, Index row, Index column) {
  const PanelContext& context = grid.context;
  const Index entry = row * grid.numbers.shape.columns + column;
  const bool values = grid.what == GridOf::values;
  double value = grid.numbers[entry];
  const Color background = cell_color(grid, value);
  NumberField field;
  field.width = grid.cell_width / context.scale;
  field.height = entry_height;
  field.text_size = 11.5f;
  field.editable = grid.editable();
  field.click_types = false;
  field.brief = true;
  field.highlighted = entry == grid.inspected.entry;
  field.background = &background;
  if (values)
    field.probe_name = "inspector.entry." + std::to_string(row) + "." + std::to_string(column);
  ImGui::SetCursorScreenPos({grid.corner.x + static_cast<float>(column) * grid.pitch_x,
                             grid.corner.y + static_cast<float>(row) * grid.pitch_y});
  const Color ink = values ? context.theme.value : context.theme.gradient;
  const NumberEdit edit =
      number_field(context, std::to_string(entry), value, ink, drag_step(value), field);
  if (edit.clicked) context.view.selection.entry = entry;
  if (grid.editable()) push_edit(context, grid.inspected.index, entry, value, edit);
}

struct EntryRange {
  Index first, end;
};

// Which `seen` of `count` rows or columns are in view. Scrolling goes by whole cells,
// since half a number reads as another number.
EntryRange in_sight(float scroll, float pitch, Index seen, Index count) {
  const Index wanted = static_cast<Index>(std::round(scroll / pitch));
  const Index first = std::clamp<Index>(wanted, 0, std::max<Index>(0, count - seen));
  return {first, std::min(first + seen, count)};
}

// Scrolls to the selected entry when the selection or the size of the grid has
// changed.
void follow_selection(const EntryGrid& grid) {
  ImGuiStorage* storage = ImGui::GetStateStorage();
  const ImGuiID id = ImGui::GetID("entry shown");
  const int seen = static_cast<int>(grid.inspected.entry * 8191) + static_cast<int>(grid.sight.x);
  if (storage->GetInt(id, 0) == seen) return;
  storage->SetInt(id, seen);
  const Index columns = grid.numbers.shape.columns;
  const auto reveal = [](float at, float size, float scroll, float length) {
    return std::max(std::min(scroll, at), at + size - length);
  };
  const float x = static_cast<float>(grid.inspected.entry % columns) * grid.pitch_x;
  const float y = static_cast<float>(grid.inspected.entry / columns) * grid.pitch_y;
  ImGui::SetScrollX(reveal(x, grid.pitch_x, ImGui::GetScrollX(), grid.sight.x));
  ImGui::SetScrollY(reveal(y, grid.pitch_y, ImGui::GetScrollY(), grid.sight.y));
}

void draw_cells(EntryGrid& grid, ImVec2 content) {
  follow_selection(grid);
  const Shape shape = grid.numbers.shape;
  const EntryRange rows = in_sight(ImGui::GetScrollY(), grid.pitch_y, grid.rows_seen, shape.rows);
  const EntryRange columns =
      in_sight(ImGui::GetScrollX(), grid.pitch_x, grid.columns_seen, shape.columns);
  const ImVec2 corner = ImGui::GetWindowPos(), start = ImGui::GetCursorScreenPos();
  grid.corner = {corner.x - static_cast<float>(columns.first) * grid.pitch_x,
                 corner.y - static_cast<float>(rows.first) * grid.pitch_y};
  for (Index row = rows.first; row < rows.end; ++row)
    for (Index column = columns.first; column < columns.end; ++column) draw_cell(grid, row, column);
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy(content);
}

// How many cells are seen at once, and how large they are.
void measure(EntryGrid& grid, float width) {
  const PanelContext& context = grid.context;
  const Shape shape = grid.numbers.shape;
  const float between = context.px(entry_gap), bar = ImGui::GetStyle().ScrollbarSize;
  grid.rows_seen = std::min<Index>(shape.rows, most_rows_in_sight);
  grid.sight.x = shape.rows > grid.rows_seen ? width - bar : width;
  const float least = context.px(least_cell_width) + between;
  const Index fitting = static_cast<Index>((grid.sight.x + between) / least);
  grid.columns_seen = std::clamp<Index>(fitting, 1, shape.columns);
  const float fair = (grid.sight.x + between) / static_cast<float>(grid.columns_seen) - between;
  grid.cell_width = std::floor(std::min(fair, context.px(most_cell_width)));
  grid.pitch_x = grid.cell_width + between;
  grid.pitch_y = context.px(entry_height) + between;
  grid.sight.y = static_cast<float>(grid.rows_seen) * grid.pitch_y - between;
}

}  // namespace

void draw_grid(const PanelContext& context, const Inspected& inspected, GridOf what) {
  const Node& node = inspected.node;
  EntryGrid grid = {context, inspected, what, what == GridOf::values ? node.value : node.gradient};
  const Shape shape = grid.numbers.shape;
  const float width = line_width(context), between = context.px(entry_gap);
  grid.scale = largest(grid.numbers);
  measure(grid, width);
  const bool wide = grid.columns_seen < shape.columns;
  const float height = grid.sight.y + (wide ? ImGui::GetStyle().ScrollbarSize + between : 0);
  const ImVec2 content = {static_cast<float>(shape.columns) * grid.pitch_x - between,
                          static_cast<float>(shape.rows) * grid.pitch_y - between};
  ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleColor(ImGuiCol_ChildBg, 0);
  ImGui::PushStyleColor(ImGuiCol_ScrollbarBg, 0);
  ImGui::BeginChild(what == GridOf::values ? "values" : "gradients", {width, height}, false,
                    wide ? ImGuiWindowFlags_HorizontalScrollbar : ImGuiWindowFlags_None);
  draw_cells(grid, content);
  ImGui::EndChild();
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar(2);
}

}  // namespace backstep
