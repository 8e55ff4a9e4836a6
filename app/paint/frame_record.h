// A FrameRecord is what one frame showed and where: the rectangle of each named
// widget, and every text that can be read. Tests find what to click and read
// numbers off the panels with it. Without one, nothing is recorded.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/paint/painter.h"

namespace backstep {

struct WrittenText {
  std::string text;
  Rect rect;
  Rect clip;  // the part of the window it can be seen in
};

class FrameRecord {
 public:
  // At the beginning of a frame.
  void clear();

  void add_widget(const std::string& name, Rect rect) { widgets_[name] = rect; }
  void add_text(WrittenText written) { texts_.push_back(std::move(written)); }
  // Something opaque was painted over `rect`: text that lies wholly below it is gone.
  void cover(Rect rect);

  const std::map<std::string, Rect>& widgets() const { return widgets_; }
  const std::vector<WrittenText>& texts() const { return texts_; }

 private:
  std::map<std::string, Rect> widgets_;
  std::vector<WrittenText> texts_;
};

}  // namespace backstep
