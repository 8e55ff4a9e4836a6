#include "app/paint/text_log.h"

namespace backstep {

namespace {
bool keeping = false;
std::vector<WrittenText> kept;
}  // namespace

void keep_text_log(bool on) { keeping = on; }
void clear_text_log() { kept.clear(); }
const std::vector<WrittenText>& text_log() { return kept; }
bool is_text_logged() { return keeping; }
void log_text(const WrittenText& written) { kept.push_back(written); }

void cover_logged_text(Rect rect) {
  std::erase_if(kept, [&](const WrittenText& written) {
    const Rect& text = written.rect;
    return text.x >= rect.x && text.right() <= rect.right() && text.y >= rect.y &&
           text.bottom() <= rect.bottom();
  });
}

}  // namespace backstep
