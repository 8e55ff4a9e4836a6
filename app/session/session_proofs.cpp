// What a session knows beyond the passes themselves: paths, checks, precision,
// and bugs built in on purpose.
#include "app/session/session.h"

namespace backstep {

// Kept parameters are those trained; another precision rounds them.
void Session::set_precision(Precision precision) {
  if (precision == document_.precision) return;
  Setup setup = document_;
  setup.precision = precision;
  start_over(std::move(setup), document_.source, "", true);
}

void Session::plant_bug(const std::string& id) {
  if (id == document_.bug) return;
  Setup setup = document_;
  setup.bug = id;
  start_over(std::move(setup), document_.source, "", true);
}

}  // namespace backstep
