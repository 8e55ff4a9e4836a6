// The doctor's cards say of each run what is wrong with it, or that it is
// healthy, and offer to replay it with a remedy.
#pragma once

#include <string>

#include "app/widgets/context.h"
#include "core/doctor/doctor.h"

namespace backstep {

struct DoctorCard {
  int run = -1;                          // of the comparison; −1: the session's own
  std::string name;                      // "sigmoid"; empty for the session's own
  const Diagnosis* diagnosis = nullptr;  // null: not known yet
  bool chosen = false;                   // its gradient is followed below
  Color color;                           // of the frame when chosen
};

// Draws the card in the panel that is being filled. True when it was clicked.
bool draw_doctor_card(const PanelContext& context, const DoctorCard& card);

}  // namespace backstep
