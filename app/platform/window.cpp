#include "app/platform/window.h"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <glad/gl.h>
#include <imgui.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <deque>
#include <stdexcept>
#include <utility>

#include "app/platform/imgui_keys.h"
#include "app/platform/read_pixels.h"
#include "app/platform/resources.h"
#include "core/base/text.h"

namespace backstep {

namespace {

// Set by a signal, which belongs to the process and not to one of its windows.
std::atomic<bool> woken = false;

// GLFW is one for all windows and is closed with the last of them.
int open_windows = 0;

std::runtime_error cannot_open(const std::string& why) {
  const char* reason = nullptr;
  glfwGetError(&reason);
  return std::runtime_error(reason ? text("The window cannot be opened: {} ({}).", why, reason)
                                   : text("The window cannot be opened: {}.", why));
}

// A position on an American keyboard, or the letter that is really there.
int typed_key(int key, int scancode) {
  if (key < GLFW_KEY_A || key > GLFW_KEY_Z) return key;
  const char* name = glfwGetKeyName(key, scancode);
  const bool letter = name && name[0] >= 'a' && name[0] <= 'z' && !name[1];
  return letter ? name[0] - 'a' + GLFW_KEY_A : key;
}

// What a key writes without Ctrl and Shift, where it is one character.
unsigned named_character(int key, int scancode) {
  const char* name = key == GLFW_KEY_UNKNOWN ? nullptr : glfwGetKeyName(key, scancode);
  const bool one = name && name[0] && !name[1];
  return one ? static_cast<unsigned char>(name[0]) : 0;
}

// A window larger than the screen would hide its own edges.
void fit_screen(int& width, int& height) {
  int x = 0, y = 0, most_wide = 0, most_high = 0;
  if (GLFWmonitor* monitor = glfwGetPrimaryMonitor()) {
    glfwGetMonitorWorkarea(monitor, &x, &y, &most_wide, &most_high);
  }
  if (most_wide > 0) width = std::min(width, most_wide);
  if (most_high > 0) height = std::min(height, most_high);
}

GLFWwindow* open(int width, int height, const std::string& title) {
  if (!glfwInit()) throw cannot_open("there is no display");
  fit_screen(width, height);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "backstep");
  GLFWwindow* window = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
  if (!window) throw cannot_open("OpenGL 3.3 is needed");
  glfwMakeContextCurrent(window);
  if (!gladLoadGL(glfwGetProcAddress)) throw cannot_open("OpenGL 3.3 is needed");
  glfwSwapInterval(1);
  return window;
}

void set_icon(GLFWwindow* window) {
  Image icon = read_png(resource_folder() / "assets" / "icon" / "backstep.png");
  const GLFWimage image{icon.width, icon.height, icon.rgba.data()};
  glfwSetWindowIcon(window, 1, &image);
}

}  // namespace

// A key that goes down or up, or the character it writes; or a click, of which ImGui
// knows already, so that keys after it can wait for what it opens.
struct InputEvent {
  enum class Kind { key, character, click };
  Kind kind = Kind::key;
  int code = 0, scancode = 0, action = 0, modifiers = 0;  // of the key
  unsigned character = 0;                                 // of a key: what it writes

  bool is_press() const { return kind == Kind::key && action != GLFW_RELEASE; }
  // ImGui is told what a letter writes. It has no use for the key itself, which would
  // cost a frame for each letter.
  bool only_writes() const {
    return is_press() && character > ' ' && !(modifiers & (GLFW_MOD_CONTROL | GLFW_MOD_ALT));
  }
  KeyPress press() const {
    return {.key = typed_key(code, scancode),
            .control = (modifiers & GLFW_MOD_CONTROL) != 0,
            .shift = (modifiers & GLFW_MOD_SHIFT) != 0,
            .alt = (modifiers & GLFW_MOD_ALT) != 0,
            .repeat = action == GLFW_REPEAT,
            .character = character};
  }
};

namespace {

// For a modifier's own key, X11 reports the modifiers as they were before.
bool is_held(const InputEvent& event, int modifier, int left, int right) {
  if (event.code == left || event.code == right) return event.action != GLFW_RELEASE;
  return (event.modifiers & modifier) != 0;
}

// Once ImGui has seen the button down and up, keys may go elsewhere.
constexpr int frames_of_a_click = 2;

}  // namespace

struct Window::State {
  GLFWwindow* window = nullptr;
  ImGuiContext* imgui = ImGui::GetCurrentContext();
  Color background = rgb(0x000000);
  bool something_happened = true;
  std::deque<InputEvent> events;  // not handed on yet
  int frames_until_keys = 0;      // since the last click
  std::vector<std::filesystem::path> dropped_files;

  static State& of(GLFWwindow* window) {
    return *static_cast<State*>(glfwGetWindowUserPointer(window));
  }
  static void happened(GLFWwindow* window) { of(window).something_happened = true; }

  // ImGui and OpenGL work on the current window; with several, that changes.
  void make_current() const {
    ImGui::SetCurrentContext(imgui);
    if (glfwGetCurrentContext() != window) glfwMakeContextCurrent(window);
  }

  void add(const InputEvent& event) {
    something_happened = true;
    events.push_back(event);
  }

  void key(int key, int scancode, int action, int modifiers) {
    add({InputEvent::Kind::key, key, scancode, action, modifiers, named_character(key, scancode)});
  }

  // GLFW reports what a key writes right after the key.
  void character(unsigned character) {
    if (!events.empty() && events.back().is_press()) events.back().character = character;
    add({.kind = InputEvent::Kind::character, .character = character});
  }

  void hand_to_imgui(const InputEvent& event) const {
    switch (event.kind) {
      case InputEvent::Kind::character:
        return ImGui_ImplGlfw_CharCallback(window, event.character);
      case InputEvent::Kind::click:
        return;
      case InputEvent::Kind::key:
        ImGui_ImplGlfw_KeyCallback(window, event.code, event.scancode, event.action,
                                   event.modifiers);
        return give_modifiers(
            is_held(event, GLFW_MOD_CONTROL, GLFW_KEY_LEFT_CONTROL, GLFW_KEY_RIGHT_CONTROL),
            is_held(event, GLFW_MOD_SHIFT, GLFW_KEY_LEFT_SHIFT, GLFW_KEY_RIGHT_SHIFT));
    }
  }

  // ImGui looks at the keys once a frame: one that went down in this frame must not
  // go up in it.
  static bool is_lost_in(const InputEvent& event, const std::vector<int>& pressed) {
    return event.kind == InputEvent::Kind::key && event.action == GLFW_RELEASE &&
           std::find(pressed.begin(), pressed.end(), event.code) != pressed.end();
  }

  // After these keys a field may have lost the keyboard.
  static bool may_leave_a_field(const InputEvent& event) {
    return event.is_press() && (event.code == GLFW_KEY_ENTER || event.code == GLFW_KEY_KP_ENTER ||
                                event.code == GLFW_KEY_ESCAPE || event.code == GLFW_KEY_TAB);
  }

  void drop(int count, const char** paths) {
    something_happened = true;
    dropped_files.insert(dropped_files.end(), paths, paths + count);
  }

  // Installed before those of ImGui's back end, which then call these.
  void install_callbacks() {
    using W = GLFWwindow;
    glfwSetWindowUserPointer(window, this);
    glfwSetDropCallback(window, [](W* w, int n, const char** paths) { of(w).drop(n, paths); });
    glfwSetMouseButtonCallback(
        window, [](W* w, int, int, int) { of(w).add({.kind = InputEvent::Kind::click}); });
    glfwSetCursorPosCallback(window, [](W* w, double, double) { happened(w); });
    glfwSetCursorEnterCallback(window, [](W* w, int) { happened(w); });
    glfwSetScrollCallback(window, [](W* w, double, double) { happened(w); });
    glfwSetFramebufferSizeCallback(window, [](W* w, int, int) { happened(w); });
    glfwSetWindowContentScaleCallback(window, [](W* w, float, float) { happened(w); });
    glfwSetWindowRefreshCallback(window, [](W* w) { happened(w); });
    glfwSetWindowFocusCallback(window, [](W* w, int) { happened(w); });
    glfwSetWindowIconifyCallback(window, [](W* w, int) { happened(w); });
    glfwSetWindowCloseCallback(window, [](W* w) { happened(w); });
  }

  // What ImGui's back end has installed. It takes every event to be one of the
  // current ImGui context, while GLFW hands out those of all windows at once.
  GLFWmousebuttonfun imgui_button = nullptr;
  GLFWcursorposfun imgui_move = nullptr;
  GLFWcursorenterfun imgui_enter = nullptr;
  GLFWscrollfun imgui_scroll = nullptr;
  GLFWwindowfocusfun imgui_focus = nullptr;

  static const State& made_current(GLFWwindow* window) {
    of(window).make_current();
    return of(window);
  }

  // Installed after those of ImGui's back end: in front of them for the mouse, and in
  // place of them for keys.
  void install_queue() {
    using W = GLFWwindow;
    imgui_button = glfwSetMouseButtonCallback(
        window, [](W* w, int b, int a, int m) { made_current(w).imgui_button(w, b, a, m); });
    imgui_move = glfwSetCursorPosCallback(
        window, [](W* w, double x, double y) { made_current(w).imgui_move(w, x, y); });
    imgui_enter = glfwSetCursorEnterCallback(
        window, [](W* w, int entered) { made_current(w).imgui_enter(w, entered); });
    imgui_scroll = glfwSetScrollCallback(
        window, [](W* w, double x, double y) { made_current(w).imgui_scroll(w, x, y); });
    imgui_focus = glfwSetWindowFocusCallback(
        window, [](W* w, int focused) { made_current(w).imgui_focus(w, focused); });
    glfwSetKeyCallback(window, [](W* w, int k, int s, int a, int m) { of(w).key(k, s, a, m); });
    glfwSetCharCallback(window, [](W* w, unsigned c) { of(w).character(c); });
  }

  void paint() const {
    int width = 0, height = 0;
    glfwGetFramebufferSize(window, &width, &height);
    glViewport(0, 0, width, height);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(float(background.r) / 255, float(background.g) / 255, float(background.b) / 255,
                 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  }
};

Window::Window(int width, int height, const std::string& title)
    : state_(std::make_unique<State>()) {
  assert(ImGui::GetCurrentContext() && "a Window needs an ImGui context");
  state_->window = open(width, height, title);
  set_icon(state_->window);
  glfwSetWindowSizeLimits(state_->window, 640, 400, GLFW_DONT_CARE, GLFW_DONT_CARE);
  state_->install_callbacks();
  ImGui_ImplGlfw_InitForOpenGL(state_->window, true);
  state_->install_queue();
  if (!ImGui_ImplOpenGL3_Init("#version 330 core"))
    throw cannot_open("OpenGL cannot be loaded; libgl1 has it");
  ++open_windows;
}

Window::~Window() {
  state_->make_current();
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  glfwDestroyWindow(state_->window);
  if (--open_windows > 0) return;
#ifndef __SANITIZE_ADDRESS__
  glfwTerminate();  // unloads the driver, whose memory the leak check could no longer name
#endif
}

bool Window::should_close() const { return glfwWindowShouldClose(state_->window); }

void Window::keep_open() { glfwSetWindowShouldClose(state_->window, GLFW_FALSE); }

void Window::set_title(const std::string& title) {
  glfwSetWindowTitle(state_->window, title.c_str());
}

void Window::set_background(Color color) { state_->background = color; }

float Window::content_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(state_->window, &x, &y);
  return x;
}

void Window::size(int& width, int& height) const {
  glfwGetWindowSize(state_->window, &width, &height);
}

bool Window::wait(double seconds) {
  state_->make_current();
  if (!state_->events.empty() || input_is_waiting()) {
    state_->something_happened = true;
    glfwPollEvents();
  } else if (seconds < 0) {
    glfwWaitEvents();
  } else if (seconds > 0) {
    glfwWaitEventsTimeout(seconds);
  } else {
    glfwPollEvents();
  }
  const bool was_woken = woken.exchange(false);
  return std::exchange(state_->something_happened, false) || was_woken;
}

void Window::wake() {
  woken = true;
  glfwPostEmptyEvent();
}

void Window::frame(const std::function<void()>& draw) {
  state_->make_current();
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
  state_->frames_until_keys = std::max(0, state_->frames_until_keys - 1);
  draw();
  ImGui::Render();
  state_->paint();
  glfwSwapBuffers(state_->window);
}

Image Window::screenshot() const {
  state_->make_current();
  // After a swap the back buffer is undefined, so the last frame is painted again.
  state_->paint();
  int width = 0, height = 0;
  glfwGetFramebufferSize(state_->window, &width, &height);
  glReadBuffer(GL_BACK);
  return read_pixels(width, height);
}

void Window::pass_keys(const std::function<bool()>& ready,
                       const std::function<void(const KeyPress&)>& press) {
  state_->make_current();
  std::vector<int> pressed;  // keys, since the last frame
  while (!state_->events.empty()) {
    const InputEvent event = state_->events.front();
    if (event.kind == InputEvent::Kind::click) {
      state_->frames_until_keys = frames_of_a_click;
    } else if (state_->frames_until_keys > 0 || !ready() || State::is_lost_in(event, pressed)) {
      return;
    }
    state_->events.pop_front();
    if (!event.only_writes()) state_->hand_to_imgui(event);
    if (!event.is_press()) continue;
    press(event.press());
    if (!event.only_writes()) pressed.push_back(event.code);
    if (State::may_leave_a_field(event)) return;
  }
}

std::vector<std::filesystem::path> Window::take_dropped_files() {
  return std::exchange(state_->dropped_files, {});
}

}  // namespace backstep
