// The directives of a step, a row each.
#include <algorithm>

#include "app/lessons/lesson_file.h"
#include "core/base/number_words.h"
#include "core/base/suggestions.h"
#include "core/base/text.h"
#include "core/doctor/comparison.h"
#include "core/slips/bug.h"

namespace backstep {

namespace {

using Texts = std::vector<std::string>;

// At commas outside brackets.
Texts split(const std::string& text) {
  Texts parts(1);
  int depth = 0;
  for (char c : text) {
    depth += (c == '[') - (c == ']');
    if (c == ',' && depth == 0)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  for (std::string& part : parts) part = trimmed(part);
  return parts;
}

Texts words_of(const std::string& text) {
  Texts words;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(" \t", at)) != std::string::npos) {
    const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

bool is_name(const std::string& text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

// "NAME = VALUE" in two; false without a "=".
bool read_pair(const std::string& text, std::string& left, std::string& right) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return false;
  left = trimmed(text.substr(0, equals));
  right = trimmed(text.substr(equals + 1));
  return !left.empty() && !right.empty();
}

// ---- parts of directives -------------------------------------------------------------

std::string read_place(const std::string& text, Place& place) {
  Texts words = words_of(text);
  const std::string wrong = "'" + text +
                            "': a place is start, forward, backward or update, the last three "
                            "perhaps with a node; 'pass 2' or 'epoch 300' may stand in front";
  if (words.size() >= 2 && (words[0] == "pass" || words[0] == "epoch")) {
    const bool pass = words[0] == "pass";
    long number = 0;
    if (!read_number(words[1], number) || number < (pass ? 1 : 0)) return wrong;
    (pass ? place.passes : place.epochs) = pass ? number - 1 : number;
    words.erase(words.begin(), words.begin() + 2);
    if (words.empty()) return "";
  }
  if (words.empty() || words.size() > 2) return wrong;
  if (words[0] == "start" && words.size() == 1) return "";
  if (words[0] == "forward")
    place.after = Place::After::forward;
  else if (words[0] == "backward")
    place.after = Place::After::backward;
  else if (words[0] == "update")
    place.after = Place::After::update;
  else
    return wrong;
  if (words.size() == 2) place.node = words[1];
  return "";
}

// "2", or "[[1, 2], [3, 4]]".
std::string read_matrix(const std::string& text, Matrix& matrix) {
  const std::string wrong = "'" + text + "': a value is a number, or rows: [[1, 2], [3, 4]]";
  double number = 0;
  if (read_number(text, number)) {
    matrix = {{1, 1}, {number}};
    return "";
  }
  if (text.size() < 4 || text.front() != '[' || text.back() != ']') return wrong;
  matrix = {{0, 0}, {}};
  for (const std::string& row : split(text.substr(1, text.size() - 2))) {
    if (row.size() < 2 || row.front() != '[' || row.back() != ']') return wrong;
    const Texts entries = split(row.substr(1, row.size() - 2));
    for (const std::string& entry : entries) {
      if (!read_number(entry, number)) return wrong;
      matrix.entries.push_back(number);
    }
    const auto columns = static_cast<Index>(entries.size());
    if (matrix.shape.rows > 0 && columns != matrix.shape.columns) return wrong;
    matrix.shape = {matrix.shape.rows + 1, columns};
  }
  return "";
}

std::string read_edit(const std::string& text, LeafEdit& edit) {
  std::string left, right;
  if (!read_pair(text, left, right)) return "an edit reads w = 2, or W1[0,1] = 2";
  if (std::string mistake = read_entry(left, edit.entry); !mistake.empty()) return mistake;
  edit.whole = left.find('[') == std::string::npos;
  return read_matrix(right, edit.value);
}

std::string read_change(const std::string& text, Change& change) {
  if (!read_pair(text, change.setting, change.value)) return "a setting reads activation = tanh";
  return "";
}

std::string read_mode(const std::string& text, Mode& mode) {
  const std::optional<Mode> known = find_mode(text);
  if (!known) return "'" + text + "': a mode is " + mode_choices();
  mode = *known;
  return "";
}

bool begins(const std::string& text, const std::string& start, std::string& rest) {
  if (text.compare(0, start.size(), start) != 0) return false;
  rest = trimmed(text.substr(start.size()));
  return true;
}

std::string read_demand(const std::string& text, Demand& demand) {
  using Kind = Demand::Kind;
  demand.words = text;
  std::string rest;
  const auto kind = [&](Kind which) { demand.kind = which; };
  if (text == "check") return kind(Kind::check), "";
  if (text == "find bug") return kind(Kind::find_bug), "";
  if (text == "open paths") return kind(Kind::open_paths), "";
  if (begins(text, "step to ", rest)) return kind(Kind::step_to), read_place(rest, demand.place);
  if (begins(text, "edit ", rest)) return kind(Kind::edit), read_edit(rest, demand.edit);
  if (begins(text, "set ", rest)) return kind(Kind::set), read_change(rest, demand.change);
  if (begins(text, "mode ", rest)) return kind(Kind::mode), read_mode(rest, demand.mode);
  if (begins(text, "train to epoch ", rest)) {
    kind(Kind::train_to);
    return read_number(rest, demand.epoch) && demand.epoch > 0
               ? ""
               : "'" + rest + "': an epoch is a whole number from 1";
  }
  return "'" + text +
         "' is not known; what can be demanded is step to PLACE, edit w = 2, train to epoch 300, "
         "set activation = tanh, check, mode train, find bug, open paths";
}

std::string read_prediction(const std::string& text, PredictionWanted& wanted) {
  std::string rest;
  if (begins(text, "sign of gradient ", rest))
    wanted.asked = Asked::sign_of_gradient;
  else if (begins(text, "gradient ", rest))
    wanted.asked = Asked::gradient;
  else if (begins(text, "value ", rest))
    wanted.asked = Asked::value;
  else
    return "'" + text + "': predicted is 'value a1', 'gradient z1[0,0]' or 'sign of gradient w'";
  return read_entry(rest, wanted.entry);
}

std::string read_precision(const std::string& text, Precision& precision) {
  const PrecisionFormat* format = find_precision(text);
  if (format) precision = format->precision;
  if (format) return "";
  Texts known;
  for (const PrecisionFormat& row : all_precisions()) known.emplace_back(row.name);
  return "'" + text + "' is no precision" + suggestion(text, known, "; they are ");
}

std::string read_bug(const std::string& text, std::string& bug) {
  bug = text == "none" ? "" : text;
  if (bug.empty() || find_bug(bug)) return "";
  Texts known = {"none"};
  for (const Bug& row : all_bugs()) known.emplace_back(row.id);
  return "'" + text + "' is no bug" + suggestion(text, known, "; they are ");
}

std::string read_compare(const std::string& text, CompareRuns& runs) {
  std::string values;
  if (!read_pair(text, runs.setting, values)) return "runs read activation = sigmoid, tanh, relu";
  runs.values = split(values);
  if (runs.values.size() >= 2 && runs.values.size() <= most_runs) return "";
  return "two to six runs are compared, and these are " + std::to_string(runs.values.size());
}

// ---- the table -------------------------------------------------------------------------

template <class Value>
std::string take(std::string (*read)(const std::string&, Value&), const std::string& text, int line,
                 std::optional<Given<Value>>& into) {
  if (into) return "this is given twice in one step";
  into.emplace();
  into->line = line;
  return read(text, into->value);
}

struct Directive {
  const char* name;
  std::string (*read)(const std::string& text, int line, LessonStep& step);
};

constexpr Directive directives[] = {
    {"at", [](const std::string& text, int line,
              LessonStep& step) { return take(read_place, text, line, step.at); }},
    {"mode", [](const std::string& text, int line,
                LessonStep& step) { return take(read_mode, text, line, step.mode); }},
    {"point",
     [](const std::string& text, int line, LessonStep& step) {
       for (const std::string& name : split(text)) step.point.push_back({name, line});
       return std::string();
     }},
    {"select", [](const std::string& text, int line,
                  LessonStep& step) { return take(read_entry, text, line, step.select); }},
    {"set",
     [](const std::string& text, int line, LessonStep& step) {
       Change change;
       std::string mistake = read_change(text, change);
       step.settings.push_back({change, line});
       return mistake;
     }},
    {"edit",
     [](const std::string& text, int line, LessonStep& step) {
       LeafEdit edit;
       std::string mistake = read_edit(text, edit);
       step.settings.push_back({edit, line});
       return mistake;
     }},
    {"precision",
     [](const std::string& text, int line, LessonStep& step) {
       return take(read_precision, text, line, step.precision);
     }},
    {"bug", [](const std::string& text, int line,
               LessonStep& step) { return take(read_bug, text, line, step.bug); }},
    {"compare", [](const std::string& text, int line,
                   LessonStep& step) { return take(read_compare, text, line, step.compare); }},
    {"predict", [](const std::string& text, int line,
                   LessonStep& step) { return take(read_prediction, text, line, step.predict); }},
    {"do", [](const std::string& text, int line,
              LessonStep& step) { return take(read_demand, text, line, step.demand); }},
    {"ask",
     [](const std::string& text, int, LessonStep& step) {
       step.ask = text;
       return std::string();
     }},
};

}  // namespace

std::string read_entry(const std::string& text, EntryName& entry) {
  const std::string wrong = "'" + text + "': an entry is written W1[0,1], or w for the first one";
  const std::size_t open = text.find('[');
  entry.node = trimmed(text.substr(0, open));
  if (!is_name(entry.node)) return wrong;
  if (open == std::string::npos) return "";
  if (text.back() != ']') return wrong;
  const Texts indices = split(text.substr(open + 1, text.size() - open - 2));
  long row = 0, column = 0;
  if (indices.size() > 2 || !read_number(indices.back(), column) || column < 0) return wrong;
  entry.column = column;
  if (indices.size() == 1) return "";
  if (!read_number(indices[0], row) || row < 0) return wrong;
  entry.row = row;
  return "";
}

std::string read_directive(const std::string& line, int number, LessonStep& step) {
  const std::size_t colon = line.find(':');
  const std::string name(trimmed(line.substr(0, colon)));
  for (const Directive& row : directives) {
    if (name != row.name) continue;
    if (colon == std::string::npos) return "a directive reads '" + name + ": …'";
    const std::string mistake =
        row.read(std::string(trimmed(line.substr(colon + 1))), number, step);
    return mistake.empty() ? "" : name + ": " + mistake;
  }
  Texts known;
  for (const Directive& row : directives) known.emplace_back(row.name);
  return "'" + name + "' is no directive" + suggestion(name, known, "; they are ");
}

}  // namespace backstep
