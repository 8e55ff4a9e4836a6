#include "app/lessons/lesson_moment.h"

#include <algorithm>

#include "app/documents/document_graph.h"
#include "app/documents/file_kinds.h"
#include "app/documents/session_file.h"
#include "app/files/json_field.h"
#include "app/lessons/lesson_file.h"
#include "core/base/text.h"
#include "core/program/program.h"

namespace backstep {

namespace {

using nlohmann::json;

// The session that a lesson's blocks and settings lead to, step by step. Of a
// program and a network the one that was given later decides.
class Recipe {
 public:
  explicit Recipe(const Lesson& lesson) : lesson_(lesson) {
    take_blocks(lesson.program, lesson.setup);
  }

  void take(const LessonStep& step) {
    take_blocks(step.program, step.setup);
    for (const Setting& setting : step.settings) {
      // Of what holds to the end, such as the precision, the last one counts.
      const bool replaces = setting.lasts == Lasts::to_the_end;
      if (replaces)
        std::erase_if(settings_,
                      [&](const auto& each) { return each.directive == setting.directive; });
      settings_.push_back(setting);
    }
  }

  // What holds to the end comes last, when the network it is about is complete.
  Document document() const {
    Document made = session();
    for (const bool last : {false, true})
      for (const Setting& setting : settings_)
        if ((setting.lasts == Lasts::to_the_end) == last) apply(setting, made);
    return made;
  }

 private:
  using Lasts = Setting::Lasts;

  void take_blocks(const std::optional<Block>& program, const std::optional<Block>& setup) {
    if (setup) {
      fields_ = *setup;
      std::erase_if(settings_, [](const auto& each) { return each.lasts != Lasts::to_the_end; });
      network_ = parsed().contains("network");
    }
    if (!program) return;
    program_ = *program;
    network_ = false;
    std::erase_if(settings_,
                  [](const auto& each) { return each.lasts == Lasts::until_new_program; });
  }

  json parsed() const {
    if (fields_.text.empty()) return json::object();
    try {
      json fields = parse_json(fields_.text);
      JsonField(fields, "").expect_object({"network", "data", "training", "parameters"});
      return fields;
    } catch (const FileError& error) {
      throw LessonError(lesson_, fields_.line, text("json: {}", error.what()));
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
                        text("column {}: {}", error.column, error.message));
    } catch (const FileError& error) {
      throw LessonError(lesson_, fields_.line, text("json: {}", error.what()));
    }
  }

  void apply(const Setting& setting, Document& document) const {
    const std::string mistake = setting.apply(document);
    if (!mistake.empty()) throw LessonError(lesson_, setting.line, mistake);
  }

  const Lesson& lesson_;
  Block program_, fields_;
  bool network_ = false;
  std::vector<Setting> settings_;
};

}  // namespace

LessonError::LessonError(const Lesson& lesson, int line_, const std::string& message_)
    : FileError(text("{}:{}: {}", lesson.path.string(), line_, message_)),
      line(line_),
      message(message_) {}

LessonMoment moment_of(const Lesson& lesson, std::size_t number) {
  Recipe recipe(lesson);
  LessonMoment moment;
  for (std::size_t i = 0; i <= number; ++i) {
    const LessonStep& step = lesson.steps[i];
    recipe.take(step);
    if (step.program || step.setup) moment.place = {};
    if (step.at) moment.place = step.at->value;
  }
  moment.document = recipe.document();
  return moment;
}

Document document_of(const Lesson& lesson) { return moment_of(lesson, 0).document; }

std::size_t step_numbered(const Lesson& lesson, int number) {
  const int steps = static_cast<int>(lesson.steps.size());
  if (number < 1 || number > steps)
    throw FileError(text("{}: --lesson-step goes from 1 to {} here, not {}", lesson.path.string(),
                         steps, number));
  return static_cast<std::size_t>(number - 1);
}

Document document_of(const std::filesystem::path& file, std::optional<int> lesson_step) {
  const bool is_lesson = kind_of_file(file) == FileKind::lesson;
  if (!is_lesson && !lesson_step) return read_document(file);
  if (!is_lesson)
    throw FileError(text("{}: --lesson-step goes with a lesson (.md)", file.string()));
  const Lesson lesson = read_lesson(file);
  if (!lesson_step) return document_of(lesson);
  return moment_of(lesson, step_numbered(lesson, *lesson_step)).document;
}

}  // namespace backstep
