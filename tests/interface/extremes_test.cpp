// The window keeps working at extreme scales and text sizes, with lines as long as a file, and
// with lines of very many points.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include "app/paint/imgui_painter.h"
#include "driver.h"

namespace backstep {
namespace {

TEST(Extremes, EveryScaleAndTextSizeCanBeDrawn) {
  for (const float scale : {0.5f, 0.8f, 1.0f, 1.5f, 8.0f}) {
    Driver driver(1280, 720, scale);
    for (const float text_size : {0.5f, 0.7f, 0.9f, 3.0f}) {
      driver.app().view().text_size = text_size;
      for (const Mode mode : {Mode::step, Mode::train, Mode::compare}) {
        driver.app().workspace().set_mode(mode);
        driver.frames(2);
      }
    }
    driver.app().workspace().set_mode(Mode::step);
    open_dialog(driver.app().dialogs(), Dialog::help);
    driver.frames(2);
    EXPECT_TRUE(driver.shows("dialog")) << scale;
  }
}

TEST(Extremes, TextCanBeMadeSmallerToTheMinimumAndBack) {
  Driver driver;
  for (int i = 0; i < 12; ++i) driver.key(GLFW_KEY_MINUS, true);
  EXPECT_FLOAT_EQ(driver.app().view().text_size, 0.7f);
  EXPECT_TRUE(driver.shows("node.a1"));
  for (int i = 0; i < 30; ++i) driver.key(GLFW_KEY_EQUAL, true);
  EXPECT_FLOAT_EQ(driver.app().view().text_size, 2.5f);
  driver.key(GLFW_KEY_0, true);
  EXPECT_FLOAT_EQ(driver.app().view().text_size, 1);
}

class LongLine : public testing::TestWithParam<const char*> {};

// A line of 200,000 characters with a mistake at its start, at its end, or without one.
TEST_P(LongLine, IsShownAndItsMistakeMarked) {
  const std::string many(200'000, 'a');
  std::string text = GetParam();
  for (std::size_t at; (at = text.find('%')) != std::string::npos;) text.replace(at, 1, many);
  Driver driver;
  Document document;
  document.setup.program = text;
  driver.app().open(std::move(document), {});
  driver.frames(3);
  EXPECT_TRUE(driver.session().program() == text);
  driver.click("program.text");
  driver.type("z");
  EXPECT_EQ(driver.session().program().size(), text.size() + 1);
}

INSTANTIATE_TEST_SUITE_P(Kinds, LongLine,
                         testing::Values("q% w\nx = input(1.0)\nL = x * x\n",
                                         "x = input(1.0)\nL = x * x  # %\n?",
                                         "x = input(1.0)\n% = x * x\nL = % + x\n",
                                         "x = input(\"%\")\nL = x * x\n",
                                         "# %\nx = input(1.0)\nL = x *** x\n"));

// A line with more points than the stack has room for.
TEST(Extremes, ALineOfManyPointsIsDrawnCompletely) {
  const InterfaceContext interface;
  ImGui::GetIO().DisplaySize = {1600, 1000};
  ImGui::NewFrame();
  ImDrawList* list = ImGui::GetForegroundDrawList();
  ImGuiPainter painter(list, interface.fonts(), theme_of(ThemeName::dark), nullptr);
  std::vector<Point> points;
  for (int i = 0; i < 200'000; ++i)
    points.push_back({static_cast<float>(i) * 1e-3f, static_cast<float>(i % 2)});
  painter.polyline(points, theme_of(ThemeName::dark).error, 1.5f);
  EXPECT_GT(list->VtxBuffer.Size, 200'000);
  ImGui::EndFrame();
}

}  // namespace
}  // namespace backstep
