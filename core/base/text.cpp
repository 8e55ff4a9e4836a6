#include "core/base/text.h"

// The one place that compiles libfmt (CMakeLists.txt): two seconds here, and none in
// the files that include text.h.
#include <fmt/format.h>

#include <algorithm>

namespace backstep {

std::string formatted(fmt::string_view format, fmt::format_args values) {
  return fmt::vformat(format, values);
}

// ---- characters ---------------------------------------------------------------

std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  const std::size_t length = byte < 0x80       ? 1
                             : byte >> 5 == 6  ? 2
                             : byte >> 4 == 14 ? 3
                             : byte >> 3 == 30 ? 4
                                               : 0;
  if (at + length > text.size()) return 0;
  unsigned code = byte & (0x7fu >> (length > 1 ? length : 0));
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues_character(text[at + i])) return 0;
    code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3f);
  }
  // Not longer than need be, not half of a UTF-16 pair, not beyond Unicode.
  constexpr unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < least[length] || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff) return 0;
  return length;
}

std::size_t character_count(std::string_view text) {
  return text.size() -
         static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues_character));
}

std::string_view beginning(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && continues_character(text[bytes])) --bytes;
  return text.substr(0, bytes);
}

std::optional<TextPosition> first_bad_character(std::string_view text, bool (*refused)(char)) {
  TextPosition here;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_length(text, at);
    if (length == 0 || refused(text[at])) return here;
    here.column = text[at] == '\n' ? 1 : here.column + 1;
    here.line += text[at] == '\n';
    at += length;
  }
  return std::nullopt;
}

// ---- letters ------------------------------------------------------------------

std::string lower_case(std::string text) {
  for (char& c : text) c = lower_case(c);
  return text;
}

std::string upper_case(std::string text) {
  for (char& c : text) c = upper_case(c);
  return text;
}

std::string capitalised(std::string text) {
  if (!text.empty()) text[0] = upper_case(text[0]);
  return text;
}

// ---- what is shown of a text --------------------------------------------------

std::string_view trimmed(std::string_view text, std::string_view blanks) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

std::string shortened(std::string_view text, std::size_t bytes) {
  const std::string_view start = beginning(text, bytes);
  return std::string(start) + (start.size() < text.size() ? "…" : "");
}

// ---- counts and lists ---------------------------------------------------------

std::string plural(long count, std::string_view one) {
  return std::string(one) + (count == 1 ? "" : "s");
}

std::string counted(long count, std::string_view one) {
  return text("{} {}", count, plural(count, one));
}

std::string counted(long count, std::string_view one, std::string_view many) {
  return text("{} {}", count, count == 1 ? one : many);
}

std::string alternatives(const std::vector<std::string>& parts) {
  if (parts.size() < 2) return joined(parts);
  const std::vector<std::string> first(parts.begin(), parts.end() - 1);
  return text("{} or {}", joined(first), parts.back());
}

std::string joined_up_to(std::size_t most, const std::vector<std::string>& parts) {
  if (parts.size() <= most) return joined(parts);
  const std::vector<std::string> first(parts.begin(), parts.begin() + static_cast<long>(most));
  return text("{} and {} more", joined(first), parts.size() - most);
}

}  // namespace backstep
