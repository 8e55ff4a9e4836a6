// A Driver uses Backstep as a person would, but without a window: it moves the pointer, presses
// keys and types on the real panels, one operation per frame, and reads what they show. It finds
// widgets by the names, called probes, that panels give them. Several Drivers can work side by
// side.
#pragma once

#include <string>
#include <vector>

#include "app/main_window/app.h"
#include "app/paint/frame_record.h"
#include "app/platform/interface_context.h"

struct ImGuiIO;

namespace backstep {

class Driver {
 public:
  explicit Driver(float width = 1600, float height = 1000, float scale = 1);

  App& app() { return *app_; }
  Session& session() { return app_->session(); }

  void frames(int count = 1);

  // ---- input ----
  void move_to(Point at);
  void hold(bool down);  // presses or releases the left button
  void click(const std::string& probe);
  void click_at(Point at);
  void double_click(const std::string& probe);
  // Presses on the probe's centre, moves by (dx, dy) in a few frames, and releases.
  void drag(const std::string& probe, float dx, float dy);
  void wheel(const std::string& probe, float notches);
  void type(const std::string& text);
  void key(int key, bool control = false, bool shift = false);  // GLFW_KEY_*

  // ---- output ----
  bool shows(const std::string& probe);
  Rect rect(const std::string& probe);  // fails the test when it is not shown
  // The texts inside the probe's rectangle, in drawing order.
  std::vector<std::string> texts_in(const std::string& probe);
  bool reads(const std::string& text);                               // anywhere
  bool reads_in(const std::string& probe, const std::string& text);  // as part of a text
  const FrameRecord& record() const { return record_; }
  // Texts that overlap each other or are cut off.
  std::vector<std::string> flaws();

 private:
  void frame();

  ImGuiIO& io();

  InterfaceContext interface_;
  FrameRecord record_;
  std::unique_ptr<App> app_;
  float scale_;
};

// The first entry of the value of the node `name`, and of its gradient.
double value_of(const Session& session, const std::string& name);
double gradient_of(const Session& session, const std::string& name);

}  // namespace backstep
