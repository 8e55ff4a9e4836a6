#include "app/graph/graph_marks.h"

namespace backstep {

GraphMarks marks_of(const Session& session, const ViewState& view) {
  GraphMarks marks;
  if (view.training) return marks;  // the numbers change all the time
  if (view.show_checks) marks.checks = session.all_checks();
  if (session.setup().precision != Precision::float64) marks.bad_numbers = &session.bad_numbers();
  return marks;
}

}  // namespace backstep
