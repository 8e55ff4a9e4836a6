// The lesson panel is what the left column shows of an open lesson: the text of the
// step, what is to be predicted and done, and the buttons to go on or back. It stands
// below the program in Step, and takes turns with the setup in Train and Compare.
#pragma once

#include <string>
#include <vector>

#include "app/widgets/context.h"

namespace backstep {

// What is typed and seen of the open lesson at one window.
struct LessonPanelState {
  std::string typed;                        // in the field of the prediction
  bool show_setup = false;                  // in Train and Compare, instead of the lesson
  bool scroll_up = true;                    // to the top, since the step is new
  bool wants_keys = false;                  // the field is to be focused
  bool answered = false;                    // just now, so the judgement is scrolled into sight
  float words_height = 0, task_height = 0;  // of the frame before, in pixels
  long visit = 0, answers = 0;              // of the guide, when last drawn
};

// Into the open window; `rect` is inside its margins.
void draw_lesson(const PanelContext& context, Rect rect);

// Headings in a row, one of them chosen: "LESSON  SETUP". Returns the index of the
// one chosen now; each has the probe `name`.N.
int heading_switch(const PanelContext& context, Point at, const std::vector<const char*>& headings,
                   int chosen, const std::string& name);

}  // namespace backstep
