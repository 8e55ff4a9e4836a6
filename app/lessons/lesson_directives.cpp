// The directives of a step, a row each. What a directive does to the session of
// the steps that follow stands in its row; the others say something of their own
// step, and fill a field of LessonStep.
#include <algorithm>

#include "app/documents/document.h"
#include "app/lessons/demand.h"
#include "app/lessons/lesson_file.h"
#include "app/lessons/lesson_moment.h"
#include "app/lessons/lesson_values.h"
#include "core/base/suggestions.h"
#include "core/base/text.h"
#include "core/doctor/comparison.h"
#include "core/slips/bug.h"

namespace backstep {

namespace {

using Texts = std::vector<std::string>;
using Lasts = Setting::Lasts;

constexpr const char* given_twice = "this is given twice in one step";

// ---- of the step itself ---------------------------------------------------------------

template <class Value>
std::string take(std::string (*read)(const std::string&, Value&), const std::string& argument,
                 int line, std::optional<Given<Value>>& into) {
  if (into) return given_twice;
  into.emplace();
  into->line = line;
  return read(argument, into->value);
}

std::string take_place(const std::string& argument, int line, LessonStep& step) {
  return take(read_place, argument, line, step.at);
}

std::string take_selection(const std::string& argument, int line, LessonStep& step) {
  return take(read_entry, argument, line, step.select);
}

std::string take_points(const std::string& argument, int line, LessonStep& step) {
  for (const std::string& name : split_at_commas(argument)) step.point.push_back({name, line});
  return "";
}

std::string read_prediction(const std::string& written, PredictionWanted& wanted) {
  std::string entry;
  if (begins_with(written, "sign of gradient ", entry))
    wanted.asked = Asked::sign_of_gradient;
  else if (begins_with(written, "gradient ", entry))
    wanted.asked = Asked::gradient;
  else if (begins_with(written, "value ", entry))
    wanted.asked = Asked::value;
  else
    return text("'{}': predicted is 'value a1', 'gradient z1[0,0]' or 'sign of gradient w'",
                written);
  return read_entry(entry, wanted.entry);
}

std::string take_prediction(const std::string& argument, int line, LessonStep& step) {
  return take(read_prediction, argument, line, step.predict);
}

std::string take_demand(const std::string& argument, int line, LessonStep& step) {
  if (step.demand) return given_twice;
  std::shared_ptr<const Demand> demand;
  const std::string mistake = read_demand(argument, demand);
  if (mistake.empty()) step.demand = {demand, line};
  return mistake;
}

std::string take_question(const std::string& argument, int, LessonStep& step) {
  step.ask = argument;
  return "";
}

// ---- of the session, from this step on ------------------------------------------------

using Apply = std::function<std::string(Document&)>;

// Takes a setting that was read without a mistake. What holds to the end is given
// once in a step.
std::string take_setting(const char* directive, Lasts lasts, int line, LessonStep& step,
                         Apply apply, const std::string& mistake) {
  const bool known =
      std::any_of(step.settings.begin(), step.settings.end(),
                  [&](const Setting& setting) { return setting.directive == directive; });
  if (known && lasts == Lasts::to_the_end) return given_twice;
  if (mistake.empty()) step.settings.push_back({directive, lasts, std::move(apply), line});
  return mistake;
}

std::string take_set(const std::string& argument, int line, LessonStep& step) {
  Change change;
  const std::string mistake = read_change(argument, change);
  const auto apply = [change](Document& document) { return set_field(document, change); };
  return take_setting("set", Lasts::until_new_setup, line, step, apply, mistake);
}

std::string take_edit(const std::string& argument, int line, LessonStep& step) {
  LeafEdit edit;
  const std::string mistake = read_edit(argument, edit);
  const auto apply = [edit](Document& document) { return edit_leaf(document, edit); };
  return take_setting("edit", Lasts::until_new_program, line, step, apply, mistake);
}

std::string take_mode(const std::string& argument, int line, LessonStep& step) {
  Mode mode = Mode::step;
  const std::string mistake = read_mode(argument, mode);
  const auto apply = [mode](Document& document) {
    document.mode = mode;
    return std::string();
  };
  return take_setting("mode", Lasts::to_the_end, line, step, apply, mistake);
}

std::string take_precision(const std::string& argument, int line, LessonStep& step) {
  const PrecisionFormat* format = find_precision(argument);
  const auto apply = [format](Document& document) {
    document.setup.precision = format->precision;
    return std::string();
  };
  Texts known;
  for (const PrecisionFormat& row : all_precisions()) known.emplace_back(row.name);
  const std::string mistake =
      format ? ""
             : text("'{}' is no precision{}", argument, suggestion(argument, known, "; they are "));
  return take_setting("precision", Lasts::to_the_end, line, step, apply, mistake);
}

std::string take_bug(const std::string& argument, int line, LessonStep& step) {
  const std::string bug = argument == "none" ? "" : argument;
  const auto apply = [bug](Document& document) {
    document.setup.bug = bug;
    return std::string();
  };
  Texts known = {"none"};
  for (const Bug& row : all_bugs()) known.emplace_back(row.id);
  const std::string mistake =
      bug.empty() || find_bug(bug)
          ? ""
          : text("'{}' is no bug{}", argument, suggestion(argument, known, "; they are "));
  return take_setting("bug", Lasts::to_the_end, line, step, apply, mistake);
}

struct ComparedRuns {
  std::string setting;
  Texts values;
};

std::string read_runs(const std::string& argument, ComparedRuns& runs) {
  std::string values;
  if (!read_pair(argument, runs.setting, values))
    return "runs read activation = sigmoid, tanh, relu";
  runs.values = split_at_commas(values);
  if (runs.values.size() >= 2 && runs.values.size() <= most_runs) return "";
  return text("two to six runs are compared, and these are {}", runs.values.size());
}

std::string compare(Document& document, const ComparedRuns& runs) {
  for (const std::string& value : runs.values) {
    std::string mistake;
    with_change(document.setup, {runs.setting, value}, mistake);
    if (!mistake.empty()) return "compare: " + mistake;
  }
  document.compare_by = runs.setting;
  document.compare_values = runs.values;
  return "";
}

std::string take_runs(const std::string& argument, int line, LessonStep& step) {
  ComparedRuns runs;
  const std::string mistake = read_runs(argument, runs);
  const auto apply = [runs](Document& document) { return compare(document, runs); };
  return take_setting("compare", Lasts::to_the_end, line, step, apply, mistake);
}

// ---- the table ------------------------------------------------------------------------

struct Directive {
  const char* name;
  std::string (*take)(const std::string& argument, int line, LessonStep& step);
};

constexpr Directive directives[] = {
    {"at", take_place},
    {"mode", take_mode},
    {"point", take_points},
    {"select", take_selection},
    {"set", take_set},
    {"edit", take_edit},
    {"precision", take_precision},
    {"bug", take_bug},
    {"compare", take_runs},
    {"predict", take_prediction},
    {"do", take_demand},
    {"ask", take_question},
};

}  // namespace

std::vector<std::string> directive_names() {
  Texts names;
  for (const Directive& row : directives) names.emplace_back(row.name);
  return names;
}

std::string read_directive(const std::string& line, int number, LessonStep& step) {
  const std::size_t colon = line.find(':');
  const std::string name(trimmed(std::string_view(line).substr(0, colon)));
  for (const Directive& row : directives) {
    if (name != row.name) continue;
    if (colon == std::string::npos) return text("a directive reads '{}: …'", name);
    const std::string argument(trimmed(std::string_view(line).substr(colon + 1)));
    const std::string mistake = row.take(argument, number, step);
    return mistake.empty() ? "" : name + ": " + mistake;
  }
  return text("'{}' is no directive{}", name, suggestion(name, directive_names(), "; they are "));
}

}  // namespace backstep
