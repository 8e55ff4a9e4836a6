// A Theme names every colour of the window by what it means: blue for values,
// orange for gradients, purple and teal for signs. Two themes exist, dark and
// light; drawing code asks for a meaning and never spells a colour itself.
#pragma once

#include "app/paint/color.h"

namespace backstep {

enum class ThemeName { dark, light };

struct Theme {
  // Surfaces, from the deepest to the one nearest to the eye.
  Color canvas;      // behind the graph
  Color canvas_dot;  // its faint grid of dots
  Color panel;       // side panels, title bar, transport
  Color card;        // a box on a panel, the body of a node
  Color field;       // where something is typed
  Color button, button_hover, button_active;
  Color line;  // borders and rules
  Color grid;  // grid lines of plots

  // Text.
  Color text;        // what is read
  Color text_soft;   // labels
  Color text_faint;  // hints, line numbers, "not yet computed"

  // Meanings.
  Color value;       // blue: values, forward ticks
  Color value_soft;  // a fill behind something that is a value
  Color gradient;    // orange: gradients, backward ticks
  Color gradient_soft;
  Color update;  // green: update ticks, "right"
  Color update_soft;
  Color primary;  // the fill of the main button
  Color error;    // mistakes
  Color error_soft;
  Color warning;
  Color negative, zero, positive;                   // signs in heatmaps: purple, neutral, teal
  Color edge;                                       // an edge no gradient has come back along yet
  Color head_data, head_param, head_op, head_loss;  // node headers
  Color band;                                       // a layer behind its nodes
  Color selection;                                  // selected text
  Color run[6];                                     // runs beside each other in plots
  Color norm[7];                                    // gradient norms in a heatmap, small to large
  Color norm_plate, norm_label;                     // words written on such a heatmap
  Color flow_weights, flow_slope;                   // what an op does to a gradient on the way back
  Color flow_batch_norm, flow_data, flow_other;

  bool is_dark = true;
};

const Theme& theme_of(ThemeName name);

}  // namespace backstep
