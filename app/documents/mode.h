// A Mode is what the window is for: to step through the passes of a network, to
// train it, or to compare runs. Session files, lessons and the command line call
// it by the name in its row.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace backstep {

enum class Mode { step, train, compare };

struct ModeRow {
  Mode mode;
  const char* name;  // "train", in files and on the command line
};

std::span<const ModeRow> all_modes();

const char* name_of(Mode mode);
std::optional<Mode> find_mode(const std::string& name);

std::vector<std::string> mode_names();
std::string mode_choices();  // "step, train or compare"

}  // namespace backstep
