#include "app/files/csv_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "app/files/csv_numbers.h"
#include "app/files/text_file.h"
#include "core/base/text.h"

namespace backstep {

namespace {

constexpr int most_megabytes = 256;

// ---- encodings --------------------------------------------------------------------

void add_utf8(std::string& text, std::uint32_t code) {
  const auto add = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) return add(code);
  if (code < 0x800) {
    add(0xc0 | code >> 6);
  } else {
    if (code < 0x10000) {
      add(0xe0 | code >> 12);
    } else {
      add(0xf0 | code >> 18);
      add(0x80 | (code >> 12 & 0x3f));
    }
    add(0x80 | (code >> 6 & 0x3f));
  }
  add(0x80 | (code & 0x3f));
}

// Detects UTF-16 without a byte-order mark: most of the first characters are ASCII.
bool looks_like_utf16(std::string_view text, bool low_byte_first) {
  const std::size_t looked_at = std::min<std::size_t>(text.size(), 64) & ~std::size_t{1};
  for (std::size_t at = 0; at < looked_at; at += 2) {
    const char low = text[at + (low_byte_first ? 0 : 1)],
               high = text[at + (low_byte_first ? 1 : 0)];
    if (high != '\0' || low == '\0') return false;
  }
  return looked_at >= 4;
}

std::string from_utf16(const std::string& file, std::string_view bytes, bool low_byte_first) {
  std::string text;
  text.reserve(bytes.size());
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]),
               second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<std::uint32_t>(low_byte_first ? second << 8 | first : first << 8 | second);
  };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    std::uint32_t code = unit(at);
    const bool paired = code >= 0xd800 && code < 0xdc00 && at + 3 < bytes.size() &&
                        unit(at + 2) >= 0xdc00 && unit(at + 2) < 0xe000;
    if (paired) {
      code = 0x10000 + ((code - 0xd800) << 10) + (unit(at + 2) - 0xdc00);
      at += 2;
    } else if (code >= 0xd800 && code < 0xe000) {
      throw FileError(file + ": byte " + std::to_string(at + 1) +
                      ": this is UTF-16 with half a character; save it as UTF-8");
    }
    if (code == 0)
      throw FileError(file + ": byte " + std::to_string(at + 1) +
                      ": a character is zero, so this is no text");
    add_utf8(text, code);
  }
  return text;
}

// The characters that Windows-1252 has in place of Latin-1's control characters.
constexpr std::array<std::uint16_t, 32> windows_characters = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

std::string from_windows_1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    add_utf8(text, byte >= 0x80 && byte < 0xa0 ? windows_characters[byte - 0x80] : byte);
  }
  return text;
}

[[noreturn]] void refuse_byte(const std::string& file, std::string_view text, std::size_t at) {
  std::size_t line = 1, start = 0;
  for (std::size_t end = 0; (end = end_of_line(text, start)) <= at; start = end) ++line;
  const std::string place =
      file + ": line " + std::to_string(line) + ", byte " + std::to_string(at - start + 1) + ": ";
  if (text[at] == '\0') throw FileError(place + "a byte is zero, so this is no text");
  std::array<char, 3> hex{};
  std::to_chars(hex.begin(), hex.end(), static_cast<unsigned char>(text[at]), 16);
  throw FileError(place + "the byte 0x" + hex.data() + " is not UTF-8; save the file as UTF-8");
}

// UTF-8 stays as it is. Bytes without any UTF-8 beyond ASCII are read as Windows-1252,
// which contains Latin-1; a mixture of both is refused.
void decode_bytes(CsvText& file, const std::string& name) {
  const std::string& text = file.text;
  std::size_t first_wrong = text.npos;
  bool any_utf8 = false, any_unknown = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == 0) refuse_byte(name, text, at);
    const std::size_t length = byte < 0x80 ? 1 : character_length(text, at);
    any_utf8 = any_utf8 || length > 1;
    if (length == 0) {
      if (first_wrong == text.npos) first_wrong = at;
      any_unknown =
          any_unknown || (byte >= 0x80 && byte < 0xa0 && windows_characters[byte - 0x80] == 0);
    }
    at += std::max<std::size_t>(length, 1);
  }
  if (first_wrong == text.npos) return;
  if (any_utf8 || any_unknown) refuse_byte(name, text, first_wrong);
  file.text = from_windows_1252(text);
  file.encoding = "Windows-1252";
}

// ---- lines ------------------------------------------------------------------------

std::string_view line_at(std::string_view text, std::size_t at) {
  return text.substr(at, end_of_line(text, at) - at);
}

bool begins_without_case(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i)
    if ((text[i] | 0x20) != (word[i] | 0x20)) return false;
  return true;
}

// "sep=;" as Excel writes it, perhaps in quotes.
char separator_named_in(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  if (line.size() > 2 && line.front() == '"' && line.back() == '"')
    line = line.substr(1, line.size() - 2);
  constexpr std::string_view word = "sep=";
  if (!begins_without_case(line, word) || line.size() < word.size() + 1) return 0;
  const char separator = line[word.size()];
  const std::string_view rest = line.substr(word.size() + 1);
  const bool alone = rest.find_first_not_of(",; \t\"") == rest.npos;
  return alone && std::string_view(",;\t|").find(separator) != std::string_view::npos ? separator
                                                                                      : '\0';
}

// The name in "@attribute 'petal length' real".
std::string attribute_in(std::string_view line) {
  line = without_blanks(line.substr(std::string_view("@attribute").size()));
  if (line.empty()) return "";
  const char quote = line[0];
  if (quote == '\'' || quote == '"')
    return std::string(line.substr(1, std::min(line.find(quote, 1), line.size()) - 1));
  return std::string(line.substr(0, line.find_first_of(" \t{[")));
}

bool is_declaration(std::string_view line) {
  for (const char* word : {"@relation", "@attribute", "@data", "@input", "@output"})
    if (begins_without_case(line, word)) return true;
  return false;
}

// ---- separators -------------------------------------------------------------------

// How often each of some characters stands outside of quotes, in each of the
// first lines that are not empty.
struct FirstLines {
  static constexpr std::string_view separators = "\t;|,";
  static constexpr std::size_t most_lines = 20, most_bytes = std::size_t{1} << 18;
  std::vector<std::array<int, separators.size()>> counts;
  std::vector<int> words;  // cells when blanks separate them
  bool lined_up = true;    // every line has several adjacent blanks

  explicit FirstLines(std::string_view text) {
    text = text.substr(0, most_bytes);
    std::array<int, separators.size()> now{};
    bool quoted = false, in_word = false, any = false, wide = false;
    int words_now = 0;
    char before = 0;
    for (char c : text) {
      if (c == '"') quoted = !quoted;
      if (!quoted && (c == '\n' || c == '\r')) {
        if (any) {
          counts.push_back(now);
          words.push_back(words_now);
          lined_up = lined_up && wide;
        }
        if (counts.size() == most_lines) return;
        now = {};
        in_word = any = wide = false;
        words_now = 0;
        before = 0;
        continue;
      }
      const bool blank = !quoted && (c == ' ' || c == '\t');
      any = any || !blank || c == '\t';
      wide = wide || (words_now > 0 && c == ' ' && before == ' ');
      before = quoted ? '"' : c;
      if (!blank && !in_word) ++words_now;
      in_word = !blank;
      const std::size_t which = separators.find(c);
      if (!quoted && which != separators.npos) ++now[which];
    }
  }

  // Equally many in every line, give or take one at the end of a line.
  bool is_even(std::size_t which) const {
    const int first = counts[0][which];
    if (first == 0) return false;
    return std::all_of(counts.begin(), counts.end(), [&](const auto& line) {
      return line[which] > 0 && std::abs(line[which] - first) <= 1;
    });
  }
  // R writes no name above the row names, so that the first line has one cell less.
  bool words_are_even() const {
    const int usual = words.back();
    return usual > 1 && (words[0] == usual || words[0] == usual - 1) &&
           std::all_of(words.begin() + 1, words.end(), [&](int count) { return count == usual; });
  }
};

}  // namespace

CsvText read_csv_text(const std::filesystem::path& path) {
  const std::string name = path.string();
  CsvText file = {read_bytes(path, most_megabytes), ""};
  const std::string_view bytes = file.text;
  const bool low_first = bytes.starts_with("\xff\xfe"), high_first = bytes.starts_with("\xfe\xff");
  if (low_first || high_first) {
    file = {from_utf16(name, bytes.substr(2), low_first), "UTF-16"};
  } else if (looks_like_utf16(bytes, true) || looks_like_utf16(bytes, false)) {
    file = {from_utf16(name, bytes, looks_like_utf16(bytes, true)), "UTF-16"};
  } else {
    decode_bytes(file, name);
  }
  constexpr std::string_view mark = "\xef\xbb\xbf";
  if (file.text.starts_with(mark)) file.text.erase(0, mark.size());
  if (without_blanks(file.text).empty()) throw FileError(name + ": the file is empty");
  file.text += '\n';
  return file;
}

CsvPreamble preamble_of(std::string_view text) {
  CsvPreamble preamble;
  for (; preamble.end < text.size(); ++preamble.line) {
    const std::string_view whole = line_at(text, preamble.end), line = without_blanks(whole);
    const char separator = separator_named_in(whole);
    if (separator) {
      preamble.separator = separator;
    } else if (line.starts_with('#') || line.starts_with('%')) {
      preamble.comment = line[0];
      const std::string_view rest = line.substr(1);
      preamble.comment_is_close = !rest.empty() && rest[0] != ' ' && rest[0] != '\t';
      preamble.last_comment = without_blanks(rest);
    } else if (is_declaration(line)) {
      if (begins_without_case(line, "@attribute"))
        preamble.attributes.push_back(attribute_in(line));
    } else if (!line.empty() || whole.find('\t') != whole.npos) {
      break;
    }
    preamble.end += whole.size();
  }
  return preamble;
}

std::size_t end_of_line(std::string_view text, std::size_t at) {
  at = std::min(text.find_first_of("\r\n", at), text.size());
  if (at < text.size() && text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
  return std::min(at + 1, text.size());
}

char separator_of(std::string_view text) {
  const FirstLines lines(text);
  if (lines.counts.empty()) return ',';
  constexpr auto& separators = FirstLines::separators;
  const auto& header = lines.counts[0];
  const bool has_marks =
      header[separators.find(';')] + header[separators.find(',')] + header[separators.find('|')] >
      0;
  // More words than cells between tabs, in every line: blanks line the columns
  // up, unless the cells between the tabs are of several words.
  if (!has_marks && lines.words_are_even() && lines.words.back() > header[0] + 1 &&
      (header[0] == 0 || lines.lined_up))
    return ' ';
  for (std::size_t which = 0; which < separators.size(); ++which)
    if (lines.is_even(which)) return separators[which];
  const auto most = std::max_element(header.begin(), header.end());
  return *most > 0 ? separators[static_cast<std::size_t>(most - header.begin())] : ',';
}

std::string with_tabs_for_blanks(std::string_view text) {
  std::string tabbed;
  tabbed.reserve(text.size());
  bool quoted = false, blank = false, any = false;
  for (char c : text) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == ' ' || c == '\t')) {
      blank = true;
      continue;
    }
    if (c == '\n' || c == '\r') {
      if (!quoted) any = blank = false;
    } else {
      if (blank && any) tabbed += '\t';
      any = true;
      blank = false;
    }
    tabbed += c;
  }
  return tabbed;
}

}  // namespace backstep
