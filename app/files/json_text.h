// JSON text, written without a library so that people can read it: a matrix is a
// list of rows, and every number reads back as the same bits. Numbers that are not
// finite, which JSON lacks, are the strings "nan", "inf" and "-inf".
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/matrix.h"

namespace backstep {

std::string json_number(double value);
std::string json_string(const std::string& text);

// [[0.4], [0.6]]; a long matrix has a line for each row, indented by `indent`.
std::string json_rows(const Matrix& matrix, int indent);

// An object of the fields in their order, each a name and its JSON text, on lines of
// their own that are indented by `indent`.
using JsonFields = std::vector<std::pair<std::string, std::string>>;
std::string json_object(const JsonFields& fields, int indent);

// Matrices by name, as an object of their rows.
std::string json_matrices(const std::map<std::string, Matrix>& matrices, int indent);

}  // namespace backstep
