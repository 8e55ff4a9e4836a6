// What the App does to write a run as something else.
#include <sstream>

#include "app/export/derivation.h"
#include "app/export/metrics.h"
#include "app/export/pytorch.h"
#include "app/files/new_file.h"
#include "app/files/text_file.h"
#include "app/main_window/app.h"

namespace backstep {

namespace {

// As the session stands: the parameters as trained so far, the pass that Step
// shows, the epochs so far.
std::string exported(const Session& session, const std::string& ending) {
  const Experiment& experiment = session.experiment();
  if (ending == ".py")
    return pytorch_script(experiment, session.title(), experiment.trainer().epoch());
  if (ending == ".md")
    return derivation(session.timeline(), program_of(experiment.setup()), session.title());
  std::ostringstream rows;
  write_history(rows, experiment);
  return rows.str();
}

}  // namespace

void App::show_export_dialog() {
  const std::string stem =
      session().path.empty() ? session().title() : session().path.stem().string() + "_pytorch";
  open_file_dialog(dialogs_, keyboard(), Dialog::export_text, working_folder(), stem + ".py");
}

void App::apply(const action::ExportFile& file) {
  if (!session().runs()) return say("There is nothing to export while the program has a mistake");
  refuse_to_replace(file.path, {session().path, session().source().file});
  write_text(file.path, exported(session(), file.path.extension().string()));
  say("Saved " + file.path.filename().string() + ".");
}

}  // namespace backstep
