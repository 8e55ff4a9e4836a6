// Dragging, typing, zooming and selecting on the real panel, in a hidden window.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include "app/main_window/app.h"
#include "app/paint/frame_record.h"
#include "app/platform/imgui_keys.h"
#include "app/platform/interface_context.h"
#include "tests/app/graph/graph_programs.h"

namespace backstep {
namespace {

class GraphPanel : public testing::Test {
 protected:
  GraphPanel() {
    ImGui::GetIO().DisplaySize = {width, height};
    app_.record_frames(&record_);
    Document document;
    document.title = "test";
    document.setup.program = two_inputs;
    app_.open(document, "");
    app_.playback().seek_tick(11);
    frames(4);
  }

  void frames(int count) {
    for (int i = 0; i < count; ++i) {
      ImGui::GetIO().DeltaTime = 1.0f / 60;
      ImGui::NewFrame();
      app_.frame(width, height, 1, 1.0 / 60);
      ImGui::Render();
    }
  }
  Rect rect(const std::string& name) {
    const auto found = record_.widgets().find(name);
    if (found != record_.widgets().end()) return found->second;
    ADD_FAILURE() << name << " is not shown";
    return {};
  }
  void move_to(Point at) {
    ImGui::GetIO().MousePos = {at.x, at.y};
    frames(2);
  }
  void hold(bool down) {
    ImGui::GetIO().MouseDown[0] = down;
    frames(2);
  }
  void click(Point at) {
    move_to(at);
    hold(true);
    hold(false);
    frames(30);  // long enough that two clicks are not a double click
  }
  void drag(Point from, float dx, float dy) {
    move_to(from);
    hold(true);
    for (int i = 1; i <= 8; ++i) move_to({from.x + dx * i / 8, from.y + dy * i / 8});
    hold(false);
    frames(30);
  }
  void type(const std::string& text) {
    for (char c : text) {
      ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(c));
      frames(2);
    }
  }
  void key(ImGuiKey which) {
    give_key(which, true);
    frames(2);
    give_key(which, false);
    frames(3);
  }

  const Graph& graph() { return app_.session().graph(); }
  double value(const char* name, Index entry = 0) {
    return graph().node(graph().find(name)).value[entry];
  }
  // The centre of W1's second entry.
  Point second_entry() {
    const Rect cells = rect("node.W1.value");
    return {cells.center().x, cells.y + cells.height * 0.75f};
  }

  static constexpr float width = 1600, height = 1000;
  InterfaceContext interface_;
  FrameRecord record_;
  App app_{interface_.fonts(), nullptr, Settings{}};
};

TEST_F(GraphPanel, changes_a_value_that_is_dragged_and_undoes_it_at_once) {
  drag(rect("node.b2.value").center(), 0, -40);
  EXPECT_GT(value("b2"), 0.11);
  EXPECT_LT(value("b2"), 0.13);
  app_.session().undo();
  EXPECT_EQ(value("b2"), 0.1);
  drag(rect("node.y.value").center(), -40, 0);
  EXPECT_LT(value("y"), 0.9);
}

TEST_F(GraphPanel, keeps_the_pointer_of_a_drag_beyond_the_canvas) {
  const Rect value = rect("node.b2.value");
  move_to(value.center());
  EXPECT_EQ(ImGui::GetMouseCursor(), ImGuiMouseCursor_ResizeNS);
  hold(true);
  move_to({value.center().x, value.center().y - 20});
  move_to({value.center().x, height - 5});
  EXPECT_EQ(ImGui::GetMouseCursor(), ImGuiMouseCursor_ResizeNS);
  hold(false);
}

TEST_F(GraphPanel, takes_a_number_typed_into_one_entry) {
  click(second_entry());
  ASSERT_TRUE(record_.widgets().count("graph.entry"));
  type("-0.75");
  key(ImGuiKey_Enter);
  EXPECT_EQ(value("W1", 1), -0.75);
  EXPECT_EQ(value("W1", 0), 0.4);
  app_.session().undo();
  EXPECT_EQ(value("W1", 1), 0.6);
}

TEST_F(GraphPanel, keeps_the_field_open_for_text_that_is_not_a_number) {
  click(rect("node.b1.value").center());
  type("0.x");
  key(ImGuiKey_Enter);
  record_.clear();
  frames(2);
  EXPECT_TRUE(record_.widgets().count("graph.entry"));
  EXPECT_EQ(value("b1"), 0.1);
}

TEST_F(GraphPanel, leaves_the_value_as_it_was_on_escape) {
  click(rect("node.b1.value").center());
  type("9");
  key(ImGuiKey_Escape);
  record_.clear();
  frames(2);
  EXPECT_FALSE(record_.widgets().count("graph.entry"));
  EXPECT_EQ(value("b1"), 0.1);
}

TEST_F(GraphPanel, selects_a_computed_value_but_does_not_change_it) {
  click(rect("node.a1.value").center());
  EXPECT_FALSE(record_.widgets().count("graph.entry"));
  EXPECT_EQ(app_.view().selection.node, graph().find("a1"));
  const double before = value("a1");
  drag(rect("node.a1.value").center(), 0, -40);
  EXPECT_EQ(value("a1"), before);
}

TEST_F(GraphPanel, pans_when_empty_space_is_dragged_and_fits_again) {
  const Rect canvas = rect("graph"), node = rect("node.a1");
  const float zoom = app_.view().camera.zoom;
  drag({canvas.x + 30, canvas.y + 30}, 50, 20);
  EXPECT_FALSE(app_.view().camera.fit);
  EXPECT_NEAR(rect("node.a1").x, node.x + 50, 1);
  EXPECT_NEAR(rect("node.a1").y, node.y + 20, 1);
  click(rect("graph.zoom_in").center());
  EXPECT_GT(app_.view().camera.zoom, zoom);
  click(rect("graph.fit").center());
  EXPECT_TRUE(app_.view().camera.fit);
  EXPECT_EQ(app_.view().camera.zoom, zoom);
  EXPECT_NEAR(rect("node.a1").x, node.x, 1);
}

TEST_F(GraphPanel, zooms_about_the_pointer) {
  const Point at = rect("node.p").center();
  move_to(at);
  ImGui::GetIO().MouseWheel = 3;
  frames(3);
  EXPECT_FALSE(app_.view().camera.fit);
  EXPECT_NEAR(rect("node.p").center().x, at.x, 1);
  EXPECT_NEAR(rect("node.p").center().y, at.y, 1);
}

}  // namespace
}  // namespace backstep
