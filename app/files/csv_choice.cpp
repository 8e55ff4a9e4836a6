// What a table suggests: which column is the target, and which are inputs.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>
#include <unordered_set>

#include "app/files/csv_file.h"
#include "app/paint/numbers.h"
#include "core/base/number_words.h"
#include "core/base/text.h"

namespace backstep {

namespace {

constexpr std::size_t most_number_classes = 10, most_texts_as_columns = 30;
constexpr double largest_class_number = 100;

bool is_one_of(const std::string& name, std::initializer_list<const char*> words) {
  return std::find(words.begin(), words.end(), name) != words.end();
}

const CsvColumn& column_of(const CsvTable& table, int column) {
  return table.columns[static_cast<std::size_t>(column)];
}

long present_in(const CsvTable& table, const CsvColumn& column) {
  return table.rows - column.missing_cells;
}

// ---- columns that are neither input nor target ------------------------------------

bool is_split(const CsvColumn& column) {
  if (lower_case(column.name) != "split" || column.numeric) return false;
  return std::all_of(column.class_names.begin(), column.class_names.end(), [](const auto& name) {
    return lower_case(name) == "train" || lower_case(name) == "test";
  });
}

// 0, 1, 2 … or 1, 2, 3 …, row by row.
bool counts_rows(const CsvColumn& column) {
  if (!column.numeric || column.numbers.size() < 3) return false;
  const double start = column.numbers[0];
  if (start != 0 && start != 1) return false;
  for (std::size_t row = 0; row < column.numbers.size(); ++row)
    if (column.numbers[row] != start + static_cast<double>(row)) return false;
  return true;
}

bool is_whole(double number) { return number == std::floor(number); }

bool is_nearly_all_different(const CsvTable& table, const CsvColumn& column) {
  const long present = present_in(table, column);
  std::size_t different = column.class_names.size();
  if (column.numeric) {
    std::unordered_set<double> seen;
    for (double number : column.numbers) {
      if (std::isnan(number)) continue;
      if (!is_whole(number)) return false;
      seen.insert(number);
    }
    different = seen.size();
  }
  return 4 * static_cast<long>(different) >= 3 * present;
}

bool is_called_id(const std::string& name) {
  const std::string small = lower_case(name);
  if (is_one_of(small, {"id",
                        "#",
                        "index",
                        "idx",
                        "no",
                        "no.",
                        "nr",
                        "nr.",
                        "row",
                        "rowid",
                        "rownames",
                        "row.names",
                        "row names",
                        "rownum",
                        "uid",
                        "uuid",
                        "key",
                        "code number",
                        "sample code number",
                        "case",
                        "case number",
                        "unnamed: 0"}))
    return true;
  if (name.size() > 2 && (name.ends_with("Id") || name.ends_with("ID"))) return true;
  for (const char* ending : {"_id", " id", ".id", "-id"})
    if (small.ends_with(ending)) return true;
  return false;
}

// In a file without a header, numbers that can only be ids: whole, nearly all
// different, and of very different sizes.
bool are_large_ids(const CsvTable& table, const CsvColumn& column) {
  if (!column.numeric || !is_nearly_all_different(table, column)) return false;
  double lowest = INFINITY, highest = 0;
  for (double number : column.numbers) {
    if (std::isnan(number)) continue;
    lowest = std::min(lowest, number);
    highest = std::max(highest, number);
  }
  return lowest > 0 && highest >= 100'000 && highest >= 100 * lowest;
}

// Why the column identifies rows and says nothing about them; empty when it does not.
std::string why_id(const CsvTable& table, int number) {
  const CsvColumn& column = column_of(table, number);
  const std::string name = lower_case(column.name);
  const bool first = number == 0;
  if (first && ((table.has_header && !column.has_name) || name == "unnamed: 0"))
    return "the rows' names";
  if (name.starts_with("unnamed: 0") && counts_rows(column)) return "numbers the rows";
  if (first && !table.has_header && counts_rows(column)) return "numbers the rows";
  if (column.has_name && is_called_id(column.name) && is_nearly_all_different(table, column))
    return "an id: nearly every row has its own";
  if (first && !table.has_header && are_large_ids(table, column))
    return "like an id: nearly every row has its own";
  return "";
}

// 2024-05-01, 1.5.2024, 05/01/24 12:30
bool is_date(const std::string& text) {
  int numbers = 0;
  char mark = 0;
  std::size_t at = 0;
  while (at < text.size() && numbers < 3) {
    std::size_t digits = 0;
    while (at < text.size() && is_digit(text[at])) ++at, ++digits;
    if (digits == 0 || digits > 4) return false;
    ++numbers;
    if (numbers == 3) break;
    if (at == text.size() || (mark && text[at] != mark) ||
        std::string("-/.").find(text[at]) == std::string::npos)
      return false;
    mark = text[at++];
  }
  return numbers == 3 && (at == text.size() || text[at] == ' ' || text[at] == 'T');
}

bool are_dates(const CsvColumn& column) {
  const auto& texts = column.class_names;
  const auto dates = std::count_if(texts.begin(), texts.end(), is_date);
  return !texts.empty() && 2 * dates > static_cast<std::ptrdiff_t>(texts.size());
}

bool is_mostly_missing(const CsvTable& table, const CsvColumn& column) {
  return 2 * column.missing_cells > table.rows;
}

// ---- the target -------------------------------------------------------------------

// Texts of a few kinds, each of which occurs many times.
bool is_of_kinds(const CsvTable& table, const CsvColumn& column) {
  const std::size_t kinds = column.class_names.size();
  return !column.numeric && !looks_numeric(column) && kinds >= 2 &&
         kinds <= most_texts_as_columns &&
         2 * static_cast<long>(kinds) <= present_in(table, column) && !are_dates(column);
}

bool can_be_target(const CsvTable& table, int number) {
  const CsvColumn& column = column_of(table, number);
  if (!why_id(table, number).empty() || is_mostly_missing(table, column)) return false;
  if (column.numeric || looks_numeric(column)) return true;
  const bool few_rows = present_in(table, column) < 8;
  return !are_dates(column) && (few_rows || !is_nearly_all_different(table, column));
}

int last_called(const CsvTable& table, int split, std::initializer_list<const char*> names) {
  int found = -1;
  for (const char* name : names)
    for (int i = 0; i < static_cast<int>(table.columns.size()); ++i)
      if (i != split && lower_case(column_of(table, i).name) == name) found = i;
  return found;
}

// The first column that is not an id, when it names the class of the numbers behind it.
int class_before_numbers(const CsvTable& table, int split, int last) {
  const int count = static_cast<int>(table.columns.size());
  int first = 0;
  while (first < last && !why_id(table, first).empty()) ++first;
  if (first >= last || first == split) return -1;
  for (int i = first + 1; i < count; ++i)
    if (i != split && !column_of(table, i).has_numbers() && !looks_numeric(column_of(table, i)))
      return -1;
  const CsvColumn& column = column_of(table, first);
  const bool last_is_numbers = suggested_kind(column_of(table, last)) == TargetKind::numbers;
  if (is_of_kinds(table, column)) return last_is_numbers || !table.has_header ? first : -1;
  const bool class_numbers =
      !table.has_header && column.numeric && suggested_kind(column) == TargetKind::classes;
  return class_numbers && last_is_numbers ? first : -1;
}

int suggested_target(const CsvTable& table, int split) {
  const int count = static_cast<int>(table.columns.size());
  int named = last_called(table, split, {"y", "class", "label", "target"});
  if (named < 0)
    named = last_called(
        table, split,
        {"species", "variety", "survived", "diagnosis", "outcome", "churn", "saleprice", "medv"});
  if (named >= 0) return named;
  int last = count - 1;
  while (last > 0 && (last == split || !can_be_target(table, last))) --last;
  if (last == 0 && !can_be_target(table, 0)) last = std::max(0, count - 1 - (split == count - 1));
  const bool last_is_numbers = suggested_kind(column_of(table, last)) == TargetKind::numbers;
  const int soft =
      last_called(table, split, {"income", "salary", "cost", "charges", "mpg", "quality", "price"});
  if (soft >= 0 && (last_is_numbers || last != count - 1)) return soft;
  const int first = class_before_numbers(table, split, last);
  return first >= 0 ? first : last;
}

// Numbers that name classes: few of them, small, whole, each more than once.
bool are_class_numbers(const std::set<double>& seen, long cells) {
  if (seen.empty() || seen.size() > most_number_classes) return false;
  for (double number : seen)
    if (!is_whole(number) || std::abs(number) > largest_class_number) return false;
  return seen.size() <= 2 || 2 * static_cast<long>(seen.size()) <= cells;
}

// Texts that recur among a few small numbers, such as 2, 3, 4, 5more: they are classes
// too. A single text among numbers is a mistake, which is reported.
bool has_kinds_beside_numbers(const CsvColumn& column) {
  std::set<double> numbers;
  std::vector<long> counts(column.class_names.size());
  for (int each : column.classes)
    if (each >= 0) ++counts[static_cast<std::size_t>(each)];
  for (std::size_t i = 0; i < counts.size(); ++i) {
    double number = 0;
    if (read_number(column.class_names[i], column.style, number) && std::isfinite(number))
      numbers.insert(number);
    else if (counts[i] < 2)
      return false;
    if (numbers.size() > most_number_classes) return false;
  }
  return are_class_numbers(numbers, column.number_cells);
}

}  // namespace

bool looks_numeric(const CsvColumn& column) {
  if (column.numeric) return true;
  const auto cells = static_cast<long>(column.classes.size()) - column.missing_cells;
  return 2 * column.number_cells > cells && !has_kinds_beside_numbers(column);
}

TargetKind suggested_kind(const CsvColumn& target) {
  std::set<double> seen;
  if (target.numeric) {
    if (!target.style.unit.empty()) return TargetKind::numbers;
    for (double number : target.numbers) {
      if (std::isnan(number)) continue;
      seen.insert(number);
      if (seen.size() > most_number_classes) return TargetKind::numbers;
    }
    const auto cells = static_cast<long>(target.numbers.size()) - target.missing_cells;
    return are_class_numbers(seen, cells) ? TargetKind::classes : TargetKind::numbers;
  }
  return looks_numeric(target) ? TargetKind::numbers : TargetKind::classes;
}

std::string why_no_input(const CsvTable& table, int number, bool one_hot) {
  const CsvColumn& column = column_of(table, number);
  if (is_mostly_missing(table, column))
    return grouped(column.missing_cells) + " of " + grouped(table.rows) + " cells are missing";
  if (std::string id = why_id(table, number); !id.empty()) return id;
  if (column.has_numbers() || looks_numeric(column)) return "";
  if (are_dates(column)) return "dates";
  const std::size_t kinds = column.class_names.size();
  if (kinds == 1) return "the same text in every row";
  if (is_nearly_all_different(table, column)) return "text, nearly all different";
  const std::string words = "text of " + grouped(static_cast<long>(kinds)) + " kinds";
  return one_hot && kinds <= most_texts_as_columns ? "" : words;
}

std::vector<std::string> suggested_inputs(const CsvTable& table, const std::string& target,
                                          const std::string& split, bool one_hot) {
  std::vector<std::string> inputs, numbers;
  for (int i = 0; i < static_cast<int>(table.columns.size()); ++i) {
    const CsvColumn& column = column_of(table, i);
    if (column.name == target || column.name == split) continue;
    if (why_no_input(table, i, one_hot).empty()) inputs.push_back(column.name);
    if (looks_numeric(column)) numbers.push_back(column.name);
  }
  return inputs.empty() ? numbers : inputs;
}

CsvChoice suggested_choice(const CsvTable& table) {
  CsvChoice choice;
  int split = -1;
  for (int i = 0; i < static_cast<int>(table.columns.size()); ++i)
    if (is_split(column_of(table, i))) split = i;
  const int target = suggested_target(table, split);
  choice.target = column_of(table, target).name;
  if (split >= 0) choice.split = column_of(table, split).name;
  choice.kind = suggested_kind(column_of(table, target));
  choice.inputs = suggested_inputs(table, choice.target, choice.split, false);
  if (!choice.inputs.empty()) return choice;
  // There are only texts, which can be learned from as columns of 0 and 1.
  choice.inputs = suggested_inputs(table, choice.target, choice.split, true);
  choice.one_hot = !choice.inputs.empty();
  if (choice.one_hot) return choice;
  for (const CsvColumn& column : table.columns)
    if (column.name != choice.target && column.name != choice.split)
      choice.inputs.push_back(column.name);
  return choice;
}

}  // namespace backstep
