// How the session is looked at.
#include <algorithm>
#include <cmath>

#include "app/workspace/workspace_actions.h"

namespace backstep {

namespace {

constexpr float least_text = 0.7f, most_text = 2.5f;

}  // namespace

void zoom(Workspace& workspace, float factor) {
  Camera& camera = workspace.view.camera;
  const Point size = workspace.view.canvas_size;
  const Point middle = {size.x / 2, size.y / 2};
  camera.fit = false;
  camera.zoom *= factor;
  camera.offset = {middle.x + (camera.offset.x - middle.x) * factor,
                   middle.y + (camera.offset.y - middle.y) * factor};
}

void toggle_theme(Workspace& workspace) {
  ThemeName& theme = workspace.view.theme;
  theme = theme == ThemeName::dark ? ThemeName::light : ThemeName::dark;
  workspace.settings.theme = theme;
}

void change_text_size(Workspace& workspace, int direction) {
  ViewState& view = workspace.view;
  const float wanted = direction == 0 ? 1 : view.text_size + 0.1f * static_cast<float>(direction);
  view.text_size = std::clamp(std::round(wanted * 10) / 10, least_text, most_text);
  workspace.settings.text_size = view.text_size;
  view.camera.fit = true;
}

}  // namespace backstep
