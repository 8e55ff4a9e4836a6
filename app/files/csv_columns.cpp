#include "app/files/csv_columns.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "core/base/text.h"

namespace backstep {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

// ---- the style of numbers ---------------------------------------------------------

// Which decimal marks the unambiguous cells have, in one column or in all of them.
struct Evidence {
  bool point = false, comma = false;

  char decimal() const { return point == comma ? '\0' : point ? '.' : ','; }
};

Evidence evidence_of(const ColumnLook& look) {
  return {look.form(NumberForm::decimal_point) > 0, look.form(NumberForm::decimal_comma) > 0};
}

Evidence evidence_of(const std::vector<ColumnLook>& looks) {
  Evidence all;
  for (const ColumnLook& look : looks) {
    if (!look.looks_numeric()) continue;
    const Evidence one = evidence_of(look);
    all.point = all.point || one.point;
    all.comma = all.comma || one.comma;
  }
  return all;
}

std::string unit_of(const ColumnLook& look) {
  std::pair<std::string, long> most;
  for (const auto& unit : look.units)
    if (unit.second > most.second) most = unit;
  // A few percentages among fractions do not make a column of percentages.
  return most.first == "%" && 2 * most.second < look.count_numbers() ? "" : most.first;
}

bool is_any_of(const std::string& text, std::initializer_list<const char*> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// The decimal mark of a column in which every mark could group thousands; 0 when
// nothing tells.
char decimal_by_habit(const ColumnLook& look, char separator, const std::string& unit) {
  const bool points = look.form(NumberForm::either_point) > 0,
             commas = look.form(NumberForm::either_comma) > 0;
  const bool is_money = !unit.empty() && unit != "%" && unit != "‰";
  if (is_any_of(unit, {"$", "US$", "A$", "C$", "£", "USD", "GBP", "₹", "Rs", "Rs.", "INR"}))
    return '.';
  if (points && commas) return 0;
  // Where thousands are grouped, what has no mark is below them, and what would
  // need one has it. A column of decimals rarely has three in every number.
  const bool only_small = look.small_whole > 0 && look.large_whole == 0;
  const bool decimals = look.large_whole > 0;
  const bool settled = separator == ';' || separator == '\t' || is_money;
  const char mark = points ? '.' : ',', other = points ? ',' : '.';
  if (separator != ';' && separator != '\t' && !(points && is_money)) return '.';
  if (separator == ';' && commas) return ',';
  if (settled && decimals) return mark;
  if (settled && only_small) return other;
  return 0;
}

// The style of a column, and whether nothing in the file tells thousands from decimals.
NumberStyle style_of(const ColumnLook& look, const Evidence& all, char separator, char told,
                     bool& in_doubt) {
  NumberStyle style = {'.', unit_of(look)};
  in_doubt = false;
  const auto take = [&](char decimal) {
    style.decimal = decimal;
    return style;
  };
  if (told) return take(told);
  const Evidence own = evidence_of(look);
  if (own.decimal()) return take(own.decimal());
  if (own.point && own.comma)
    return take(look.form(NumberForm::decimal_comma) > look.form(NumberForm::decimal_point) ? ','
                                                                                            : '.');
  if (look.form(NumberForm::either_point) + look.form(NumberForm::either_comma) == 0) return style;
  if (all.decimal()) return take(all.decimal());
  if (const char decimal = decimal_by_habit(look, separator, style.unit)) return take(decimal);
  in_doubt = true;
  return style;
}

// ---- texts ------------------------------------------------------------------------

// 0 and 1 for two texts that say no and yes.
std::vector<double> truths_of(const std::vector<std::string>& texts) {
  constexpr std::pair<const char*, const char*> pairs[] = {
      {"false", "true"}, {"no", "yes"},  {"n", "y"},       {"f", "t"},   {"falsch", "wahr"},
      {"nein", "ja"},    {"non", "oui"}, {"faux", "vrai"}, {"no", "si"}, {"no", "sí"},
      {"não", "sim"},    {"nee", "ja"},  {"nej", "ja"},    {"no", "sì"},
  };
  if (texts.size() != 2) return {};
  const std::string first = lower_case(texts[0]), second = lower_case(texts[1]);
  for (const auto& [no, yes] : pairs) {
    if (first == no && second == yes) return {0, 1};
    if (first == yes && second == no) return {1, 0};
  }
  return {};
}

void fill_texts(CsvColumn& column, const CellTexts& cells, std::size_t start, bool among_numbers) {
  std::unordered_map<std::string_view, int> codes;
  std::vector<std::string_view> names;
  for (std::size_t row = start; row < cells.size(); ++row)
    if (!says_missing(cells[row], among_numbers) && codes.emplace(cells[row], 0).second)
      names.push_back(cells[row]);
  std::sort(names.begin(), names.end());
  for (std::string_view name : names) {
    codes[name] = static_cast<int>(column.class_names.size());
    column.class_names.emplace_back(name);
  }
  column.classes.reserve(cells.size() - start);
  for (std::size_t row = start; row < cells.size(); ++row) {
    const auto found = codes.find(cells[row]);
    column.classes.push_back(found == codes.end() ? -1 : found->second);
  }
  column.missing_cells = std::count(column.classes.begin(), column.classes.end(), -1);
  column.truths = truths_of(column.class_names);
}

void fill_numbers(CsvColumn& column, const CellTexts& cells, std::size_t start,
                  std::vector<double>&& plain) {
  const bool as_in_programs = column.style.decimal == '.' && column.style.unit != "%";
  column.numbers = std::move(plain);
  for (std::size_t row = start; row < cells.size(); ++row) {
    const auto at = static_cast<long>(row - start);
    double& number = column.numbers[row];
    const bool is_number =
        (as_in_programs && !std::isnan(number)) || read_number(cells[row], column.style, number);
    if (is_number && std::isfinite(number)) {
      ++column.number_cells;
    } else if (says_missing(cells[row], true)) {
      number = nothing;
      ++column.missing_cells;
    } else if (column.first_text < 0) {
      column.first_text = at;
    }
  }
  column.numeric = column.first_text < 0;
  if (column.numeric)
    column.numbers.erase(column.numbers.begin(),
                         column.numbers.begin() + static_cast<std::ptrdiff_t>(start));
  else
    column.numbers = {};
}

// The first cell whose mark may group thousands or begin decimals.
void find_doubtful(CsvColumn& column, const CellTexts& cells, std::size_t start) {
  for (std::size_t row = start; row < cells.size(); ++row) {
    const NumberForm form = look_at_number(cells[row]).form;
    if (form != NumberForm::either_point && form != NumberForm::either_comma) continue;
    column.doubtful = static_cast<long>(row - start);
    column.doubtful_text = cells[row];
    return;
  }
}

void fill_mere_texts(CsvColumn& column, const CellTexts& cells, std::size_t start) {
  column.numeric = false;
  fill_texts(column, cells, start, false);
  for (std::size_t row = start; row < cells.size(); ++row) {
    const NumberCell cell = look_at_number(cells[row]);
    const bool finite =
        cell.form != NumberForm::none && (!cell.is_value || std::isfinite(cell.value));
    column.number_cells += finite;
    const auto at = static_cast<long>(row - start);
    if (!finite && column.first_text < 0 && !column.missing(at)) column.first_text = at;
  }
}

// ---- names ------------------------------------------------------------------------

bool occurs_again(const CellTexts& cells) {
  constexpr std::size_t most_rows = 100'000;
  const std::string_view first = cells[0];
  for (std::size_t row = 1; row < std::min(cells.size(), most_rows); ++row)
    if (cells[row] == first) return true;
  return false;
}

// Years or wavelengths above the columns of a wide table, or 0, 1, 2 …, which pandas
// writes when columns have no names.
bool are_numbered(const std::vector<double>& numbers, bool beside_names) {
  if (numbers.size() < 3) return false;
  const double step = numbers[1] - numbers[0];
  if (step == 0 || (!beside_names && (step != 1 || numbers[0] != 0))) return false;
  for (std::size_t i = 1; i < numbers.size(); ++i)
    if (std::abs(numbers[i] - numbers[i - 1] - step) > 1e-9 * std::abs(numbers[i])) return false;
  return true;
}

}  // namespace

long ColumnLook::count_numbers() const {
  long all = 0;
  for (long count : forms) all += count;
  return all - form(NumberForm::none);
}

bool ColumnLook::looks_numeric() const {
  const long texts = form(NumberForm::none) - missing;
  return count_numbers() > texts;
}

namespace {

void count_cell(ColumnLook& look, std::string_view cell, const NumberCell& seen) {
  ++look.forms[static_cast<std::size_t>(seen.form)];
  if (seen.form == NumberForm::none) {
    look.missing += says_missing(cell, true);
  } else if (seen.form == NumberForm::plain) {
    const bool whole = seen.value == std::floor(seen.value);
    const double size = std::abs(seen.value);
    look.small_whole += whole && size < 1000;
    look.large_whole += whole && size >= 1000;
  }
  if (seen.unit.empty()) return;
  for (auto& [unit, count] : look.units)
    if (unit == seen.unit) return void(++count);
  look.units.emplace_back(seen.unit, 1);
}

}  // namespace

ColumnLook look_at_column(const CellTexts& cells) {
  ColumnLook look;
  look.numbers.reserve(cells.size());
  for (std::size_t row = 0; row < cells.size(); ++row) {
    const NumberCell seen = look_at_number(cells[row]);
    look.numbers.push_back(seen.is_value ? seen.value : nothing);
    if (row > 0) count_cell(look, cells[row], seen);
  }
  return look;
}

bool first_row_is_data(const std::vector<CellTexts>& cells, const std::vector<ColumnLook>& looks) {
  std::size_t again = 0, names = 0;
  std::vector<double> numbers;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string_view cell = cells[i][0];
    if (says_missing(cell, false)) continue;
    const NumberCell seen = look_at_number(cell);
    const bool nothing_below = looks[i].count_numbers() + looks[i].form(NumberForm::none) == 0;
    if (seen.form != NumberForm::none && (looks[i].looks_numeric() || nothing_below))
      numbers.push_back(seen.is_value ? seen.value : nothing);
    else if (occurs_again(cells[i]))
      ++again;
    else
      ++names;
  }
  if (are_numbered(numbers, names > 0)) return false;
  if (names == 0) return !numbers.empty() || again >= 2;
  return numbers.size() > again + names;
}

void fill_columns(CsvTable& table, std::vector<CellTexts>& cells, std::vector<ColumnLook>& looks,
                  std::size_t first, char decimal) {
  if (first == 0)
    for (std::size_t i = 0; i < cells.size(); ++i)
      count_cell(looks[i], cells[i][0], look_at_number(cells[i][0]));
  const Evidence all = evidence_of(looks);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    CsvColumn& column = table.columns[i];
    const bool only_missing = looks[i].form(NumberForm::none) == looks[i].missing;
    if (looks[i].looks_numeric() || only_missing) {
      bool in_doubt = false;
      column.style = style_of(looks[i], all, table.separator, decimal, in_doubt);
      const bool point = column.style.decimal == '.';
      column.has_thousands =
          looks[i].form(point ? NumberForm::either_comma : NumberForm::either_point) > 0;
      if (in_doubt) find_doubtful(column, cells[i], first);
      fill_numbers(column, cells[i], first, std::move(looks[i].numbers));
      if (!column.numeric) fill_texts(column, cells[i], first, true);
    } else {
      fill_mere_texts(column, cells[i], first);
    }
    cells[i] = {};
    looks[i].numbers = {};
  }
}

}  // namespace backstep
