// A PanelContext is what every panel is handed: what it reads, the queue through
// which it asks for changes, and what it draws with. A panel changes nothing by
// itself but the view and what its own hand is in the middle of.
#pragma once

#include "app/commands/actions.h"
#include "app/lab/lab.h"
#include "app/paint/fonts.h"
#include "app/paint/theme.h"
#include "app/session/session.h"
#include "app/view/bug_hunt.h"
#include "app/view/interaction_state.h"
#include "app/view/view.h"

namespace backstep {

class FrameRecord;
class Gpu;
class LessonGuide;

struct PanelContext {
  const Session& session;
  ViewState& view;
  Actions& actions;
  InteractionState& interaction;
  const Theme& theme;
  const Fonts& fonts;
  const Lab& lab;
  const BugHunt& hunt;
  const LessonGuide* lesson;  // null: none is open
  Gpu* gpu;                   // null without OpenGL
  FrameRecord* record;        // null: nobody reads what is shown
  float scale;        // pixels per unit of length in the design

  float px(float units) const { return units * scale; }
};

}  // namespace backstep
