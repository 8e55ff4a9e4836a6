// A Window is a window on the desktop (GLFW), with ImGui's back ends attached and
// its own queue of keys and clicks: none is lost however long a frame takes, and
// what is typed goes to where the click before it led. The program opens one; where
// there are several, each has an ImGui context of its own.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/paint/color.h"
#include "app/platform/image.h"

namespace backstep {

// A key going down (or repeating), as GLFW names it, with its modifiers.
// Letters are those of the user's keyboard: Z is Z on a German one too.
struct KeyPress {
  int key = 0;  // GLFW_KEY_*
  bool control = false, shift = false, alt = false;
  bool repeat = false;
  // What it writes, or would write without Ctrl and Shift; 0 for nothing. Signs lie on
  // different keys from country to country: "+" may be Shift+= or a key of its own.
  unsigned character = 0;
};

class Window {
 public:
  // Opens the window on the current ImGui context. Throws std::runtime_error
  // in one sentence when there is no display or no OpenGL 3.3.
  Window(int width, int height, const std::string& title);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  bool should_close() const;
  void keep_open();  // takes back a request to close
  void set_title(const std::string& title);
  float content_scale() const;               // 1 on ordinary displays, 2 on HiDPI
  void size(int& width, int& height) const;  // in screen coordinates, for settings

  // What a frame starts from before anything is drawn; black at first.
  void set_background(Color color);

  // Blocks until input arrives or `seconds` pass (0 polls, negative waits for
  // ever). True when anything happened that a frame must answer: input, a new
  // size, an uncovered window, wake().
  bool wait(double seconds);

  // Wakes a wait() from another thread.
  static void wake();

  void frame(const std::function<void()>& draw);  // draws and presents one frame
  Image screenshot() const;                       // of the last frame, opaque

  // Passes the keys that came to ImGui and to `press`, one after the other, for as long
  // as `ready` says that they would go where they were meant to. The others wait for
  // the next frame, which wait() asks for.
  void pass_keys(const std::function<bool()>& ready,
                 const std::function<void(const KeyPress&)>& press);
  std::vector<std::filesystem::path> take_dropped_files();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace backstep
