#include "app/paint/frame_record.h"

namespace backstep {

void FrameRecord::clear() {
  widgets_.clear();
  texts_.clear();
}

void FrameRecord::cover(Rect rect) {
  std::erase_if(texts_, [&](const WrittenText& written) {
    const Rect& text = written.rect;
    return text.x >= rect.x && text.right() <= rect.right() && text.y >= rect.y &&
           text.bottom() <= rect.bottom();
  });
}

}  // namespace backstep
