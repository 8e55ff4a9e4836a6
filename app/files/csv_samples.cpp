// Samples from a table and a choice of its columns.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>

#include "app/files/csv_file.h"
#include "app/paint/numbers.h"
#include "core/base/number_words.h"
#include "core/base/suggestions.h"
#include "core/base/text.h"

namespace backstep {

namespace {

constexpr std::size_t most_classes = 100, most_input_columns = 1000;

const CsvColumn& column_at(const CsvTable& table, int column) {
  return table.columns[static_cast<std::size_t>(column)];
}

// ---- the columns of a choice ------------------------------------------------------

struct Chosen {
  std::vector<int> inputs;
  int target = -1, split = -1;  // split −1: none
};

int named(const CsvTable& table, const std::string& name) {
  const int column = table.find(name);
  if (column < 0)
    throw FileError(table.file + ": there is no column '" + shown_in_message(name) + "'" +
                    suggestion(name, table.names(), "; the columns are "));
  return column;
}

Chosen chosen_in(const CsvTable& table, const CsvChoice& choice) {
  if (choice.target.empty()) throw FileError(table.file + ": no column is chosen as the target");
  if (choice.inputs.empty()) throw FileError(table.file + ": no column is chosen as an input");
  if (!(choice.train_fraction > 0 && choice.train_fraction <= 1))
    throw FileError(table.file + ": the fraction for training must be more than 0 and at most 1");
  Chosen chosen;
  std::vector<std::string> used(table.columns.size());
  const auto use = [&](const std::string& name, const std::string& as) {
    const int column = named(table, name);
    std::string& before = used[static_cast<std::size_t>(column)];
    if (!before.empty())
      throw FileError(table.file + ": " + table.place(column) + " is chosen twice, as " + before +
                      " and as " + as);
    before = as;
    return column;
  };
  chosen.target = use(choice.target, "the target");
  if (!choice.split.empty()) chosen.split = use(choice.split, "the split");
  for (const std::string& input : choice.inputs) chosen.inputs.push_back(use(input, "an input"));
  return chosen;
}

// ---- cells ------------------------------------------------------------------------

// Why a text cannot be a number of its column.
std::string problem_with(const CsvColumn& column, const std::string& text, const char* hint) {
  double number = 0;
  if (read_number(text, column.style, number)) return "' is not a finite number";
  const NumberCell cell = look_at_number(text);
  if (cell.form == NumberForm::none) return std::string("' is not a number") + hint;
  if (cell.unit != column.style.unit)
    return column.style.unit.empty()
               ? "' is not a number as the others of its column are"
               : "' is not a number in " + column.style.unit + " as others of its column are";
  return std::string("' is not a number where decimals are written with a ") +
         (column.style.decimal == '.' ? "point" : "comma") + ", as others of its column are";
}

// Throws for the first cell that is neither a number nor missing.
void check_numbers(const CsvTable& table, int column, const char* hint) {
  const CsvColumn& cells = column_at(table, column);
  if (cells.doubtful >= 0) {
    throw FileError(table.file + ": " + table.place(column, cells.doubtful) + ": '" +
                    shown_in_message(cells.doubtful_text) +
                    "' has thousands or decimals, and nothing in the file says which; "
                    "\"decimal\": \".\" or \"decimal\": \",\" in a session does");
  }
  if (cells.numeric) return;
  const std::string text = cells.text(cells.first_text);
  throw FileError(table.file + ": " + table.place(column, cells.first_text) + ": '" +
                  shown_in_message(text) + problem_with(cells, text, hint));
}

// Whether an input is taken as texts, with a column of 0 and 1 for each.
bool is_one_hot(const CsvColumn& column, const CsvChoice& choice) {
  return choice.one_hot && !column.has_numbers() && !looks_numeric(column);
}

void check_cells(const CsvTable& table, const Chosen& chosen, const CsvChoice& choice) {
  for (int input : chosen.inputs) {
    const CsvColumn& column = column_at(table, input);
    if (is_one_hot(column, choice)) {
      if (column.class_names.size() > most_classes)
        throw FileError(text("{}: {}: {} different texts are too many columns; {} are the most",
                             table.file, table.place(input), column.class_names.size(),
                             most_classes));
    } else if (!column.has_numbers() || column.doubtful >= 0) {
      check_numbers(table, input,
                    looks_numeric(column) ? ""
                                          : "; \"one_hot\": true makes a column of 0 and 1 of "
                                            "every text");
    }
  }
  if (choice.kind == TargetKind::numbers)
    check_numbers(table, chosen.target, "; a target of text can only be classes");
}

// ---- rows -------------------------------------------------------------------------

bool is_taken(const CsvTable& table, const Chosen& chosen, bool fill, long row) {
  if (column_at(table, chosen.target).missing(row)) return false;
  return fill || std::none_of(chosen.inputs.begin(), chosen.inputs.end(), [&](int input) {
           return column_at(table, input).missing(row);
         });
}

std::vector<long> rows_of(const CsvTable& table, const Chosen& chosen, const CsvChoice& choice) {
  std::vector<long> rows;
  rows.reserve(static_cast<std::size_t>(table.rows));
  for (long row = 0; row < table.rows; ++row)
    if (is_taken(table, chosen, choice.missing != Missing::leave_out, row)) rows.push_back(row);
  return rows;
}

// Refused when less than half of the rows remain: they would not represent the file.
void check_rows(const CsvTable& table, const Chosen& chosen, const std::vector<long>& rows) {
  const long left_out = table.rows - static_cast<long>(rows.size());
  if (2 * left_out <= table.rows) return;
  int worst = chosen.target;
  for (int input : chosen.inputs)
    if (column_at(table, input).missing_cells > column_at(table, worst).missing_cells)
      worst = input;
  throw FileError(table.file + ": " + grouped(left_out) + " of " + grouped(table.rows) +
                  " rows have a missing cell, most of them in " + table.place(worst) +
                  (worst == chosen.target
                       ? "; choose another target"
                       : "; choose other inputs, or fill such cells in, \"missing\": \"mean\""));
}

// ---- inputs -----------------------------------------------------------------------

// An input before texts become columns of 0 and 1: a number, or a text's number.
double raw_input(const CsvColumn& column, bool as_text, long row) {
  if (column.missing(row)) return std::nan("");
  if (as_text) return column.classes[static_cast<std::size_t>(row)];
  return column.number(row);
}

void fill_inputs(Samples& samples, const CsvTable& table, const Chosen& chosen,
                 const CsvChoice& choice, const std::vector<long>& rows) {
  const std::size_t width = chosen.inputs.size();
  samples.inputs.shape = {static_cast<Index>(rows.size()), static_cast<Index>(width)};
  samples.inputs.entries.resize(rows.size() * width);
  for (std::size_t i = 0; i < width; ++i) {
    const CsvColumn& column = column_at(table, chosen.inputs[i]);
    samples.input_names.push_back(column.name);
    const bool as_text = is_one_hot(column, choice);
    for (std::size_t at = 0; at < rows.size(); ++at)
      samples.inputs.entries[at * width + i] = raw_input(column, as_text, rows[at]);
  }
}

double most_frequent(const std::vector<double>& sorted) {
  double best = sorted[0];
  std::size_t longest = 0;
  for (std::size_t from = 0; from < sorted.size();) {
    std::size_t to = from;
    while (to < sorted.size() && sorted[to] == sorted[from]) ++to;
    if (to - from > longest) best = sorted[from], longest = to - from;
    from = to;
  }
  return best;
}

// What stands in for a missing cell among `values`.
double stand_in(std::vector<double> values, Missing missing) {
  if (missing == Missing::mean) {
    double sum = 0;
    for (double value : values) sum += value;
    return sum / static_cast<double>(values.size());
  }
  std::sort(values.begin(), values.end());
  if (missing == Missing::most_frequent) return most_frequent(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

// Fills in missing inputs from the training samples.
void fill_missing(Samples& samples, const CsvTable& table, const Chosen& chosen,
                  const CsvChoice& choice) {
  const std::size_t width = chosen.inputs.size();
  auto& entries = samples.inputs.entries;
  for (std::size_t i = 0; i < width; ++i) {
    const CsvColumn& column = column_at(table, chosen.inputs[i]);
    if (column.missing_cells == 0) continue;
    std::vector<double> values;
    for (long row = 0; row < samples.train; ++row) {
      const double value = entries[static_cast<std::size_t>(row) * width + i];
      if (!std::isnan(value)) values.push_back(value);
    }
    if (values.empty())
      throw FileError(table.file + ": " + table.place(chosen.inputs[i]) +
                      ": every cell for training is missing, so there is nothing to fill it with");
    const double value =
        stand_in(std::move(values), is_one_hot(column, choice) ? Missing::most_frequent : choice.missing);
    for (std::size_t at = i; at < entries.size(); at += width)
      if (std::isnan(entries[at])) entries[at] = value;
  }
}

// Inputs of texts become a column of 0 and 1 for each text that occurs.
void spread_texts(Samples& samples, const CsvTable& table, const Chosen& chosen,
                  const CsvChoice& choice) {
  struct Part {
    std::size_t from;
    double text;  // −1: the number itself
  };
  const std::size_t width = chosen.inputs.size();
  const auto& entries = samples.inputs.entries;
  std::vector<Part> parts;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < width; ++i) {
    const CsvColumn& column = column_at(table, chosen.inputs[i]);
    if (!is_one_hot(column, choice)) {
      parts.push_back({i, -1});
      names.push_back(column.name);
      continue;
    }
    std::set<double> texts;
    for (std::size_t at = i; at < entries.size(); at += width) texts.insert(entries[at]);
    for (double text : texts) {
      parts.push_back({i, text});
      names.push_back(column.name + " = " + column.class_names[static_cast<std::size_t>(text)]);
    }
  }
  if (parts.size() == width && names == samples.input_names) return;
  if (parts.size() > most_input_columns)
    throw FileError(text("{}: the inputs are {} columns, every text one; 1,000 are the most",
                         table.file, parts.size()));
  Matrix inputs = {{samples.inputs.shape.rows, static_cast<Index>(parts.size())}, {}};
  inputs.entries.reserve(static_cast<std::size_t>(samples.count()) * parts.size());
  for (std::size_t row = 0; row < static_cast<std::size_t>(samples.count()); ++row)
    for (const Part& part : parts) {
      const double raw = entries[row * width + part.from];
      inputs.entries.push_back(part.text < 0 ? raw : raw == part.text ? 1 : 0);
    }
  samples.inputs = std::move(inputs);
  samples.input_names = std::move(names);
}

// ---- targets ----------------------------------------------------------------------

// The different cells of the target's rows, sorted, with their names.
std::map<double, std::string> classes_in(const CsvColumn& column, const std::vector<long>& rows) {
  std::set<double> values;
  for (long row : rows)
    values.insert(column.numeric ? column.numbers[static_cast<std::size_t>(row)]
                                 : column.classes[static_cast<std::size_t>(row)]);
  std::map<double, std::string> classes;
  for (double value : values)
    classes[value] = column.numeric ? exact_number(value)
                                    : column.class_names[static_cast<std::size_t>(value)];
  return classes;
}

void fill_classes(Samples& samples, const CsvTable& table, int target,
                  const std::vector<long>& rows) {
  const CsvColumn& column = column_at(table, target);
  const std::map<double, std::string> classes = classes_in(column, rows);
  const std::string place = table.file + ": " + table.place(target) + ": ";
  if (classes.size() > most_classes)
    throw FileError(text("{}{} different cells are too many classes; {} are the most", place,
                         classes.size(), most_classes));
  if (classes.size() < 2)
    throw FileError(text("{}every row is of the class '{}', and two classes at least are needed",
                         place, shown_in_message(classes.begin()->second)));
  samples.classes = static_cast<int>(classes.size());
  std::map<double, double> codes;
  for (const auto& [value, name] : classes) {
    codes[value] = static_cast<double>(codes.size());
    samples.class_names.push_back(name);
  }
  for (long row : rows) {
    const auto at = static_cast<std::size_t>(row);
    samples.targets.entries.push_back(
        codes[column.numeric ? column.numbers[at] : column.classes[at]]);
  }
}

void fill_targets(Samples& samples, const CsvTable& table, int target,
                  const std::vector<long>& rows) {
  samples.target_name = column_at(table, target).name;
  samples.targets.shape = {static_cast<Index>(rows.size()), 1};
  samples.targets.entries.clear();
  if (samples.kind == TargetKind::classes) return fill_classes(samples, table, target, rows);
  for (long row : rows)
    samples.targets.entries.push_back(
        column_at(table, target).numbers[static_cast<std::size_t>(row)]);
}

// ---- the split --------------------------------------------------------------------

// The rows in a new order: those for training first.
std::vector<std::size_t> split_order(const CsvTable& table, int split,
                                     const std::vector<long>& rows, long& train) {
  const CsvColumn& column = column_at(table, split);
  std::vector<std::size_t> order, test;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const long row = rows[at];
    const std::string cell = lower_case(column.text(row));
    if (cell.empty())
      throw FileError(table.file + ": " + table.place(split, row) + ": the cell is empty");
    if (cell != "train" && cell != "test")
      throw FileError(table.file + ": " + table.place(split, row) + ": '" +
                      shown_in_message(column.text(row)) + "' is neither train nor test");
    (cell == "train" ? order : test).push_back(at);
  }
  if (order.empty())
    throw FileError(table.file + ": " + table.place(split) +
                    ": no row says train, and one at least is needed");
  train = static_cast<long>(order.size());
  order.insert(order.end(), test.begin(), test.end());
  return order;
}

}  // namespace

std::vector<long> rows_taken(const CsvTable& table, const CsvChoice& choice) {
  return rows_of(table, chosen_in(table, choice), choice);
}

Samples samples_of(const CsvTable& table, const CsvChoice& choice) {
  const Chosen chosen = chosen_in(table, choice);
  check_cells(table, chosen, choice);
  const std::vector<long> rows = rows_of(table, chosen, choice);
  check_rows(table, chosen, rows);
  Samples samples;
  samples.kind = choice.kind;
  fill_inputs(samples, table, chosen, choice, rows);
  fill_targets(samples, table, chosen.target, rows);
  if (chosen.split < 0) {
    Random random(choice.seed);
    shuffle_and_split(samples, choice.train_fraction, random);
  } else {
    reorder(samples, split_order(table, chosen.split, rows, samples.train));
  }
  if (choice.missing != Missing::leave_out) fill_missing(samples, table, chosen, choice);
  spread_texts(samples, table, chosen, choice);
  return samples;
}

}  // namespace backstep
