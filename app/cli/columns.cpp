#include "app/cli/columns.h"

#include <algorithm>

namespace backstep {

std::string column(const std::string& text, std::size_t width) {
  const auto is_character = [](char c) { return (c & 0xc0) != 0x80; };
  const auto characters =
      static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_character));
  return text + std::string(width > characters ? width - characters : 1, ' ');
}

}  // namespace backstep
