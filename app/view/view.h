// The ViewState is how one looks at a session: what is selected, where the canvas
// stands, what is playing, which theme. It is not part of the document and is
// changed by the panels directly.
#pragma once

#include <string>
#include <vector>

#include "app/documents/mode.h"
#include "app/paint/painter.h"
#include "app/paint/theme.h"
#include "app/plots/plot.h"
#include "core/engine/matrix.h"

namespace backstep {

// One entry of one node's matrix.
struct Selection {
  int node = -1;  // -1: follow the node the last tick worked on
  Index entry = 0;
};

// Canvas coordinates times zoom plus offset are pixels of the canvas.
struct Camera {
  float zoom = 1;
  Point offset;
  bool fit = true;  // follow the graph and the canvas size until one pans or zooms
};

// What the mouse does to the points of a field.
enum class PointTool { pick, add, move, erase };

struct ViewState {
  Mode mode = Mode::step;
  ThemeName theme = ThemeName::dark;
  float text_size = 1;  // set by the user; multiplied with the display's scale
  Selection selection;
  int hovered_node = -1;
  Camera camera;
  Point canvas_size;  // pixels of the graph's canvas in the last frame
  PlotView loss_plot, norm_plot;
  bool loss_log = true, norm_log = true;
  PlotView epoch_plots[4];     // loss, norms, update ratio, compared losses
  int train_card = 0;          // of Train, the one to be seen where not all have room
  int field_column = 0;        // of several classes, the one whose field is shown
  PointTool point_tool = PointTool::pick;
  int point_class = 1;  // of the points added; with numbers for targets, 0 is −1 and 1 is 1
  bool playing = false, training = false;  // training: in Compare, all runs
  double play_speed = 2;                   // ticks a second
  bool presenting = false;
  double flow_phase = 1;           // 0 to 1 while light runs along the edges of the last tick
  std::vector<int> pointed_nodes;  // by a lesson, or a link in its text under the pointer
  std::vector<int> lit_edges;      // of one path to the loss
  std::vector<Index> lit_entries;  // of the nodes along it; may be empty
  bool show_checks = false;        // the marks of the nudge check are on the graph
  std::string message;             // one line at the foot of the window
};

}  // namespace backstep
