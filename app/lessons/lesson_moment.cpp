#include "app/lessons/lesson_moment.h"

#include <algorithm>

#include "app/documents/document_graph.h"
#include "app/documents/file_kinds.h"
#include "app/documents/session_file.h"
#include "app/files/json_field.h"
#include "app/lessons/lesson_file.h"
#include "core/base/suggestions.h"
#include "core/program/program.h"

namespace backstep {

namespace {

using nlohmann::json;

// The fields of a session, from a lesson's blocks. Of a program and a network
// the one that was given later decides.
class Recipe {
 public:
  explicit Recipe(const Lesson& lesson) : lesson_(lesson) {
    take_blocks(lesson.program, lesson.setup);
  }

  void take(const LessonStep& step) {
    take_blocks(step.program, step.setup);
    settings_.insert(settings_.end(), step.settings.begin(), step.settings.end());
    if (step.precision) precision_ = step.precision->value;
    if (step.bug) bug_ = step.bug->value;
  }

  Document document() {
    Document made = session();
    for (const Setting& setting : settings_) apply(setting, made);
    made.setup.precision = precision_;
    made.setup.bug = bug_;
    return made;
  }

  // Everything that document() follows from, as text.
  std::string text() const {
    std::string text =
        program_.text + "\n" + fields_.text + "\n" + bug_ + "\n" + format_of(precision_).name;
    for (const Setting& setting : settings_)
      text += "\n" + std::to_string(setting.line);  // lines tell settings of one file apart
    return text;
  }

 private:
  void take_blocks(const std::optional<Block>& program, const std::optional<Block>& setup) {
    const auto is_edit = [](const Setting& setting) { return setting.what.index() == 1; };
    if (setup) {
      fields_ = *setup;
      settings_.clear();
      network_ = parsed().contains("network");
    }
    if (!program) return;
    program_ = *program;
    network_ = false;
    std::erase_if(settings_, is_edit);
  }

  json parsed() const {
    if (fields_.text.empty()) return json::object();
    try {
      json fields = parse_json(fields_.text);
      JsonField(fields, "").expect_object({"network", "data", "training", "parameters"});
      return fields;
    } catch (const FileError& error) {
      throw LessonError(lesson_, fields_.line, std::string("json: ") + error.what());
    }
  }

  Document session() const {
    json fields = parsed();
    fields["backstep"] = 1;
    fields["title"] = lesson_.title;
    if (!network_) {
      fields.erase("network");
      fields["program"] = program_.text;
    }
    const int line = network_ ? fields_.line : program_.line;
    try {
      Document document = session_of(fields.dump(), lesson_.path.parent_path());
      graph_of(document);
      return document;
    } catch (const ProgramError& error) {
      throw LessonError(lesson_, line + error.line - 1,
                        "column " + std::to_string(error.column) + ": " + error.message);
    } catch (const FileError& error) {
      throw LessonError(lesson_, fields_.line, std::string("json: ") + error.what());
    }
  }

  void apply(const Setting& setting, Document& document) const {
    const std::string mistake = setting.what.index() == 0
                                    ? set_field(document, std::get<Change>(setting.what))
                                    : edit_leaf(document, std::get<LeafEdit>(setting.what));
    if (!mistake.empty()) throw LessonError(lesson_, setting.line, mistake);
  }

  static std::string edit_leaf(Document& document, const LeafEdit& edit) {
    const Graph graph = graph_of(document);
    std::string mistake;
    const EntryPlace place = entry_of(edit.entry, graph, mistake);
    if (!mistake.empty()) return mistake;
    const Node& node = graph.node(place.node);
    const std::string name = "edit: '" + edit.entry.node + "'";
    if (!node.is_editable()) return name + " is computed; edited are inputs, targets, parameters";
    if (!node.data_name.empty()) return name + " has its numbers from the data";
    if (edit.whole && edit.value.shape != node.value.shape)
      return name + " is " + to_string(node.value.shape) + ", and this is " +
             to_string(edit.value.shape);
    if (!edit.whole && edit.value.shape != Shape{}) return name + ": one entry is one number";
    Matrix value = edit.whole ? edit.value : copy_of(node.value);
    if (!edit.whole) value.entries[static_cast<std::size_t>(place.entry)] = edit.value.entries[0];
    document.setup.parameters[edit.entry.node] = std::move(value);
    return "";
  }

  const Lesson& lesson_;
  Block program_, fields_;
  bool network_ = false;
  std::vector<Setting> settings_;
  Precision precision_ = Precision::float64;
  std::string bug_;
};

void check_comparison(const Document& document, const CompareRuns& runs, std::string& mistake) {
  for (const std::string& value : runs.values)
    if (mistake.empty()) with_change(document.setup, {runs.setting, value}, mistake);
}

}  // namespace

LessonError::LessonError(const Lesson& lesson, int line_, const std::string& message_)
    : FileError(lesson.path.string() + ":" + std::to_string(line_) + ": " + message_),
      line(line_),
      message(message_) {}

LessonMoment moment_of(const Lesson& lesson, std::size_t number) {
  Recipe recipe(lesson);
  LessonMoment moment;
  Mode mode = Mode::step;
  const Given<CompareRuns>* compare = nullptr;
  for (std::size_t i = 0; i <= number; ++i) {
    const LessonStep& step = lesson.steps[i];
    recipe.take(step);
    if (step.program || step.setup) moment.place = {};
    if (step.at) moment.place = step.at->value, moment.place_line = step.at->line;
    if (step.mode) mode = step.mode->value;
    if (step.compare) compare = &*step.compare;
  }
  moment.document = recipe.document();
  moment.document.mode = mode;
  moment.recipe = recipe.text();
  if (!compare) return moment;
  std::string mistake;
  check_comparison(moment.document, compare->value, mistake);
  if (!mistake.empty()) throw LessonError(lesson, compare->line, "compare: " + mistake);
  moment.document.compare_by = compare->value.setting;
  moment.document.compare_values = compare->value.values;
  return moment;
}

Document document_of(const Lesson& lesson) { return moment_of(lesson, 0).document; }

std::size_t step_numbered(const Lesson& lesson, int number) {
  const int steps = static_cast<int>(lesson.steps.size());
  if (number < 1 || number > steps)
    throw FileError(lesson.path.string() + ": --lesson-step goes from 1 to " +
                    std::to_string(steps) + " here, not " + std::to_string(number));
  return static_cast<std::size_t>(number - 1);
}

Document document_of(const std::filesystem::path& file, std::optional<int> lesson_step) {
  const bool is_lesson = kind_of_file(file) == FileKind::lesson;
  if (!is_lesson && !lesson_step) return read_document(file);
  if (!is_lesson) throw FileError(file.string() + ": --lesson-step goes with a lesson (.md)");
  const Lesson lesson = read_lesson(file);
  if (!lesson_step) return document_of(lesson);
  return moment_of(lesson, step_numbered(lesson, *lesson_step)).document;
}

}  // namespace backstep
