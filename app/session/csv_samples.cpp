// Samples from a table and a choice of its columns.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

#include "app/draw/numbers.h"
#include "app/session/csv_file.h"
#include "core/suggestions.h"

namespace backstep {

namespace {

constexpr std::size_t most_classes = 100;

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

const CsvColumn& column_of(const CsvTable& table, int column) {
  return table.columns[static_cast<std::size_t>(column)];
}

// ---- a choice that fits most tables -----------------------------------------------

bool is_split(const CsvColumn& column) {
  if (lower(column.name) != "split" || column.numeric) return false;
  return std::all_of(column.class_names.begin(), column.class_names.end(), [](const auto& name) {
    return lower(name) == "train" || lower(name) == "test";
  });
}

// Numbers, or meant to be: most of its cells are.
bool looks_numeric(const CsvColumn& column) {
  if (column.numeric) return true;
  const auto missing = std::count(column.classes.begin(), column.classes.end(), -1);
  return 2 * column.number_cells > static_cast<long>(column.classes.size()) - missing;
}

TargetKind kind_of(const CsvColumn& target) {
  constexpr std::size_t most_numbers = 10;
  if (!target.numeric)
    return looks_numeric(target) && target.class_names.size() > most_classes ? TargetKind::numbers
                                                                             : TargetKind::classes;
  std::set<double> seen;
  for (double number : target.numbers) {
    if (std::isnan(number)) continue;
    if (number != std::floor(number)) return TargetKind::numbers;
    seen.insert(number);
    if (seen.size() > most_numbers) return TargetKind::numbers;
  }
  return TargetKind::classes;
}

// ---- the columns of a choice ------------------------------------------------------

struct Chosen {
  std::vector<int> inputs;
  int target = -1, split = -1;  // split −1: none
};

int named(const CsvTable& table, const std::string& name) {
  const int column = table.find(name);
  if (column < 0)
    throw FileError(table.file + ": there is no column '" + shortened(name) + "'" +
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

[[noreturn]] void refuse_missing(const CsvTable& table, int column, long row) {
  throw FileError(table.file + ": " + table.place(column, row) + ": the cell is empty");
}

void check_present(const CsvTable& table, int column) {
  for (long row = 0; row < table.rows; ++row)
    if (column_of(table, column).missing(row)) refuse_missing(table, column, row);
}

// Every cell is a number, or the first that is none is named.
void check_numbers(const CsvTable& table, int column, const char* hint) {
  const CsvColumn& cells = column_of(table, column);
  for (long row = 0; row < (cells.numeric ? table.rows : cells.first_text); ++row)
    if (cells.missing(row)) refuse_missing(table, column, row);
  if (cells.numeric) return;
  const std::string text = cells.text(cells.first_text);
  double number = 0;
  std::string problem = "' is not a number";
  if (read_number(text, table.separator, number))
    problem = "' is not a finite number";
  else if (read_number(text, ';', number))
    problem += "; decimals are written with a point";
  else
    problem += hint;
  throw FileError(table.file + ": " + table.place(column, cells.first_text) + ": '" +
                  shortened(text) + problem);
}

void fill_inputs(Samples& samples, const CsvTable& table, const std::vector<int>& inputs) {
  const std::size_t width = inputs.size();
  samples.inputs.shape = {table.rows, static_cast<Index>(width)};
  samples.inputs.entries.resize(static_cast<std::size_t>(table.rows) * width);
  for (std::size_t i = 0; i < width; ++i) {
    check_numbers(table, inputs[i], "");
    const CsvColumn& column = column_of(table, inputs[i]);
    samples.input_names.push_back(column.name);
    for (std::size_t row = 0; row < column.numbers.size(); ++row)
      samples.inputs.entries[row * width + i] = column.numbers[row];
  }
}

// ---- targets ----------------------------------------------------------------------

void fill_classes(Samples& samples, const CsvTable& table, int target) {
  check_present(table, target);
  const CsvColumn& column = column_of(table, target);
  const std::set<double> values(column.numbers.begin(), column.numbers.end());
  const std::size_t count = column.numeric ? values.size() : column.class_names.size();
  const std::string place = table.file + ": " + table.place(target) + ": ";
  if (count > most_classes)
    throw FileError(place + std::to_string(count) + " different cells are too many classes; " +
                    std::to_string(most_classes) + " are the most");
  if (count < 2)
    throw FileError(place + "every row is of the class '" + shortened(column.text(0)) +
                    "', and two classes at least are needed");
  samples.classes = static_cast<int>(count);
  if (!column.numeric) {
    samples.class_names = column.class_names;
    samples.targets.entries.assign(column.classes.begin(), column.classes.end());
    return;
  }
  for (double value : values) samples.class_names.push_back(exact_number(value));
  for (double number : column.numbers)
    samples.targets.entries.push_back(
        static_cast<double>(std::distance(values.begin(), values.find(number))));
}

void fill_targets(Samples& samples, const CsvTable& table, int target) {
  samples.target_name = column_of(table, target).name;
  samples.targets.shape = {table.rows, 1};
  samples.targets.entries.clear();
  if (samples.kind == TargetKind::classes) return fill_classes(samples, table, target);
  check_numbers(table, target, "; a target of text can only be classes");
  samples.targets.entries = column_of(table, target).numbers;
}

// ---- the split --------------------------------------------------------------------

// The rows in a new order: those for training first.
std::vector<std::size_t> split_order(const CsvTable& table, int split, long& train) {
  const CsvColumn& column = column_of(table, split);
  std::vector<std::size_t> order, test;
  for (long row = 0; row < table.rows; ++row) {
    const std::string cell = lower(column.text(row));
    if (cell.empty()) refuse_missing(table, split, row);
    if (cell != "train" && cell != "test")
      throw FileError(table.file + ": " + table.place(split, row) + ": '" +
                      shortened(column.text(row)) + "' is neither train nor test");
    (cell == "train" ? order : test).push_back(static_cast<std::size_t>(row));
  }
  if (order.empty())
    throw FileError(table.file + ": " + table.place(split) +
                    ": no row says train, and one at least is needed");
  train = static_cast<long>(order.size());
  order.insert(order.end(), test.begin(), test.end());
  return order;
}

}  // namespace

CsvChoice suggested_choice(const CsvTable& table) {
  const int count = static_cast<int>(table.columns.size());
  CsvChoice choice;
  int split = -1, target = -1;
  for (int i = 0; i < count; ++i)
    if (is_split(column_of(table, i))) split = i;
  target = split == count - 1 ? count - 2 : count - 1;
  for (const char* name : {"y", "class", "label", "target"})
    for (int i = 0; i < count; ++i)
      if (i != split && lower(column_of(table, i).name) == name) target = i;

  std::vector<std::string> others;
  for (int i = 0; i < count; ++i) {
    if (i == split || i == target) continue;
    others.push_back(column_of(table, i).name);
    if (looks_numeric(column_of(table, i))) choice.inputs.push_back(others.back());
  }
  if (choice.inputs.empty()) choice.inputs = others;
  choice.target = column_of(table, target).name;
  if (split >= 0) choice.split = column_of(table, split).name;
  choice.kind = kind_of(column_of(table, target));
  return choice;
}

Samples samples_of(const CsvTable& table, const CsvChoice& choice) {
  const Chosen chosen = chosen_in(table, choice);
  Samples samples;
  samples.kind = choice.kind;
  fill_inputs(samples, table, chosen.inputs);
  fill_targets(samples, table, chosen.target);
  if (chosen.split < 0) {
    Random random(choice.seed);
    shuffle_and_split(samples, choice.train_fraction, random);
  } else {
    reorder(samples, split_order(table, chosen.split, samples.train));
  }
  return samples;
}

}  // namespace backstep
