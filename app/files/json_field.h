// A JsonField is one value in a JSON file together with its place in it, such
// as "training.learning_rate", so that the message about a mistake can say where it
// is and what would be right. All functions throw FileError for a mistake.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/files/text_file.h"
#include "core/engine/matrix.h"

namespace backstep {

// Parses a whole text; the message about a mistake names its line and column.
nlohmann::json parse_json(const std::string& text);

class JsonField {
 public:
  JsonField(const nlohmann::json& value, std::string place)
      : value_(value), place_(std::move(place)) {}

  const nlohmann::json& value() const { return value_; }

  // The object's field `name`; has() says whether there is one.
  bool has(const std::string& name) const { return value_.contains(name); }
  JsonField operator[](const std::string& name) const;

  // Refuses anything but an object and, when `known` is given, any other field.
  void expect_object() const;
  void expect_object(const std::vector<const char*>& known) const;

  std::string text() const;
  bool truth() const;     // true or false
  double number() const;  // finite
  long whole_number(long lowest, long highest) const;

  // A list of rows of equal length. Values that training has driven out of
  // range are the strings "nan", "inf" and "-inf", where those are allowed.
  enum class Numbers { finite, any };
  Matrix rows(Numbers allowed) const;

  [[noreturn]] void refuse(const std::string& message) const;

 private:
  void add_row(Matrix& matrix, Numbers allowed) const;
  double entry(Numbers allowed) const;
  std::string shown() const;

  const nlohmann::json& value_;
  std::string place_;
};

}  // namespace backstep
