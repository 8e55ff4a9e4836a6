#include "app/view/layout.h"

#include <algorithm>
#include <cmath>

namespace backstep {

namespace {

// Lengths in design units.
constexpr float title_height = 48, transport_height = 78, tabs_height = 38;
constexpr float least_full_width = 1000, least_full_height = 560;

// Panels meet on whole pixels, so that no seam shows between them.
float snap(float length) { return std::round(length); }

Layout full(float width, float height, float scale) {
  Layout layout;
  const float units = width / scale;
  const float left = snap(scale * std::clamp(units * 0.206f, 276.0f, 420.0f));
  const float right = snap(scale * std::clamp(units * 0.231f, 308.0f, 470.0f));
  const float top = snap(scale * title_height), bar = snap(scale * transport_height);
  const float plots = snap(std::clamp((height - top - bar) * 0.36f, 170 * scale, 420 * scale));
  const float middle = width - left - right;
  layout.title = {0, 0, width, top};
  layout.program = {0, top, left, height - top};
  layout.inspector = {width - right, top, right, height - top};
  layout.plots = {left, height - plots, middle, plots};
  layout.transport = {left, height - plots - bar, middle, bar};
  layout.graph = {left, top, middle, height - plots - bar - top};
  return layout;
}

Layout compact(float width, float height, float scale, SidePanel side) {
  Layout layout;
  layout.compact = true;
  const float top = snap(scale * title_height), bar = snap(scale * transport_height);
  const float right = snap(std::min(std::max(width * 0.42f, 280 * scale), width * 0.6f));
  const float tabs = snap(scale * tabs_height);
  layout.title = {0, 0, width, top};
  layout.graph = {0, top, width - right, height - top - bar};
  layout.transport = {0, height - bar, width - right, bar};
  layout.side_tabs = {width - right, top, right, tabs};
  const Rect panel = {width - right, top + tabs, right, height - top - tabs};
  (side == SidePanel::program     ? layout.program
   : side == SidePanel::inspector ? layout.inspector
                                  : layout.plots) = panel;
  return layout;
}

Layout presentation(float width, float height, float scale) {
  Layout layout;
  const float bar = snap(scale * transport_height);
  layout.graph = {0, 0, width, height - bar};
  layout.transport = {0, height - bar, width, bar};
  return layout;
}

}  // namespace

Layout lay_out(float width, float height, float scale, bool presenting, SidePanel side) {
  if (presenting) return presentation(width, height, scale);
  if (width < least_full_width * scale || height < least_full_height * scale)
    return compact(width, height, scale, side);
  return full(width, height, scale);
}

Layout lay_out_lab(float width, float height, float scale, bool presenting, SidePanel side) {
  Layout layout;
  if (presenting) {
    layout.middle = {0, 0, width, height};
  } else if (width < least_full_width * scale || height < least_full_height * scale) {
    const Layout small = compact(width, height, scale, side);
    layout.compact = true;
    layout.title = small.title;
    layout.side_tabs = small.side_tabs;
    layout.middle = {0, small.title.bottom(), small.side_tabs.x, height - small.title.bottom()};
    const Rect panel = {small.side_tabs.x, small.side_tabs.bottom(), small.side_tabs.width,
                        height - small.side_tabs.bottom()};
    (side == SidePanel::program ? layout.setup : layout.side) = panel;
  } else {
    const Layout wide = full(width, height, scale);
    layout.title = wide.title;
    layout.setup = wide.program;
    layout.side = wide.inspector;
    layout.middle = {wide.program.right(), wide.program.y, wide.inspector.x - wide.program.right(),
                     wide.program.height};
  }
  // Where messages appear.
  layout.graph = layout.middle;
  return layout;
}

}  // namespace backstep
