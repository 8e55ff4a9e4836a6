// The TextLog keeps what was written in a frame and where, while a test
// listens: tests read numbers off the panels with it, and find text that lies
// on other text or is cut.
#pragma once

#include <string>
#include <vector>

#include "app/paint/painter.h"

namespace backstep {

struct WrittenText {
  std::string text;
  Rect rect;
  Rect clip;  // what of the window it could show in
};

// Off until switched on; then every text painted is kept until cleared.
void keep_text_log(bool on);
void clear_text_log();
const std::vector<WrittenText>& text_log();

// Called by painters.
bool is_text_logged();
void log_text(const WrittenText& written);
// Something opaque was painted over `rect`: text wholly below it is gone.
void cover_logged_text(Rect rect);

}  // namespace backstep
