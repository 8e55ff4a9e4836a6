// The file dialog chooses a file to open or a name to save under.
#pragma once

#include "app/panels/dialogs/dialogs.h"

namespace backstep {

// Contents of the dialog, inside its window; `size` is its inner size.
void draw_file_dialog(const PanelContext& context, Dialogs& dialogs, Point size);

// Reads `dialogs.folder` anew.
void list_folder(Dialogs& dialogs);

}  // namespace backstep
