// The cards of the inspector, one function each, from top to bottom of the
// panel; which of them are shown is decided in inspector_panel.cpp.
#pragma once

#include "app/explain/explain.h"
#include "app/widgets/context.h"

namespace backstep {

// What is being inspected.
struct Inspected {
  int index = 0;
  Index entry = 0;
  const Node& node;
  const Explanation& words;
};

void draw_forward_card(const PanelContext& context, const Inspected& inspected);
void draw_chain_rule_card(const PanelContext& context, const Inspected& inspected);
void draw_origin_card(const PanelContext& context, const Inspected& inspected);
void draw_nudge_card(const PanelContext& context, const Inspected& inspected);
void draw_value_card(const PanelContext& context, const Inspected& inspected);
void draw_source_card(const PanelContext& context, const Inspected& inspected);
void draw_paths_card(const PanelContext& context, const Inspected& inspected);

// Above all others while there is something to say: the bug lab, numbers that
// are rounded, the checks of every gradient. `inspected` may be null.
void draw_bug_card(const PanelContext& context);
void draw_precision_card(const PanelContext& context);
void draw_checks_card(const PanelContext& context, const Inspected* inspected);
// At the foot: the way to those that are not shown.
void draw_proofs_card(const PanelContext& context);

// All entries of a matrix as cells coloured by sign and size, scrolled where
// there are many. A click selects an entry; those of a leaf can be dragged and
// typed. `id` tells two grids of one panel apart.
enum class GridOf { values, gradients };
void draw_grid(const PanelContext& context, const Inspected& inspected, GridOf what);

// Asks for the edits that a field made.
struct NumberEdit;
void push_edit(const PanelContext& context, int leaf, Index entry, double value,
               const NumberEdit& edit);

// How far a drag of one unit moves a number of this size.
double drag_step(double value);

}  // namespace backstep
