#include "app/cli/render_command.h"

#include <stdexcept>

#include "app/cli/output.h"
#include "app/documents/file_kinds.h"
#include "app/lessons/lesson_file.h"
#include "app/lessons/lesson_moment.h"
#include "app/pictures/render.h"

namespace backstep {

namespace {

// A step of a lesson is drawn as the lesson says.
void refuse_what_a_lesson_says(const RenderOptions& options) {
  const char* given = options.mode            ? "--mode"
                      : options.learning_rate ? "--learning-rate"
                      : options.precision     ? "--precision"
                                              : nullptr;
  if (given)
    throw std::runtime_error(std::string("--lesson-step shows what the lesson says; ") + given +
                             " does not go with it");
}

}  // namespace

int render(const RenderOptions& options) {
  PictureOptions picture;
  picture.epochs = options.epochs;
  picture.step = options.step;
  picture.width = options.width;
  picture.height = options.height;
  picture.size_is_given = options.size_is_given;
  picture.scale = options.scale;
  picture.theme = options.theme;
  picture.check = options.check;
  picture.select = options.select;
  if (options.lesson_step && kind_of_file(options.file) == FileKind::lesson) {
    refuse_what_a_lesson_says(options);
    render_lesson(read_lesson(options.file), *options.lesson_step, picture, options.out);
    return 0;
  }
  Document document = document_of(options.file, options.lesson_step);
  if (options.precision) document.setup.precision = *options.precision;
  if (options.learning_rate) document.setup.training.learning_rate = *options.learning_rate;
  if (options.mode)
    document.mode = *options.mode;
  else if (has_ending(options.out.filename().string(), ".svg"))
    document.mode = Mode::step;  // all that an .svg shows
  refuse_to_replace_input(options.out, options.file, document);
  render_picture(document, picture, options.out);
  return 0;
}

}  // namespace backstep
