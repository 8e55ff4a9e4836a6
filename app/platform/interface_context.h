// An InterfaceContext is ImGui's context with our fonts in it, for as long as
// the window, a picture or a test needs it. ImGui works on one of them at a time,
// the current one: where there are several, each is made current before use.
#pragma once

#include "app/paint/fonts.h"

struct ImGuiContext;

namespace backstep {

class InterfaceContext {
 public:
  // Is the current one from now on. Throws std::runtime_error when a font is missing.
  InterfaceContext();
  ~InterfaceContext();
  InterfaceContext(const InterfaceContext&) = delete;
  InterfaceContext& operator=(const InterfaceContext&) = delete;

  void make_current() const;
  const Fonts& fonts() const { return fonts_; }

 private:
  ImGuiContext* imgui_;
  Fonts fonts_;
};

}  // namespace backstep
