// A LessonRun is a lesson being walked: at which step one is, what was
// predicted, and how many predictions were right.
#pragma once

namespace backstep {

class LessonRun {};

}  // namespace backstep
