// A Stage shows the setup panel of a session and plays the user: it clicks, drags and types,
// applies the actions that result, and reads the texts on show.
#pragma once

#include <gtest/gtest.h>
#include <imgui.h>

#include <functional>

#include "app/paint/frame_record.h"
#include "app/panels/dialogs/dialogs.h"
#include "app/panels/setup/setup_edit.h"
#include "app/panels/setup/setup_panel.h"
#include "app/platform/imgui_keys.h"
#include "app/platform/interface_context.h"
#include "app/widgets/imgui_font.h"
#include "app/widgets/imgui_style.h"

namespace backstep {

inline Document circle(int layers = 2, long samples = 40) {
  Document document;
  document.title = "Circle";
  document.setup.network = Network();
  if (layers != 2)
    document.setup.network =
        with_widths(with_layer_count(Network(), static_cast<std::size_t>(layers)), 8);
  document.source.kind = DataSource::Kind::built_in;
  document.source.set = "circle";
  document.source.options.samples = samples;
  document.setup.samples = draw_samples(*find_data_set("circle"), document.source.options);
  document.setup.program = program_of(document.setup);
  return document;
}

class Stage {
 public:
  explicit Stage(Document document = circle(), float width = 330, float scale = 1)
      : session(std::move(document)), scale_(scale), width_(width * scale) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {1600 * scale, 2400 * scale};
    io.DeltaTime = 1.0f / 60;
    io.MousePos = {-1e6f, -1e6f};
    view.mode = Mode::train;
    frames(3);
  }

  void frames(int count) {
    for (int i = 0; i < count; ++i) frame();
  }

  void click_at(Point at) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {at.x, at.y};
    frames(2);
    io.MouseDown[0] = true;
    frame();
    io.MouseDown[0] = false;
    frames(4);
  }
  void click(const std::string& name) { click_at(rect(name).center()); }
  void drag(Point from, float dx, float dy) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {from.x, from.y};
    frames(2);
    io.MouseDown[0] = true;
    frame();
    for (int i = 1; i <= 6; ++i) {
      io.MousePos = {from.x + dx * i / 6, from.y + dy * i / 6};
      frame();
    }
    io.MouseDown[0] = false;
    frames(3);
  }
  void key(ImGuiKey which) {
    give_key(which, true);
    frame();
    give_key(which, false);
    frames(4);
  }
  void type(const std::string& text) {
    for (const char letter : text) {
      ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(letter));
      frame();
    }
    key(ImGuiKey_Enter);
  }

  bool shows(const std::string& name) const { return record.widgets().contains(name); }
  Rect rect(const std::string& name) const {
    const auto found = record.widgets().find(name);
    if (found != record.widgets().end()) return found->second;
    ADD_FAILURE() << "nothing called " << name << " is shown";
    return {};
  }
  std::string text_in(const std::string& name) const {
    std::string all;
    const Rect area = rect(name);
    for (const WrittenText& written : record.texts())
      if (area.contains(written.rect.center())) all += (all.empty() ? "" : " ") + written.text;
    return all;
  }
  bool reads(const std::string& text) const {
    for (const WrittenText& written : record.texts())
      if (written.text.find(text) != std::string::npos) return true;
    return false;
  }

  const Setup& setup() const { return session.setup(); }
  const Network& network() const { return *session.setup().network; }
  // The last action of a kind that the panel asked for, or null.
  template <typename Kind>
  const Kind* asked() const {
    for (std::size_t i = log.size(); i-- > 0;)
      if (const Kind* found = std::get_if<Kind>(&log[i])) return found;
    return nullptr;
  }

  InterfaceContext interface;
  Session session;
  Lab lab;
  BugHunt hunt;
  ViewState view;
  InteractionState interaction;
  FrameRecord record;
  Actions actions;
  Dialogs dialogs;
  std::vector<Action> log;
  std::function<void(const PanelContext&)> beside;  // drawn in a window of its own

 private:
  void frame() {
    record.clear();
    const Theme& theme = theme_of(view.theme);
    apply_imgui_style(theme, scale_);
    const PanelContext context = {session, view, actions, interaction, theme,   interface.fonts(),
                                  lab,     hunt, nullptr, nullptr,     &record, scale_};
    ImGui::NewFrame();
    {
      const ImGuiFont font(context, Face::ui, 13);
      draw_setup_panel(context, {0, 0, width_, ImGui::GetIO().DisplaySize.y});
      if (beside) beside(context);
      draw_dialogs(context, dialogs,
                   {0, 0, ImGui::GetIO().DisplaySize.x, ImGui::GetIO().DisplaySize.y}, {});
    }
    ImGui::Render();
    for (const Action& action : actions.take()) {
      log.push_back(action);
      apply(action);
    }
  }

  void apply(const Action& action) {
    if (const auto* change = std::get_if<action::ChangeSetup>(&action))
      session.change_setup(change->setup, change->burst);
    if (const auto* data = std::get_if<action::TakeData>(&action))
      session.set_data(data->samples, data->source, data->standardise, data->network, data->burst);
    if (std::holds_alternative<action::EndEdit>(action)) session.end_burst();
    if (const auto* pick = std::get_if<action::PickSample>(&action))
      session.pick_sample(pick->sample);
    if (const auto* by = std::get_if<action::CompareBy>(&action)) {
      EXPECT_EQ(lab.compared().compare(session, by->setting, by->values), "");
    }
  }

  float scale_, width_;
};

}  // namespace backstep
