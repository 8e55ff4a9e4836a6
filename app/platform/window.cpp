#include "app/platform/window.h"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <glad/gl.h>
#include <imgui.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <stdexcept>
#include <utility>

#include "app/platform/read_pixels.h"
#include "app/platform/resources.h"

namespace backstep {

namespace {

std::atomic<bool> woken = false;

std::runtime_error cannot_open(const std::string& why) {
  const char* reason = nullptr;
  glfwGetError(&reason);
  return std::runtime_error("The window cannot be opened: " + why +
                            (reason ? " (" + std::string(reason) + ")." : "."));
}

// A position on an American keyboard, or the letter that is really there.
int typed_key(int key, int scancode) {
  if (key < GLFW_KEY_A || key > GLFW_KEY_Z) return key;
  const char* name = glfwGetKeyName(key, scancode);
  const bool letter = name && name[0] >= 'a' && name[0] <= 'z' && !name[1];
  return letter ? name[0] - 'a' + GLFW_KEY_A : key;
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

struct Window::State {
  GLFWwindow* window = nullptr;
  Color background = rgb(0x000000);
  bool something_happened = true;
  std::vector<KeyPress> key_presses;
  std::vector<int> tapped_keys;  // since the last frame
  std::vector<std::filesystem::path> dropped_files;

  static State& of(GLFWwindow* window) {
    return *static_cast<State*>(glfwGetWindowUserPointer(window));
  }
  static void happened(GLFWwindow* window) { of(window).something_happened = true; }

  void press(int key, int scancode, int action, int modifiers) {
    something_happened = true;
    if (action == GLFW_RELEASE) return;
    if (key >= 0) tapped_keys.push_back(key);
    key_presses.push_back({.key = typed_key(key, scancode),
                           .control = (modifiers & GLFW_MOD_CONTROL) != 0,
                           .shift = (modifiers & GLFW_MOD_SHIFT) != 0,
                           .alt = (modifiers & GLFW_MOD_ALT) != 0,
                           .repeat = action == GLFW_REPEAT});
  }

  // ImGui looks at the keys once a frame. One that was let go of by then is held
  // for this frame; otherwise it would be lost. Returns those.
  std::vector<int> hold_tapped_keys() {
    bool* down = ImGui::GetIO().KeysDown;
    std::vector<int> held = std::exchange(tapped_keys, {});
    std::erase_if(held, [&](int key) { return down[key]; });
    for (int key : held) down[key] = true;
    return held;
  }

  void drop(int count, const char** paths) {
    something_happened = true;
    dropped_files.insert(dropped_files.end(), paths, paths + count);
  }

  // Before ImGui's back end installs its own, which then call these.
  void install_callbacks() {
    using W = GLFWwindow;
    glfwSetWindowUserPointer(window, this);
    glfwSetKeyCallback(window, [](W* w, int k, int s, int a, int m) { of(w).press(k, s, a, m); });
    glfwSetDropCallback(window, [](W* w, int n, const char** paths) { of(w).drop(n, paths); });
    glfwSetCharCallback(window, [](W* w, unsigned) { happened(w); });
    glfwSetMouseButtonCallback(window, [](W* w, int, int, int) { happened(w); });
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
  ImGui_ImplOpenGL3_Init("#version 330 core");
}

Window::~Window() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  glfwDestroyWindow(state_->window);
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
  if (seconds < 0) {
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
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  const std::vector<int> held = state_->hold_tapped_keys();
  ImGui::NewFrame();
  for (int key : held) ImGui::GetIO().KeysDown[key] = false;
  draw();
  ImGui::Render();
  state_->paint();
  glfwSwapBuffers(state_->window);
}

Image Window::screenshot() const {
  // What is behind a swap is undefined: the last frame is painted once more.
  state_->paint();
  int width = 0, height = 0;
  glfwGetFramebufferSize(state_->window, &width, &height);
  glReadBuffer(GL_BACK);
  return read_pixels(width, height);
}

std::vector<KeyPress> Window::take_key_presses() { return std::exchange(state_->key_presses, {}); }

std::vector<std::filesystem::path> Window::take_dropped_files() {
  return std::exchange(state_->dropped_files, {});
}

}  // namespace backstep
