// A waterfall shows where a gradient goes: from the loss back to the first
// layer, each op's bar hangs where the one before it ended, on a logarithmic
// scale that runs to the right as the gradient shrinks. Where there is no room
// for a row per op, a layer's ops share one.
#pragma once

#include <string>
#include <vector>

#include "app/paint/painter.h"
#include "app/paint/theme.h"
#include "core/analysis/gradient_flow.h"

namespace backstep {

// What one op does to the gradient. Bars that make it larger are hollow.
struct WaterfallBar {
  Rect rect;
  FlowKind kind = FlowKind::other;
  bool grows = false;
};

struct WaterfallRow {
  std::string label;   // "σ′ 6"; of several ops their layer, "layer 6"
  std::string factor;  // "×0.18"
  Rect rect;
  std::vector<WaterfallBar> bars;
  std::size_t first = 0, last = 0;  // steps first … last - 1 of the way to the last
};

// What a colour means.
struct WaterfallKey {
  FlowKind kind = FlowKind::other;
  std::string words;
  Rect rect;
};

struct Waterfall {
  Rect rect;
  float ui_scale = 1;
  float label_right = 0;  // where the labels end
  std::vector<WaterfallRow> rows;
  std::vector<float> decades;  // x of powers of ten
  std::string arrives;         // "= 3.2e-05 arrives at layer 1", "nothing is left after σ′ 3"
  bool broken = false;         // what arrives is nothing, or no number
  Rect arrives_rect;
  std::vector<WaterfallKey> key;  // of the kinds that occur
  float bottom = 0;               // where the last of it ends; never below `rect`
};

// Where everything lies; `layers` are the names of Graph::layers().
Waterfall lay_out_waterfall(const Painter& painter, Rect rect, float ui_scale,
                            const std::vector<FlowStep>& flow,
                            const std::vector<std::string>& layers);

// How high a waterfall must be to be readable, in pixels, and how high it needs
// to be for a row per op; beyond the most its rows only drift apart.
float least_waterfall_height(const std::vector<FlowStep>& flow, float ui_scale);
float full_waterfall_height(const std::vector<FlowStep>& flow, float ui_scale);
float most_waterfall_height(const std::vector<FlowStep>& flow, float ui_scale);

void draw_waterfall(Painter& painter, const Waterfall& waterfall, const Theme& theme);

}  // namespace backstep
