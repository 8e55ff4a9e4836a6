// Leaves: numbers written out, drawn at random, or taken from the session's data.
#include <cmath>

#include "core/base/suggestions.h"
#include "core/program/initial_values.h"
#include "core/program/program_reader.h"

namespace backstep {

namespace {

constexpr double most_entries = 16e6;  // of one matrix: 128 MB

bool is_integer(double number) { return number == std::floor(number); }

}  // namespace

Part ProgramReader::leaf() {
  const Token word = advance();
  const NodeKind kind = word.text == "input"    ? NodeKind::input
                        : word.text == "target" ? NodeKind::target
                                                : NodeKind::parameter;
  const Token open = advance();
  Matrix value;
  std::string data_name;
  if (token_.kind == TokenKind::string) {
    data_name = token_.text;
    value = named_data(advance(), kind);
  } else if (token_.is("[")) {
    value = matrix_literal();
  } else {
    const Token first = token_;
    if (token_.kind != TokenKind::number && !token_.is("-"))
      refuse(token_, "{} takes numbers, {}([[0.5, 0.8]]){}, and here is {}", word.text, word.text,
             kind == NodeKind::parameter ? " or param(2, 3, init=\"xavier\")" : "", shown(token_));
    const double number = signed_number(word.text, "takes numbers");
    if (token_.is(",")) {
      if (kind != NodeKind::parameter && ahead_.kind == TokenKind::number && !is_integer(number))
        refuse(first, "a row of data is written {}([[0.5, 0.8]])", word.text);
      if (number < 1 || number > 1e6 || !is_integer(number))
        refuse(first, "rows are a whole number from 1 to 1,000,000: {}(2, 3, init=\"xavier\")",
               word.text);
      value = drawn_matrix(number);
    } else {
      value = {{1, 1}, {number}};
    }
  }
  if (token_.is(",")) refuse(token_, "nothing may follow here, so the line should end in )");
  expect(")", open);
  const SourceRange source = range_from(start_of(word));
  const int node = builder_.add_leaf(kind, value, source, std::string(word.text));
  check_size(source);
  if (!data_name.empty()) builder_.set_data_name(node, data_name);
  return {node, source};
}

// Reads what follows "param(rows": the columns, and how to draw the entries.
Matrix ProgramReader::drawn_matrix(double rows) {
  advance();
  const Token at = token_;
  const double columns = whole_number(
      "columns are a whole number from 1 to 1,000,000: param(2, 3, init=\"xavier\")", 1, 1e6);
  if (rows * columns > most_entries) refuse(at, "a matrix has at most 16 million entries");
  Drawing drawing;
  while (token_.is(",") && ahead_.kind == TokenKind::name) read_drawing(drawing);
  if (token_.is(",") && (ahead_.kind == TokenKind::string || ahead_.kind == TokenKind::number))
    refuse(ahead_, "from here on each has its name: init=\"xavier\", seed=1");
  if (!drawing.scheme) drawing.scheme = find_initial_values("xavier");
  if (drawing.seed < 0) drawing.seed = ++unseeded_;
  if (drawing.fan_in < 0) drawing.fan_in = rows;
  Matrix matrix;
  matrix.shape = {static_cast<Index>(rows), static_cast<Index>(columns)};
  matrix.entries.resize(static_cast<std::size_t>(matrix.shape.size()));
  fill(matrix, *drawing.scheme, static_cast<std::uint64_t>(drawing.seed),
       static_cast<Index>(drawing.fan_in));
  if (drawing.scale == drawing.scale)
    for (double& entry : matrix.entries) entry *= drawing.scale;
  return matrix;
}

// Reads one option of a drawn matrix, beginning with the comma before it.
void ProgramReader::read_drawing(Drawing& drawing) {
  advance();
  const Token option = advance();
  if (!token_.is("=")) refuse(token_, "an option reads init=\"xavier\" or seed=1");
  advance();
  const auto once = [&](bool given) {
    if (given) refuse(option, "{} is given twice", quoted(option.text));
  };
  if (option.text == "init") {
    once(drawing.scheme);
    std::vector<std::string> names;
    for (const InitialValues& row : all_initial_values()) names.push_back(row.name);
    if (token_.kind != TokenKind::string)
      refuse(token_, "init takes a name in quotes: init=\"xavier\"");
    drawing.scheme = find_initial_values(std::string(token_.text));
    if (!drawing.scheme)
      refuse(token_, "{} is no init{}", quoted(token_.text),
             suggestion(std::string(token_.text), names, "; known are "));
    advance();
  } else if (option.text == "seed") {
    once(drawing.seed >= 0);
    drawing.seed = whole_number("a seed is a whole number from 0 to 2⁵³", 0, 0x1p53);
  } else if (option.text == "scale") {
    once(drawing.scale == drawing.scale);
    drawing.scale = signed_number("scale", "takes a number");
  } else if (option.text == "fan_in") {
    once(drawing.fan_in >= 0);
    drawing.fan_in = whole_number("fan_in is a whole number from 1 to 1,000,000", 1, 1e6);
  } else {
    refuse(option, "{} is no option here; there are init=\"…\", seed=…, scale=… and fan_in=…",
           quoted(option.text));
  }
}

Matrix ProgramReader::matrix_literal() {
  const Token open = advance();
  if (!token_.is("["))
    refuse(token_, "a matrix is a list of rows, two brackets deep: [[1.0, 2.0], [3.0, 4.0]]");
  Matrix matrix;
  matrix.entries.clear();
  matrix.shape = {0, 0};
  while (token_.is("[")) {
    const Token row_at = token_;
    const std::vector<double> row = row_literal();
    if (matrix.shape.rows == 0) matrix.shape.columns = static_cast<Index>(row.size());
    if (static_cast<Index>(row.size()) != matrix.shape.columns)
      refuse(row_at, "row {} has {}, row 1 has {}: rows have equal length", matrix.shape.rows + 1,
             counted(static_cast<long>(row.size()), "number"), matrix.shape.columns);
    matrix.entries.insert(matrix.entries.end(), row.begin(), row.end());
    ++matrix.shape.rows;
    if (!token_.is(",")) break;
    advance();
  }
  expect("]", open);
  return matrix;
}

// Reads a number, or what a diverged run leaves behind: nan, inf, -inf.
double ProgramReader::entry() {
  const Token& word = token_.is("-") ? ahead_ : token_;
  if (word.kind != TokenKind::name || (word.text != "nan" && word.text != "inf"))
    return signed_number("a matrix", "holds numbers");
  const double sign = token_.is("-") ? -1 : 1;
  if (token_.is("-")) advance();
  return sign * (advance().text == "nan" ? std::nan("") : HUGE_VAL);
}

std::vector<double> ProgramReader::row_literal() {
  const Token open = advance();
  std::vector<double> row;
  while (!token_.is("]")) {
    row.push_back(entry());
    if (!token_.is(",")) break;
    advance();
  }
  expect("]", open);
  if (row.empty()) refuse(open, "a row needs at least one number");
  return row;
}

Matrix ProgramReader::named_data(const Token& name, NodeKind kind) {
  if (kind == NodeKind::parameter)
    refuse(name, "param takes numbers: param([[0.5]]) or param(2, 3, init=\"xavier\")");
  const auto found = data_.find(std::string(name.text));
  if (found != data_.end() && found->second.shape.size() == 0)
    refuse(name, "the data called {} is empty", quoted(name.text));
  if (found != data_.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [known, matrix] : data_) names.push_back(known);
  refuse(name, "there is no data called {}{}", quoted(name.text),
         names.empty() ? "; write it here, input([[0.5, 0.8]]), or open a session that has data"
                       : suggestion(std::string(name.text), names, "; the session has "));
}

double ProgramReader::signed_number(std::string_view what, const char* takes) {
  double sign = 1;
  if (token_.is("-")) {
    advance();
    sign = -1;
  }
  if (token_.kind != TokenKind::number)
    refuse(token_, "{} {}, and here is {}", what, takes, shown(token_));
  return sign * advance().number;
}

double ProgramReader::whole_number(const char* message, double lowest, double highest) {
  const Token at = token_;
  if (at.kind != TokenKind::number || at.number < lowest || at.number > highest ||
      !is_integer(at.number))
    refuse(at, "{}", message);
  return advance().number;
}

}  // namespace backstep
