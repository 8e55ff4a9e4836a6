#include "app/documents/csv_source.h"

#include <algorithm>
#include <array>

#include "core/base/number_words.h"
#include "core/base/text.h"

namespace backstep {

namespace {

constexpr std::array<MissingWord, 4> missing_words = {{
    {Missing::leave_out, "leave_out", "leave the row out",
     "rows with a missing cell are no samples"},
    {Missing::mean, "mean", "mean", "the mean of the column's cells for training"},
    {Missing::median, "median", "median", "the middle one of the column's cells for training"},
    {Missing::most_frequent, "most_frequent", "most frequent", "the commonest cell for training"},
}};

const MissingWord& word_of(Missing missing) {
  return *std::find_if(missing_words.begin(), missing_words.end(),
                       [&](const MissingWord& word) { return word.missing == missing; });
}

bool is_input(const CsvChoice& choice, const std::string& name) {
  return std::find(choice.inputs.begin(), choice.inputs.end(), name) != choice.inputs.end();
}

// The columns of the choice with missing cells: "Age 177, Embarked 2".
std::string missing_by_column(const CsvTable& table, const CsvChoice& choice, bool target_too) {
  std::vector<std::string> columns;
  for (const CsvColumn& column : table.columns) {
    const bool used = is_input(choice, column.name) || (target_too && column.name == choice.target);
    if (used && column.missing_cells > 0)
      columns.push_back(shown_in_message(column.name) + " " + grouped(column.missing_cells));
  }
  return joined_up_to(5, columns);
}

void say_rows(DataFacts& facts, const CsvTable& table, const CsvChoice& choice) {
  const std::vector<long> taken = rows_taken(table, choice);
  facts.rows = table.rows;
  facts.rows_left_out = table.rows - static_cast<long>(taken.size());
  const bool fills = choice.missing != Missing::leave_out;
  if (facts.rows_left_out > 0) {
    long first = 0;
    while (first < static_cast<long>(taken.size()) &&
           taken[static_cast<std::size_t>(first)] == first)
      ++first;
    facts.why_rows = fills ? "the target is missing"
                           : "a cell is missing: " + missing_by_column(table, choice, true);
    facts.why_rows += text("; the first in line {}", table.lines[static_cast<std::size_t>(first)]);
  }
  if (!fills) return;
  const std::string filled = missing_by_column(table, choice, false);
  if (!filled.empty())
    facts.notes.push_back("missing inputs are filled in, " +
                          std::string(word_of(choice.missing).label) + ": " + filled);
}

void say_columns(DataFacts& facts, const CsvTable& table, const CsvChoice& choice) {
  for (int i = 0; i < static_cast<int>(table.columns.size()); ++i) {
    const std::string& name = table.columns[static_cast<std::size_t>(i)].name;
    if (name == choice.target || name == choice.split || is_input(choice, name)) continue;
    const std::string why = why_no_input(table, i, choice.one_hot);
    facts.columns_left_out.push_back({name, why.empty() ? "not chosen" : why});
  }
}

std::string separator_words(char separator) {
  switch (separator) {
    case ';':
      return "semicolons separate the columns";
    case '\t':
      return "tabs separate the columns";
    case '|':
      return "bars separate the columns";
    case ' ':
      return "blanks separate the columns";
    default:
      return "";
  }
}

std::string some_of(std::vector<std::string> names) {
  for (std::string& name : names) name = shown_in_message(name);
  return joined_up_to(4, names);
}

void say_reading(DataFacts& facts, const CsvTable& table, const CsvChoice& choice) {
  const auto note = [&](const std::string& text) {
    if (!text.empty()) facts.notes.push_back(text);
  };
  note(separator_words(table.separator));
  std::vector<std::string> commas, thousands, units, truths, texts;
  for (const CsvColumn& column : table.columns) {
    const bool input = is_input(choice, column.name);
    if (!input && column.name != choice.target) continue;
    if (column.numeric && column.style.decimal == ',') commas.push_back(column.name);
    if (column.numeric && column.has_thousands) thousands.push_back(column.name);
    if (column.numeric && !column.style.unit.empty())
      units.push_back(column.name + " in " + column.style.unit);
    if (input && !column.truths.empty()) truths.push_back(column.name);
    if (input && !column.has_numbers()) texts.push_back(column.name);
  }
  if (!commas.empty()) note("decimals have commas: " + some_of(commas));
  if (!thousands.empty()) note("thousands have marks between them: " + some_of(thousands));
  if (!units.empty()) note("numbers with a unit: " + some_of(units));
  if (!truths.empty()) note("yes is 1 and no is 0: " + some_of(truths));
  if (!texts.empty()) note("every text is a column of 0 and 1: " + some_of(texts));
  if (!table.has_header) note("there is no header, so columns are called by their numbers");
  if (!table.encoding.empty()) note("the file is " + table.encoding);
}

}  // namespace

std::span<const MissingWord> all_missing_words() { return missing_words; }

DataSource source_of(const CsvTable& table, const CsvChoice& choice) {
  DataSource source;
  source.kind = DataSource::Kind::csv;
  source.file = table.file;
  source.inputs = choice.inputs;
  source.target = choice.target;
  source.split = choice.split;
  source.options.train_fraction = choice.train_fraction;
  source.options.seed = choice.seed;
  source.missing = word_of(choice.missing).name;
  source.one_hot = choice.one_hot;
  source.facts = facts_of(table, choice);
  return source;
}

CsvChoice choice_of(const DataSource& source) {
  CsvChoice choice;
  choice.inputs = source.inputs;
  choice.target = source.target;
  choice.split = source.split;
  choice.train_fraction = source.options.train_fraction;
  choice.seed = source.options.seed;
  choice.one_hot = source.one_hot;
  for (const MissingWord& word : missing_words)
    if (source.missing == word.name) choice.missing = word.missing;
  return choice;
}

DataFacts facts_of(const CsvTable& table, const CsvChoice& choice) {
  DataFacts facts;
  say_rows(facts, table, choice);
  say_columns(facts, table, choice);
  say_reading(facts, table, choice);
  return facts;
}

}  // namespace backstep
