#include "app/lessons/lesson_check.h"

#include <algorithm>
#include <cmath>

#include "app/files/text_file.h"
#include "app/lessons/demand.h"
#include "app/lessons/lesson_numbers.h"
#include "app/lessons/lesson_text.h"
#include "app/paint/numbers.h"
#include "core/base/text.h"
#include "core/program/program.h"

namespace backstep {

namespace {

// Code may hold whole numbers of one or two digits, as in W1 or 0:2. Longer ones
// could be untrue of the network, so they must be references.
bool has_long_number(const std::string& code) {
  int digits = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    digits = is_digit(code[i]) ? digits + 1 : 0;
    const bool decimal = code[i] == '.' && i + 1 < code.size() && is_digit(code[i + 1]);
    if (digits > 2 || decimal) return true;
  }
  return false;
}

bool equal_as_written(double number, const WrittenNumber& written) {
  return std::fabs(number - written.value) <=
         written.half_unit * (1 + 1e-9) + 1e-15 * std::fabs(number);
}

class LessonChecker {
 public:
  LessonChecker(const Lesson& lesson, const std::vector<double>* misprints,
                std::vector<LessonMistake>& mistakes)
      : lesson_(lesson), misprints_(misprints), mistakes_(mistakes) {}

  void check() {
    refuse_digits(lesson_.title, 1, true);
    refuse_digits(lesson_.line, 1, true);
    for (std::size_t i = 0; i < lesson_.steps.size(); ++i) check_step(i);
  }

 private:
  void check_step(std::size_t number) {
    const LessonStep& step = lesson_.steps[number];
    refuse_digits(step.title, step.line, true);
    refuse_digits(step.ask, step.line, true);
    if (step.paragraphs.empty()) refuse(step.line, "a step says something");
    for (const Paragraph& paragraph : step.paragraphs)
      for (const TextRun& run : paragraph.runs) check_words(run);
    LessonMoment moment;
    try {
      moment = moment_of(lesson_, number);
    } catch (const LessonError& error) {
      return refuse(error.line, error.message);
    }
    if (!go_to(moment, step)) return;
    for (const Paragraph& paragraph : step.paragraphs)
      for (const TextRun& run : paragraph.runs) check_reference(run);
    check_nodes(step);
    if (step.predict) check_prediction(*step.predict);
    if (step.demand) check_demand(number, moment, *step.demand);
  }

  bool go_to(const LessonMoment& moment, const LessonStep& step) {
    const int line = step.at ? step.at->line : step.line;
    try {
      numbers_.go_to(moment);
      return true;
    } catch (const std::exception& error) {
      refuse(line, error.what());
      return false;
    }
  }

  // ---- text ----
  void check_words(const TextRun& run) {
    if (run.kind == TextRun::Kind::text || run.kind == TextRun::Kind::strong)
      refuse_digits(run.text, run.line, false);
    if (run.kind == TextRun::Kind::code && has_long_number(run.text))
      refuse(run.line, "`" + run.text + "`: a number stands in a reference, [0.25](1/4)");
  }

  // With `names`, digits that belong to a name (float16) are allowed.
  void refuse_digits(const std::string& text, int line, bool names) {
    const bool any =
        names ? !numbers_in(text).empty() : std::any_of(text.begin(), text.end(), is_digit);
    if (any) refuse(line, "'" + text + "': digits stand in a reference, [0.25](1/4), or in `code`");
  }

  void check_reference(const TextRun& run) {
    if (run.kind == TextRun::Kind::printed) return check_misprint(run);
    if (run.kind == TextRun::Kind::node) {
      const std::string mistake = missing_node(run.expression, numbers_.graph());
      if (!mistake.empty()) refuse(run.line, reference_words(run) + ": " + mistake);
    }
    if (run.kind != TextRun::Kind::number) return;
    const auto written = numbers_in(run.text);
    if (written.size() != 1)
      return refuse(run.line, reference_words(run) + ": the words have more than one number");
    try {
      const double number = numbers_.value_of(run.expression);
      if (!equal_as_written(number, written[0]))
        refuse(run.line, reference_words(run) + ": it is " + exact_number(number));
    } catch (const FileError& error) {
      refuse(run.line, reference_words(run) + ": " + error.what());
    }
  }

  void check_misprint(const TextRun& run) {
    const auto written = numbers_in(run.text);
    if (written.size() != 1)
      return refuse(run.line, reference_words(run) + ": the words have one number");
    if (!misprints_) return;
    const bool known = std::any_of(misprints_->begin(), misprints_->end(), [&](double printed) {
      return std::fabs(printed - written[0].value) <= 1e-12 * std::fabs(printed);
    });
    if (!known) refuse(run.line, reference_words(run) + ": nobody printed that");
  }

  static std::string reference_words(const TextRun& run) {
    return "[" + run.text + "](" + run.expression + ")";
  }

  // ---- directives ----
  void check_nodes(const LessonStep& step) {
    for (const Given<std::string>& name : step.point)
      report(name.line, missing_node(name.value, numbers_.graph()));
    if (!step.select) return;
    std::string mistake;
    entry_of(step.select->value, numbers_.graph(), mistake);
    report(step.select->line, mistake);
  }

  void check_prediction(const Given<PredictionWanted>& predict) {
    std::string mistake;
    const Graph& graph = numbers_.graph();
    const EntryPlace place = entry_of(predict.value.entry, graph, mistake);
    if (!mistake.empty()) return refuse(predict.line, mistake);
    const bool needs_gradient = predict.value.asked != Asked::value;
    if (needs_gradient && !graph.node(place.node).reaches_loss)
      return refuse(predict.line, text("no gradient comes back to '{}'", predict.value.entry.node));
    const Node& node = graph.node(place.node);
    const double truth = (needs_gradient ? node.gradient : node.value)[place.entry];
    if (!std::isfinite(truth)) refuse(predict.line, "the truth is " + exact_number(truth));
  }

  void check_demand(std::size_t number, const LessonMoment& moment,
                    const Given<std::shared_ptr<const Demand>>& demand) {
    const std::string mistake = demand.value->mistake(numbers_, moment);
    report(demand.line, mistake);
    if (!mistake.empty() || number + 1 == lesson_.steps.size()) return;
    const LessonStep& next = lesson_.steps[number + 1];
    if (!demand.value->holds_in(next))
      refuse(next.line, text("the step before demands '{}'; this one should say the same in its "
                             "own step block",
                             demand.value->words));
  }

  void report(int line, const std::string& mistake) {
    if (!mistake.empty()) refuse(line, mistake);
  }
  void refuse(int line, const std::string& message) { mistakes_.push_back({line, message}); }

  const Lesson& lesson_;
  const std::vector<double>* misprints_;
  std::vector<LessonMistake>& mistakes_;
  LessonNumbers numbers_;
};

}  // namespace

std::vector<LessonMistake> check_lesson(const std::filesystem::path& path,
                                        const std::vector<double>* misprints) {
  std::vector<LessonMistake> mistakes;
  Lesson lesson = parse_lesson(read_text(path), mistakes);
  name_lesson(lesson, path);
  if (lesson.number == 0)
    mistakes.push_back({1, "the file's name is NN-id.md, as in 01-one-neuron.md"});
  if (lesson.program || lesson.setup) LessonChecker(lesson, misprints, mistakes).check();
  std::stable_sort(mistakes.begin(), mistakes.end(),
                   [](const auto& a, const auto& b) { return a.line < b.line; });
  return mistakes;
}

}  // namespace backstep
