// The parts of the setup panel, from its top to its foot.
#pragma once

#include "app/widgets/context.h"

namespace backstep {

void draw_data_section(const PanelContext& context);
void draw_network_section(const PanelContext& context);
void draw_training_section(const PanelContext& context);
// A row of the network, or, in Compare, among the rows folded under More.
void draw_dropout(const PanelContext& context);
bool has_dropout(const PanelContext& context);

// Compare: what the runs are and what they differ in, and what else to try.
void draw_runs_section(const PanelContext& context);
void draw_tries_section(const PanelContext& context);

// Train, one epoch, restart.
float setup_foot_height(const PanelContext& context);
void draw_setup_foot(const PanelContext& context);

}  // namespace backstep
