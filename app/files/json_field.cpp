#include "app/files/json_field.h"

#include <cmath>
#include <set>
#include <vector>

#include "core/base/suggestions.h"
#include "core/base/text.h"

namespace backstep {

using nlohmann::json;

namespace {

constexpr int deepest_nesting = 32;
constexpr std::size_t longest_quote = 40;

// Refuses, while parsing, what would otherwise go unnoticed: a name given twice, of
// which the library keeps the last, and endless nesting.
class Watch {
 public:
  bool operator()(int depth, json::parse_event_t event, const json& value) {
    if (depth > deepest_nesting)
      throw FileError("the lists and objects in this file nest too deep");
    if (event == json::parse_event_t::object_start) names_.emplace_back();
    if (event == json::parse_event_t::object_end) names_.pop_back();
    if (event == json::parse_event_t::key && !names_.back().insert(value).second)
      throw FileError("the field \"" + shortened(value.get<std::string>(), longest_quote) +
                      "\" is given twice in one object");
    return true;
  }

 private:
  std::vector<std::set<std::string>> names_;
};

// "[json.exception…] parse error at line 3, column 5: syntax error …" without
// what only a programmer wants to know.
std::string reason(const json::exception& error) {
  const std::string what = error.what();
  const std::string before_place = "parse error at ";
  const std::size_t place = what.find(before_place);
  if (place == std::string::npos)
    return "this is not JSON: " + shortened(what.substr(what.find("] ") + 2), 160);
  const std::string rest = what.substr(place + before_place.size());
  const std::size_t colon = rest.find(": ");
  return rest.substr(0, colon) + ": this is not JSON: " + shortened(rest.substr(colon + 2), 160);
}

std::string rows_are(const std::string& found) {
  return "a matrix is a list of rows, [[1.0, 2.0], [3.0, 4.0]], and this is " + found;
}

}  // namespace

json parse_json(const std::string& text) {
  try {
    Watch watch;
    return json::parse(text, [&](int depth, json::parse_event_t event, json& value) {
      return watch(depth, event, value);
    });
  } catch (const json::exception& error) {
    throw FileError(reason(error));
  }
}

JsonField JsonField::operator[](const std::string& name) const {
  return {value_.at(name), place_.empty() ? name : place_ + "." + name};
}

void JsonField::refuse(const std::string& message) const {
  throw FileError(place_.empty() ? message : place_ + ": " + message);
}

std::string JsonField::shown() const {
  if (value_.is_object()) return "an object";
  if (value_.is_array()) return "a list";
  return shortened(value_.dump(-1, ' ', false, json::error_handler_t::replace), longest_quote);
}

void JsonField::expect_object() const {
  if (!value_.is_object()) refuse("this should be an object, {…}, and is " + shown());
}

void JsonField::expect_object(const std::vector<const char*>& known) const {
  expect_object();
  const std::vector<std::string> names(known.begin(), known.end());
  for (const auto& [name, value] : value_.items()) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    JsonField(value, place_.empty() ? shortened(name, longest_quote)
                                    : place_ + "." + shortened(name, longest_quote))
        .refuse("this field is not known" + suggestion(name, names, "; this version has "));
  }
}

std::string JsonField::text() const {
  if (!value_.is_string()) refuse("this should be a text in quotes, and is " + shown());
  return value_;
}

bool JsonField::truth() const {
  if (!value_.is_boolean()) refuse("this should be true or false, and is " + shown());
  return value_;
}

double JsonField::number() const {
  if (!value_.is_number()) refuse("this should be a number, and is " + shown());
  return value_;
}

long JsonField::whole_number(long lowest, long highest) const {
  const double wanted = value_.is_number() ? value_.get<double>() : NAN;
  if (wanted >= static_cast<double>(lowest) && wanted <= static_cast<double>(highest) &&
      wanted == std::floor(wanted))
    return static_cast<long>(wanted);
  refuse(backstep::text("this should be a whole number from {} to {}, and is {}", lowest, highest,
                        shown()));
}

Matrix JsonField::rows(Numbers allowed) const {
  if (!value_.is_array()) refuse(rows_are(shown()));
  if (value_.empty()) refuse(rows_are("an empty list"));
  Matrix matrix;
  matrix.shape = {0, 0};
  matrix.entries.clear();
  for (const json& row : value_) {
    const std::string number = std::to_string(matrix.shape.rows + 1);
    JsonField(row, place_ + ", row " + number).add_row(matrix, allowed);
  }
  return matrix;
}

void JsonField::add_row(Matrix& matrix, Numbers allowed) const {
  if (!value_.is_array()) refuse("a row is a list of numbers, [1.0, 2.0], and this is " + shown());
  const auto columns = static_cast<Index>(value_.size());
  if (columns == 0) refuse("a row needs at least one number");
  if (matrix.shape.rows == 0) matrix.shape.columns = columns;
  if (columns != matrix.shape.columns)
    refuse(backstep::text("this row has {}, and row 1 has {}; rows have equal length",
                          counted(columns, "number"), matrix.shape.columns));
  for (Index column = 0; column < columns; ++column) {
    const json& number = value_[static_cast<std::size_t>(column)];
    if (number.is_number())
      matrix.entries.push_back(number);
    else
      matrix.entries.push_back(
          JsonField(number, place_ + ", column " + std::to_string(column + 1)).entry(allowed));
  }
  ++matrix.shape.rows;
}

double JsonField::entry(Numbers allowed) const {
  if (allowed == Numbers::any) {
    if (value_ == "nan") return NAN;
    if (value_ == "inf") return INFINITY;
    if (value_ == "-inf") return -INFINITY;
  }
  refuse("this should be a number, and is " + shown());
}

}  // namespace backstep
