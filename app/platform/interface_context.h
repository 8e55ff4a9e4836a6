// An InterfaceContext is ImGui's context with our fonts in it, for as long as
// the window, a picture or a test needs it.
#pragma once

#include "app/paint/fonts.h"

namespace backstep {

class InterfaceContext {
 public:
  // Throws std::runtime_error when a font is missing.
  InterfaceContext();
  ~InterfaceContext();
  InterfaceContext(const InterfaceContext&) = delete;
  InterfaceContext& operator=(const InterfaceContext&) = delete;

  const Fonts& fonts() const { return fonts_; }

 private:
  Fonts fonts_;
};

}  // namespace backstep
