#include "app/documents/mode.h"

#include "core/base/text.h"

namespace backstep {

namespace {

constexpr ModeRow modes[] = {
    {Mode::step, "step"},
    {Mode::train, "train"},
    {Mode::compare, "compare"},
};

}  // namespace

std::span<const ModeRow> all_modes() { return modes; }

const char* name_of(Mode mode) {
  for (const ModeRow& row : modes)
    if (row.mode == mode) return row.name;
  return "";
}

std::optional<Mode> find_mode(const std::string& name) {
  for (const ModeRow& row : modes)
    if (name == row.name) return row.mode;
  return std::nullopt;
}

std::vector<std::string> mode_names() {
  std::vector<std::string> names;
  for (const ModeRow& row : modes) names.emplace_back(row.name);
  return names;
}

std::string mode_choices() { return alternatives(mode_names()); }

}  // namespace backstep
