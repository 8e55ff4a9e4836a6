// What the App does to write a program as something else.
#include "app/app.h"
#include "app/lessons/lesson_run.h"

namespace backstep {

void App::show_export_dialog() {}
void App::apply(const action::ExportFile&) {}

}  // namespace backstep
