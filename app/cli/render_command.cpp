#include "app/cli/render_command.h"

#include "app/lessons/lesson_file.h"
#include "app/lessons/lesson_moment.h"
#include "app/pictures/render.h"

namespace backstep {

int render(const RenderOptions& options) {
  PictureOptions picture;
  picture.epochs = options.epochs;
  picture.step = options.step;
  picture.width = options.width;
  picture.height = options.height;
  picture.scale = options.scale;
  picture.theme = options.theme == "light" ? ThemeName::light : ThemeName::dark;
  picture.check = options.check;
  picture.select = options.select;
  if (options.lesson_step && options.file.extension() == ".md") {
    render_lesson(read_lesson(options.file), *options.lesson_step, picture, options.out);
    return 0;
  }
  Document document = document_of(options.file, options.lesson_step);
  document.precision = options.precision;
  if (options.learning_rate) document.training.learning_rate = *options.learning_rate;
  if (!options.mode.empty()) document.mode = options.mode;
  render_picture(document, picture, options.out);
  return 0;
}

}  // namespace backstep
