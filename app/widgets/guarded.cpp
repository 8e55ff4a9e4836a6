#include "app/widgets/guarded.h"

#include <imgui.h>
#include <imgui_internal.h>

#include "app/paint/imgui_painter.h"
#include "app/paint/text_fit.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"
#include "core/base/failure_words.h"

namespace backstep {

namespace {

// Drops what was drawn in windows that were never finished and in those inside them:
// their draw lists may end in the middle of a shape.
void drop_unfinished(const ImVector<ImGuiWindow*>& unfinished) {
  for (ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
    for (const ImGuiWindow* root : unfinished)
      if (window->RootWindow == root) window->DrawList->_ResetForNewFrame();
}

// Ends everything that was begun and not ended: windows, groups, styles, fonts.
void recover_imgui(const PanelContext& context, int fonts_before) {
  ImGuiContext& imgui = *ImGui::GetCurrentContext();
  ImVector<ImGuiWindow*> unfinished;
  bool popup = false;
  for (const ImGuiWindowStackData& begun : imgui.CurrentWindowStack) {
    if (begun.Window->IsFallbackWindow) continue;
    unfinished.push_back(begun.Window->RootWindow);
    popup = popup || (begun.Window->Flags & ImGuiWindowFlags_Popup) != 0;
  }
  forget_open_card(context);
  ImGui::ErrorCheckEndFrameRecover(nullptr);
  // Each window has its own list of fonts in use, which ended with it.
  imgui.FontStack.resize(fonts_before);
  ImGui::PushFont(ImGui::GetFont());
  ImGui::PopFont();
  drop_unfinished(unfinished);
  if (popup) ImGui::ClosePopupToLevel(0, true);
}

void draw_failure(const PanelContext& context, Rect rect, const std::string& words) {
  ImGuiPainter painter = painter_below(context);
  painter.fill(rect, context.theme.panel);
  const float size = context.px(13), line_height = context.px(18), margin = context.px(14);
  const auto lines = wrapped(painter, words, Face::ui, size, rect.width - 2 * margin);
  float y = rect.y + margin;
  for (const std::string& line : lines) {
    if (y + line_height > rect.bottom()) break;
    painter.text({rect.x + margin, y}, line, Face::ui, size, context.theme.warning);
    y += line_height;
  }
  probe(context, "failed panel", rect);
}

}  // namespace

int imgui_fonts_in_use() { return ImGui::GetCurrentContext()->FontStack.Size; }

void recover_panel(const PanelContext& context, Rect rect, int fonts, const std::exception& error) {
  recover_imgui(context, fonts);
  try {
    draw_failure(context, rect, failure_words(error, "what is shown here"));
  } catch (const std::bad_alloc&) {
    // There is no memory for a sentence either: the place stays empty.
  }
}

}  // namespace backstep
