#include "app/lessons/lesson_values.h"

#include <algorithm>

#include "core/base/number_words.h"
#include "core/base/text.h"

namespace backstep {

namespace {

using Texts = std::vector<std::string>;

Texts words_in(const std::string& text) {
  Texts words;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(" \t", at)) != std::string::npos) {
    const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

bool is_name(const std::string& text) {
  if (text.empty() || is_digit(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c == '_' || is_digit(c) || (lower_case(c) >= 'a' && lower_case(c) <= 'z');
  });
}

// The text between a pair of brackets; false when `text` is not in brackets.
bool read_brackets(const std::string& text, std::string& inside) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return false;
  inside = text.substr(1, text.size() - 2);
  return true;
}

// "2", or "[[1, 2], [3, 4]]".
std::string read_matrix(const std::string& written, Matrix& matrix) {
  const std::string wrong = text("'{}': a value is a number, or rows: [[1, 2], [3, 4]]", written);
  double number = 0;
  if (read_number(written, number)) {
    matrix = {{1, 1}, {number}};
    return "";
  }
  std::string rows, row;
  if (written.size() < 4 || !read_brackets(written, rows)) return wrong;
  matrix = {{0, 0}, {}};
  for (const std::string& part : split_at_commas(rows)) {
    if (!read_brackets(part, row)) return wrong;
    const Texts entries = split_at_commas(row);
    for (const std::string& entry : entries) {
      if (!read_number(entry, number)) return wrong;
      matrix.entries.push_back(number);
    }
    const auto columns = static_cast<Index>(entries.size());
    if (matrix.shape.rows > 0 && columns != matrix.shape.columns) return wrong;
    matrix.shape = {matrix.shape.rows + 1, columns};
  }
  return "";
}

}  // namespace

Texts split_at_commas(const std::string& text) {
  Texts parts(1);
  int depth = 0;
  for (char c : text) {
    depth += (c == '[') - (c == ']');
    if (c == ',' && depth == 0)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  for (std::string& part : parts) part = std::string(trimmed(part));
  return parts;
}

bool read_pair(const std::string& text, std::string& left, std::string& right) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return false;
  left = trimmed(std::string_view(text).substr(0, equals));
  right = trimmed(std::string_view(text).substr(equals + 1));
  return !left.empty() && !right.empty();
}

bool begins_with(const std::string& text, const std::string& start, std::string& rest) {
  if (text.compare(0, start.size(), start) != 0) return false;
  rest = trimmed(std::string_view(text).substr(start.size()));
  return true;
}

std::string read_place(const std::string& written, Place& place) {
  Texts words = words_in(written);
  const std::string wrong = text(
      "'{}': a place is start, forward, backward or update, the last three perhaps with a node; "
      "'pass 2' or 'epoch 300' may stand in front",
      written);
  if (words.size() >= 2 && (words[0] == "pass" || words[0] == "epoch")) {
    const bool pass = words[0] == "pass";
    long number = 0;
    if (!read_number(words[1], number) || number < (pass ? 1 : 0)) return wrong;
    (pass ? place.passes : place.epochs) = pass ? number - 1 : number;
    words.erase(words.begin(), words.begin() + 2);
    if (words.empty()) return "";
  }
  if (words.empty() || words.size() > 2) return wrong;
  if (words[0] == "start" && words.size() == 1) return "";
  if (words[0] == "forward")
    place.after = Place::After::forward;
  else if (words[0] == "backward")
    place.after = Place::After::backward;
  else if (words[0] == "update")
    place.after = Place::After::update;
  else
    return wrong;
  if (words.size() == 2) place.node = words[1];
  return "";
}

std::string read_entry(const std::string& written, EntryName& entry) {
  const std::string wrong =
      text("'{}': an entry is written W1[0,1], or w for the first one", written);
  const std::size_t open = written.find('[');
  entry.node = trimmed(std::string_view(written).substr(0, open));
  if (!is_name(entry.node)) return wrong;
  if (open == std::string::npos) return "";
  std::string inside;
  if (!read_brackets(written.substr(open), inside)) return wrong;
  const Texts indices = split_at_commas(inside);
  long row = 0, column = 0;
  if (indices.size() > 2 || !read_number(indices.back(), column) || column < 0) return wrong;
  entry.column = column;
  if (indices.size() == 1) return "";
  if (!read_number(indices[0], row) || row < 0) return wrong;
  entry.row = row;
  return "";
}

std::string read_edit(const std::string& text, LeafEdit& edit) {
  std::string left, right;
  if (!read_pair(text, left, right)) return "an edit reads w = 2, or W1[0,1] = 2";
  if (std::string mistake = read_entry(left, edit.entry); !mistake.empty()) return mistake;
  edit.whole = left.find('[') == std::string::npos;
  return read_matrix(right, edit.value);
}

std::string read_change(const std::string& text, Change& change) {
  if (!read_pair(text, change.setting, change.value)) return "a setting reads activation = tanh";
  return "";
}

std::string read_mode(const std::string& written, Mode& mode) {
  const std::optional<Mode> known = find_mode(written);
  if (!known) return text("'{}': a mode is {}", written, mode_choices());
  mode = *known;
  return "";
}

}  // namespace backstep
