// What the App does to write a run in another form.
#include <cassert>
#include <sstream>

#include "app/export/export_formats.h"
#include "app/files/new_file.h"
#include "app/files/text_file.h"
#include "app/main_window/app.h"

namespace backstep {

void App::show_export_dialog() {
  const std::string stem =
      session().path.empty() ? session().title() : session().path.stem().string() + "_pytorch";
  open_file_dialog(dialogs_, keyboard(), Dialog::export_text, working_folder(),
                   stem + export_endings().front());
}

void App::apply(const action::ExportFile& file) {
  if (!session().runs()) return say("There is nothing to export while the program has a mistake");
  refuse_to_replace(file.path, {session().path, session().source().file});
  const ExportFormat* format = find_export_format(file.path);
  assert(format && "the dialog adds an ending to names without one");
  std::ostringstream out;
  format->write(out, {session().experiment(), session().timeline(), session().title()});
  write_text(file.path, out.str());
  say("Saved " + file.path.filename().string() + ".");
}

}  // namespace backstep
