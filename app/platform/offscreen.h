// An Offscreen is an OpenGL surface without a window or a display (EGL), into
// which the window's frames are drawn for pictures and for tests.
#pragma once

#include <functional>
#include <memory>

#include "app/paint/color.h"
#include "app/platform/image.h"

namespace backstep {

class Offscreen {
 public:
  // Makes the context current and sets ImGui's OpenGL back end up on the
  // current ImGui context. Throws std::runtime_error in one sentence when
  // there is no usable EGL.
  Offscreen(int width, int height);
  ~Offscreen();
  Offscreen(const Offscreen&) = delete;
  Offscreen& operator=(const Offscreen&) = delete;

  // What a frame starts from before anything is drawn; black at first.
  void set_background(Color color);

  // One frame: NewFrame of the OpenGL back end and of ImGui, `draw`, Render.
  // The caller has set ImGuiIO's DeltaTime and input beforehand.
  void frame(const std::function<void()>& draw);

  // The pixels of the last frame, opaque.
  Image read() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace backstep
