// How the FileDesk writes a run in another form.
#include <cassert>
#include <sstream>

#include "app/export/export_formats.h"
#include "app/files/new_file.h"
#include "app/files/text_file.h"
#include "app/main_window/app.h"

namespace backstep {

void FileDesk::carry_out(const action::ExportFile& file) {
  if (!session().runs())
    return app_.say("There is nothing to export while the program has a mistake");
  refuse_to_replace(file.path, {session().path, session().source().file});
  const ExportFormat* format = find_export_format(file.path);
  assert(format && "the dialog adds an ending to names without one");
  std::ostringstream out;
  format->write(out, {session().experiment(), session().timeline(), session().title()});
  write_text(file.path, out.str());
  app_.say("Saved " + file.path.filename().string() + ".");
}

}  // namespace backstep
