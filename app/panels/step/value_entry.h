// A ValueEntry is the small field that opens on a node to type a value into.
// Enter or a click elsewhere takes the number, Escape leaves the old one; after
// Enter, what is no number is answered below the field, which stays open.
#pragma once

#include <optional>
#include <string>

#include "app/widgets/context.h"

namespace backstep {

class ValueEntry {
 public:
  void open(const PanelContext& context, int node, Index entry, double value);
  void close() { node_ = -1; }
  bool is_open() const { return node_ >= 0; }
  int node() const { return node_; }
  Index entry() const { return entry_; }

  // Draws the field over `place`, inside `area`; the number once it is taken.
  std::optional<double> draw(const PanelContext& context, Rect place, Rect area);

 private:
  void want_focus(const PanelContext& context);
  std::optional<double> take(const PanelContext& context, bool stay_when_wrong);
  void draw_mistake(const PanelContext& context, Rect field) const;

  int node_ = -1;
  Index entry_ = 0;
  bool wants_focus_ = false;
  bool was_active_ = false;
  std::string mistake_;
  char text_[64] = "";
};

}  // namespace backstep
