// JSON text as Backstep writes it, by hand: a matrix is a list of rows that a
// person can read, and every number reads back as the same bits. JSON has no
// numbers that are not finite; they are the strings "nan", "inf" and "-inf".
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/matrix.h"

namespace backstep {

std::string json_number(double value);
std::string json_string(const std::string& text);

// [[0.4], [0.6]]; when that is long, a row a line, the lines indented by `indent`.
std::string json_rows(const Matrix& matrix, int indent);

// A list of fields in their order, each a name and JSON text; fields are
// written a line each, the lines indented by `indent`.
using JsonFields = std::vector<std::pair<std::string, std::string>>;
std::string json_object(const JsonFields& fields, int indent);

// Matrices by name, as an object of their rows.
std::string json_matrices(const std::map<std::string, Matrix>& matrices, int indent);

}  // namespace backstep
