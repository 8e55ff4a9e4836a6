#include "app/cli/render_command.h"

#include "app/pictures/render.h"
#include "app/session/session_file.h"

namespace backstep {

int render(const RenderOptions& options) {
  PictureOptions picture;
  picture.epochs = options.epochs;
  picture.step = options.step;
  picture.width = options.width;
  picture.height = options.height;
  picture.scale = options.scale;
  picture.theme = options.theme == "light" ? ThemeName::light : ThemeName::dark;
  Document document = read_document(options.file);
  if (options.learning_rate) document.training.learning_rate = *options.learning_rate;
  if (!options.mode.empty()) document.mode = options.mode;
  render_picture(document, picture, options.out);
  return 0;
}

}  // namespace backstep
