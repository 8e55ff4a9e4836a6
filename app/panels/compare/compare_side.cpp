#include "app/panels/compare/compare_side.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/paint/imgui_painter.h"
#include "app/panels/compare/compare_cards.h"
#include "app/panels/compare/doctor_cards.h"
#include "app/panels/compare/run_series.h"
#include "app/plots/waterfall.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"

namespace backstep {

namespace {

constexpr float side_padding = 14, least_split_height = 540;
constexpr float around_waterfall = 110;  // its card's title, margins, and the panel's
constexpr float below_waterfall = 24;    // the card's margin, and what follows a card

// What the two parts show.
struct Side {
  std::vector<DoctorCard> doctor;
  std::string flow_of;  // the run whose gradient is followed; may be empty
  const std::vector<FlowStep>* flow = nullptr;
  const std::vector<std::string>* layers = nullptr;
};

// A click on a card chooses its run.
void draw_doctor(const PanelContext& context, const Side& side) {
  section_title(context, "GRADIENT DOCTOR");
  gap(context, 6);
  for (const DoctorCard& card : side.doctor)
    if (draw_doctor_card(context, card) && card.run >= 0)
      context.actions.push(action::ChooseRun{card.run});
}

// The card is as high as its rows need, but ends at `bottom` where they can be lower.
void draw_flow(const PanelContext& context, const Side& side, float bottom) {
  const Theme& theme = context.theme;
  begin_card(context, "WHERE THE GRADIENT GOES", side.flow_of);
  if (!side.flow || side.flow->empty()) {
    text_wrapped(context, Face::ui, 13, theme.text_soft, "Not known yet.");
    end_card(context);
    return;
  }
  text_wrapped(context, Face::ui, 12.5f, theme.text_soft,
               "whole training set, from the loss back, log scale");
  gap(context, 6);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float least = least_waterfall_height(*side.flow, context.scale);
  const float room = std::min(bottom - context.px(below_waterfall) - at.y,
                              most_waterfall_height(*side.flow, context.scale));
  const Rect rect = {at.x, at.y, line_width(context), std::max(least, room)};
  ImGuiPainter painter = painter_for(context);
  const Waterfall waterfall =
      lay_out_waterfall(painter, rect, context.scale, *side.flow, *side.layers);
  draw_waterfall(painter, waterfall, theme);
  const Rect used = {rect.x, rect.y, rect.width, waterfall.bottom - rect.y};
  ImGui::Dummy({used.width, used.height});
  end_card(context);
  probe(context, "compare.waterfall", used);
}

// How high the doctor's part wants to be: as high as its content in the last frame.
float doctor_height(const PanelContext& context, float otherwise) {
  const ImGuiWindow* window = ImGui::FindWindowByName("doctor");
  return window ? std::ceil(window->ContentSize.y + 2 * context.px(side_padding)) : otherwise;
}

void draw_side(const PanelContext& context, Rect right, const Side& side) {
  probe(context, "doctor", right);
  if (right.height < context.px(least_split_height)) {
    // There is too little height for two parts that scroll, so they scroll as one.
    begin_panel("doctor.and.flow", right, context);
    draw_doctor(context, side);
    draw_flow(context, side, right.bottom() - context.px(side_padding));
    end_panel(context);
    return;
  }
  const float wanted =
      side.flow && !side.flow->empty()
          ? full_waterfall_height(*side.flow, context.scale) + context.px(around_waterfall)
          : context.px(around_waterfall);
  const float least_below = std::min(wanted, right.height / 2);
  const float doctor = doctor_height(context, right.height / 2);
  Rect upper = right, lower = right;
  upper.height = std::round(std::min(doctor, right.height - least_below));
  // The parts share one margin, unless the upper one is scrolled.
  const bool scrolled = doctor > right.height - least_below;
  const float overlap = scrolled ? 0 : std::round(context.px(side_padding));
  lower.y = upper.bottom() - overlap;
  lower.height = right.bottom() - lower.y;
  begin_panel("doctor", upper, context);
  draw_doctor(context, side);
  end_panel(context);
  begin_panel("flow", lower, context);
  draw_flow(context, side, lower.bottom() - context.px(side_padding));
  end_panel(context);
}

}  // namespace

void draw_compare_side(const PanelContext& context, Rect right) {
  Side side;
  const Comparison* comparison = context.lab.comparison();
  if (comparison) {
    const auto& runs = comparison->runs();
    const int chosen = context.lab.compared().chosen();
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const int number = static_cast<int>(i);
      side.doctor.push_back({number, runs[i].name, runs[i].view.diagnosis(), number == chosen,
                             run_series(context.theme, runs[i], number).color});
    }
    const Comparison::Run& run = runs[static_cast<std::size_t>(chosen)];
    side.flow_of = run.name;
    side.flow = &run.view.flow();
    side.layers = &run.experiment->timeline().graph().layers();
  }
  draw_side(context, right, side);
}

void draw_train_side(const PanelContext& context, Rect right) {
  Side side;
  const RunView& view = context.lab.run_view();
  side.doctor.push_back({-1, "", view.diagnosis(), false, context.theme.line});
  side.flow = &view.flow();
  side.layers = &context.session.graph().layers();
  draw_side(context, right, side);
}

}  // namespace backstep
