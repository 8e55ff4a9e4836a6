#include "app/cli/columns.h"

#include "core/base/text.h"

namespace backstep {

std::string column(const std::string& text, std::size_t width) {
  const std::size_t characters = character_count(text);
  return text + std::string(width > characters ? width - characters : 1, ' ');
}

}  // namespace backstep
