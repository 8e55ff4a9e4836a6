#include "app/files/json_text.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/paint/numbers.h"

namespace backstep {

namespace {
constexpr std::size_t longest_json_line = 80;
}

std::string json_number(double value) {
  if (!std::isfinite(value)) return '"' + exact_number(value) + '"';
  if (value == 0 && std::signbit(value)) return "-0.0";  // "-0" is read as an integer, 0
  return exact_number(value);
}

std::string json_string(const std::string& text) {
  using nlohmann::json;
  return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string json_rows(const Matrix& matrix, int indent) {
  std::vector<std::string> rows;
  std::size_t length = 0;
  for (Index row = 0; row < matrix.shape.rows; ++row) {
    std::string text = "[";
    for (Index column = 0; column < matrix.shape.columns; ++column) {
      const Index entry = row * matrix.shape.columns + column;
      if (column > 0) text += ", ";
      text += json_number(matrix.entries[static_cast<std::size_t>(entry)]);
    }
    rows.push_back(text + "]");
    length += rows.back().size();
  }
  const std::string space(static_cast<std::size_t>(indent), ' ');
  const std::string separator = length < longest_json_line ? ", " : ",\n " + space;
  std::string text;
  for (const std::string& row : rows) text += (text.empty() ? "[" : separator) + row;
  return text + "]";
}

std::string json_object(const JsonFields& fields, int indent) {
  if (fields.empty()) return "{}";
  const std::string space(static_cast<std::size_t>(indent), ' ');
  std::string text;
  for (const auto& [name, value] : fields) {
    text += (text.empty() ? "{\n" : ",\n") + space + "  ";
    text += json_string(name) + ": " + value;
  }
  return text + "\n" + space + "}";
}

std::string json_matrices(const std::map<std::string, Matrix>& matrices, int indent) {
  JsonFields fields;
  for (const auto& [name, matrix] : matrices)
    fields.emplace_back(name, json_rows(matrix, indent + 4));
  return json_object(fields, indent);
}

}  // namespace backstep
