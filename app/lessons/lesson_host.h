// A LessonHost is the window a lesson is walked in: the workspace that the lesson
// acts on, and the two things it cannot do there by itself. The App is one; a
// test can be another.
#pragma once

#include "app/workspace/workspace.h"

namespace backstep {

class LessonHost {
 public:
  virtual Workspace& workspace() = 0;
  // Opens the document in place of what is open; the lesson goes on.
  virtual void open_for_lesson(Document document) = 0;
  // After another graph was opened: nothing refers to nodes of the old one any more.
  virtual void forget_old_graph() = 0;

 protected:
  ~LessonHost() = default;
};

}  // namespace backstep
