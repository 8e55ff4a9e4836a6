#include "app/platform/offscreen.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <backends/imgui_impl_opengl3.h>
#include <glad/gl.h>
#include <imgui.h>

#include <cassert>
#include <stdexcept>
#include <string>

#include "app/platform/read_pixels.h"
#include "core/base/text.h"

namespace backstep {

namespace {

std::runtime_error cannot_draw(const std::string& why) {
  return std::runtime_error(text("Pictures cannot be drawn here: {}.", why));
}

bool has(const char* extensions, const char* name) {
  return extensions && std::string(extensions).find(name) != std::string::npos;
}

EGLDisplay opened(EGLDisplay display) {
  return display != EGL_NO_DISPLAY && eglInitialize(display, nullptr, nullptr) ? display
                                                                               : EGL_NO_DISPLAY;
}

// Surfaceless is Mesa's way of doing without a display; other drivers offer
// their devices, or one default.
EGLDisplay open_display() {
  const char* extensions = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
  EGLDisplay display = EGL_NO_DISPLAY;
  if (has(extensions, "EGL_MESA_platform_surfaceless")) {
    display =
        opened(eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr));
  }
  if (!display && has(extensions, "EGL_EXT_platform_device")) {
    display = opened(eglGetPlatformDisplay(EGL_PLATFORM_DEVICE_EXT, EGL_DEFAULT_DISPLAY, nullptr));
  }
  if (!display) display = opened(eglGetDisplay(EGL_DEFAULT_DISPLAY));
  if (!display) throw cannot_draw("there is no usable EGL; libgl1-mesa-dri has one");
  return display;
}

// One for the whole process and never closed: closing it would end every
// Offscreen at once, and unloads drivers while they may still be in use.
EGLDisplay display() {
  static const EGLDisplay only = open_display();
  return only;
}

EGLContext make_context() {
  const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT,
                           EGL_NONE};
  const EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION,
                            3,
                            EGL_CONTEXT_MINOR_VERSION,
                            3,
                            EGL_CONTEXT_OPENGL_PROFILE_MASK,
                            EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                            EGL_NONE};
  EGLConfig config = nullptr;
  EGLint count = 0;
  eglBindAPI(EGL_OPENGL_API);
  if (!eglChooseConfig(display(), wanted, &config, 1, &count) || count == 0) {
    throw cannot_draw("EGL has no OpenGL");
  }
  EGLContext context = eglCreateContext(display(), config, EGL_NO_CONTEXT, version);
  if (!context) throw cannot_draw("OpenGL 3.3 is needed");
  return context;
}

void make_current(EGLContext context) {
  if (!eglMakeCurrent(display(), EGL_NO_SURFACE, EGL_NO_SURFACE, context)) {
    throw cannot_draw("EGL does not draw without a display");
  }
}

}  // namespace

struct Offscreen::State {
  EGLDisplay connection = display();
  int width = 0, height = 0;
  Color background = rgb(0x000000);
  EGLContext context = EGL_NO_CONTEXT;
  GLuint framebuffer = 0, pixels = 0;

  ~State() {
    if (context) eglDestroyContext(connection, context);  // and all that lives in it
  }

  void make_framebuffer() {
    GLint largest = 0;
    glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &largest);
    if (width > largest || height > largest) {
      throw cannot_draw("the graphics driver allows at most " + std::to_string(largest) +
                        " pixels a side");
    }
    glGenRenderbuffers(1, &pixels);
    glBindRenderbuffer(GL_RENDERBUFFER, pixels);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
    glGenFramebuffers(1, &framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, pixels);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
      throw cannot_draw("the graphics driver refuses a surface of this size");
    }
  }

  void start_frame() {
    make_current(context);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glViewport(0, 0, width, height);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(float(background.r) / 255, float(background.g) / 255, float(background.b) / 255,
                 1);
    glClear(GL_COLOR_BUFFER_BIT);
  }
};

Offscreen::Offscreen(int width, int height) : state_(std::make_unique<State>()) {
  assert(ImGui::GetCurrentContext() && "an Offscreen needs an ImGui context");
  assert(width > 0 && height > 0 && "an Offscreen needs a size");
  state_->width = width;
  state_->height = height;
  state_->context = make_context();
  make_current(state_->context);
  if (!gladLoadGL(eglGetProcAddress)) throw cannot_draw("OpenGL 3.3 is needed");
  state_->make_framebuffer();
  if (!ImGui_ImplOpenGL3_Init("#version 330 core"))
    throw cannot_draw("OpenGL cannot be loaded; libgl1 has it");
}

Offscreen::~Offscreen() {
  const State& s = *state_;
  eglMakeCurrent(s.connection, EGL_NO_SURFACE, EGL_NO_SURFACE, s.context);
  ImGui_ImplOpenGL3_Shutdown();
  eglMakeCurrent(s.connection, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
}

void Offscreen::set_background(Color color) { state_->background = color; }

void Offscreen::frame(const std::function<void()>& draw) {
  state_->start_frame();
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::GetIO().DisplaySize = {float(state_->width), float(state_->height)};
  ImGui::NewFrame();
  draw();
  ImGui::Render();
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

Image Offscreen::read() const {
  make_current(state_->context);
  glBindFramebuffer(GL_FRAMEBUFFER, state_->framebuffer);
  return read_pixels(state_->width, state_->height);
}

}  // namespace backstep
