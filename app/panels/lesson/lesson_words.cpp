#include "app/panels/lesson/lesson_words.h"

#include <imgui.h>

#include <algorithm>

#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

constexpr float prose_size = 13.5f, code_size = 12.5f, prose_line_height = 1.55f,
                bullet_indent = 14;
constexpr std::size_t longest_whole_code = 28;  // bytes of code that stay on one line

// Text in one style; that of a link belongs to a node.
struct StyledPiece {
  std::string text;
  Face face = Face::ui;
  float size = prose_size;
  Color color;
  int node = -1;
  bool link = false;
};

// A piece, or part of one, and its place in the paragraph.
struct PlacedPiece {
  float x = 0, y = 0;
  StyledPiece piece;
};

bool begins(const std::string& text, const char* start) { return text.rfind(start, 0) == 0; }

// The node that an expression names: z1, grad_z1, after_w.
int node_of(const Graph& graph, const std::string& expression) {
  if (const int node = graph.find(expression); node >= 0) return node;
  for (const char* prefix : {"grad_", "after_"})
    if (begins(expression, prefix))
      return graph.find(expression.substr(std::string(prefix).size()));
  return -1;
}

bool is_about_gradients(const std::string& expression) {
  return expression.find("grad_") != std::string::npos ||
         expression.find("norm_") != std::string::npos;
}

StyledPiece piece_of(const PanelContext& context, const TextRun& run) {
  const Theme& theme = context.theme;
  const Graph& graph = context.session.graph();
  using Kind = TextRun::Kind;
  switch (run.kind) {
    case Kind::text:
      return {run.text, Face::ui, prose_size, theme.text, -1, false};
    case Kind::strong:
      return {run.text, Face::bold, prose_size, theme.text, -1, false};
    case Kind::code:
      return {run.text, Face::mono, code_size, theme.text, -1, false};
    case Kind::printed:
      return {run.text, Face::ui, prose_size, theme.warning, -1, false};
    case Kind::number:
      return {run.text,
              Face::ui,
              prose_size,
              is_about_gradients(run.expression) ? theme.gradient : theme.value,
              node_of(graph, run.expression),
              false};
    case Kind::node:
      break;
  }
  const std::string words = run.text == run.expression ? pretty_name(run.text) : run.text;
  return {words, Face::ui, prose_size, theme.text, graph.find(run.expression), true};
}

float width_of(const PanelContext& context, const Painter& painter, const StyledPiece& piece) {
  return painter.text_width(piece.text, piece.face, context.px(piece.size));
}

// What stands between two spaces and stays on one line; its parts may differ in style.
using TextWord = std::vector<StyledPiece>;

std::vector<TextWord> words_of(const std::vector<StyledPiece>& pieces) {
  std::vector<TextWord> words(1);
  for (const StyledPiece& piece : pieces) {
    if (piece.face == Face::mono && piece.text.size() <= longest_whole_code) {
      words.back().push_back(piece);
      continue;
    }
    for (std::size_t at = 0; at < piece.text.size();) {
      const std::size_t space = piece.text.find(' ', at);
      const std::size_t end = std::min(space, piece.text.size());
      StyledPiece part = piece;
      part.text = piece.text.substr(at, end - at) + (space == std::string::npos ? "" : " ");
      words.back().push_back(std::move(part));
      if (space != std::string::npos) words.emplace_back();
      at = space == std::string::npos ? end : space + 1;
    }
  }
  return words;
}

bool same_style(const StyledPiece& a, const StyledPiece& b) {
  return a.face == b.face && a.color == b.color && a.node == b.node && a.link == b.link;
}

std::vector<PlacedPiece> lay_out(const PanelContext& context, const Painter& painter,
                                 const std::vector<StyledPiece>& pieces, float width) {
  std::vector<PlacedPiece> placed;
  float x = 0, y = 0;
  for (const TextWord& word : words_of(pieces)) {
    float word_width = 0;
    for (const StyledPiece& piece : word) {
      StyledPiece bare = piece;
      while (!bare.text.empty() && bare.text.back() == ' ') bare.text.pop_back();
      word_width += width_of(context, painter, bare);
    }
    if (x > 0 && x + word_width > width) {
      x = 0;
      y += context.px(prose_size * prose_line_height);
    }
    for (const StyledPiece& piece : word) {
      const bool goes_on = !placed.empty() && placed.back().y == y &&
                           same_style(placed.back().piece, piece) && x > placed.back().x;
      if (goes_on)
        placed.back().piece.text += piece.text;
      else
        placed.push_back({x, y, piece});
      x += width_of(context, painter, piece);
    }
  }
  for (PlacedPiece& part : placed)
    while (!part.piece.text.empty() && part.piece.text.back() == ' ') part.piece.text.pop_back();
  std::erase_if(placed, [](const PlacedPiece& part) { return part.piece.text.empty(); });
  return placed;
}

// Draws a link. Returns whether the pointer is on it.
bool draw_link(const PanelContext& context, Painter& painter, const StyledPiece& piece, Rect rect,
               const std::string& id) {
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  if (ImGui::InvisibleButton(id.c_str(), {std::max(1.0f, rect.width), rect.height}))
    context.view.selection = {piece.node, 0};
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const std::string& name = context.session.graph().node(piece.node).name;
  if (piece.link) probe(context, "lesson.link." + name, rect);
  const float foot = rect.bottom() - context.px(2.5f);
  if (piece.link || hovered)
    painter.line({rect.x, foot}, {rect.right(), foot},
                 hovered ? context.theme.value : context.theme.text_faint,
                 std::max(1.0f, context.px(1)));
  return hovered;
}

}  // namespace

int draw_paragraph(const PanelContext& context, const Paragraph& paragraph, const std::string& id) {
  ImGuiPainter painter = painter_for(context);
  const float indent = paragraph.bullet ? context.px(bullet_indent) : 0;
  const float width = line_width(context), line = context.px(prose_size * prose_line_height);
  if (!paragraph.heading.empty()) {
    text_line(context, Face::bold, 11, context.theme.warning, paragraph.heading);
    gap(context, 2);
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (paragraph.bullet)
    painter.text({at.x, at.y + (line - context.px(prose_size)) / 2}, "•", Face::ui,
                 context.px(prose_size), context.theme.text_soft);
  std::vector<StyledPiece> pieces;
  for (const TextRun& run : paragraph.runs) pieces.push_back(piece_of(context, run));
  int pointed = -1, number = 0;
  float bottom = line;
  for (const PlacedPiece& part : lay_out(context, painter, pieces, width - indent)) {
    const float pixels = context.px(part.piece.size);
    const std::string shown =
        elided(painter, part.piece.text, part.piece.face, pixels, width - indent - part.x + 1);
    const Rect rect = {at.x + indent + part.x, at.y + part.y,
                       painter.text_width(shown, part.piece.face, pixels), line};
    painter.text({rect.x, rect.y + (line - pixels) / 2}, shown, part.piece.face, pixels,
                 part.piece.color);
    if (part.piece.node >= 0 &&
        draw_link(context, painter, part.piece, rect, id + "." + std::to_string(++number)))
      pointed = part.piece.node;
    bottom = part.y + line;
  }
  ImGui::SetCursorScreenPos({at.x, at.y});
  ImGui::Dummy({width, bottom});
  return pointed;
}

}  // namespace backstep
