#include "app/draw/text_log.h"

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

}  // namespace backstep
