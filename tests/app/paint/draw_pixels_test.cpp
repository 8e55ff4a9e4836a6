// Drawing is checked down to the pixel where it matters: our shaders, rendered off screen, and
// SVG documents.
#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "app/paint/curve.h"
#include "app/paint/gpu.h"
#include "app/paint/heat.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/svg_painter.h"
#include "app/paint/text_fit.h"
#include "app/platform/offscreen.h"
#include "app/platform/resources.h"
#include "app/plots/axis.h"
#include "app/plots/plot.h"
#include "app/plots/plot_lines.h"
#include "tests/app/plots/plot_series.h"
#include "tests/extremes.h"

namespace backstep {
namespace {

class Drawing : public testing::Test {
 protected:
  static constexpr int width = 320, height = 240;

  Drawing() {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {width, height};
    io.DeltaTime = 1.0f / 60;
    fonts_.build(*io.Fonts, resource_folder() / "fonts");
  }
  ~Drawing() override { ImGui::DestroyContext(); }

  // The picture of the second frame that `draw` paints, as the first one may differ.
  template <class Draw>
  Image picture(Draw draw, bool with_gpu = true) {
    Offscreen surface(width, height);
    Gpu gpu(resource_folder());
    for (int i = 0; i < 2; ++i)
      surface.frame([&] {
        gpu.begin_frame();
        ImGuiPainter painter(ImGui::GetBackgroundDrawList(), fonts_, theme_,
                             with_gpu ? &gpu : nullptr);
        draw(painter);
      });
    return surface.read();
  }

  static Color pixel(const Image& image, int x, int y) {
    const std::uint8_t* p = &image.rgba[static_cast<std::size_t>(4 * (y * image.width + x))];
    return {p[0], p[1], p[2], 255};
  }
  static bool near(Color a, Color b, int by = 2) {
    return std::abs(a.r - b.r) <= by && std::abs(a.g - b.g) <= by && std::abs(a.b - b.b) <= by;
  }

  Fonts fonts_;
  const Theme& theme_ = theme_of(ThemeName::dark);
};

constexpr Color black{0, 0, 0, 255};

TEST_F(Drawing, HeatmapCellsHaveTheThemesColors) {
  const std::vector<double> values{-1, 0, 0.5, 1, nan_value, infinity};
  const Heatmap heatmap{{20, 30, 60, 40}, 2, 3, values.data(), 1};
  for (bool with_gpu : {true, false}) {
    const Image image = picture([&](Painter& p) { p.heatmap(heatmap); }, with_gpu);
    EXPECT_TRUE(near(pixel(image, 24, 34), theme_.negative));
    EXPECT_TRUE(near(pixel(image, 50, 40), theme_.zero));
    EXPECT_TRUE(near(pixel(image, 70, 40), heat_color(theme_, 0.5f)));
    EXPECT_TRUE(near(pixel(image, 30, 60), theme_.positive));
    EXPECT_TRUE(near(pixel(image, 70, 60), theme_.positive));
    EXPECT_EQ(pixel(image, 39, 40), black);                     // the gap between cells
    EXPECT_EQ(pixel(image, 19, 40), black);                     // outside the heatmap
    EXPECT_TRUE(near(pixel(image, 79, 69), theme_.positive));   // the last pixel
    EXPECT_FALSE(near(pixel(image, 29, 39), theme_.negative));  // the minus sign in a negative cell
  }
}

TEST_F(Drawing, TheShaderColorsTheSamePixelsAsShapesOfImGui) {
  std::vector<double> values(7 * 11);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = std::sin(static_cast<double>(i));
  const auto draw = [&](Painter& p) {
    p.heatmap({{10, 10, 173, 101}, 7, 11, values.data(), 1});
    p.heatmap({{200, 10, 50, 50}, 7, 11, values.data(), 1});
  };
  const Image shader = picture(draw), plain = picture(draw, false);
  int different = 0;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) different += !near(pixel(shader, x, y), pixel(plain, x, y), 3);
  EXPECT_EQ(different, 0);
}

TEST_F(Drawing, ALargeHeatmapIsNearestSampled) {
  std::vector<double> values(200 * 200, 0.0);
  for (std::size_t i = 0; i < 200; ++i) values[i * 200 + i] = 1;
  const Image image = picture([&](Painter& p) {
    p.heatmap({{0, 0, 200, 200}, 200, 200, values.data(), 1});
  });
  for (int i : {0, 17, 100, 199}) {
    EXPECT_TRUE(near(pixel(image, i, i), theme_.positive));
    EXPECT_TRUE(near(pixel(image, (i + 5) % 200, i), theme_.zero));
  }
}

TEST_F(Drawing, AnEdgeIsClipped) {
  for (float flow : {0.0f, 1.0f}) {
    const Image image = picture([&](Painter& p) {
      p.push_clip({50, 0, 100, height});
      p.edge({{10, 100.5f},
              {80, 100.5f},
              {140, 100.5f},
              {300, 100.5f},
              theme_.gradient,
              3,
              flow,
              0.8f});
      p.pop_clip();
      p.fill({200, 150, 20, 20}, theme_.value);  // drawn after the clip, so not clipped
    });
    EXPECT_TRUE(near(pixel(image, 60, 100), theme_.gradient));
    EXPECT_TRUE(near(pixel(image, 149, 100), theme_.gradient, 20));  // lightened by the flow
    EXPECT_EQ(pixel(image, 49, 100), black);
    EXPECT_EQ(pixel(image, 151, 100), black);
    EXPECT_EQ(pixel(image, 60, 110), black);
    EXPECT_EQ(pixel(image, 210, 160), theme_.value);
  }
}

TEST_F(Drawing, LightRunsAlongAFlowingEdge) {
  const auto brightness = [&](float phase, int x) {
    const Image image = picture([&](Painter& p) {
      p.edge({{10, 100.5f},
              {100, 100.5f},
              {200, 100.5f},
              {310, 100.5f},
              theme_.gradient,
              3,
              1,
              phase});
    });
    const Color c = pixel(image, x, 100);
    return c.r + c.g + c.b;
  };
  EXPECT_GT(brightness(0.5f, 157), brightness(0.5f, 250) + 60);
  EXPECT_GT(brightness(0.8f, 248), brightness(0.8f, 100) + 60);
}

TEST_F(Drawing, NeighboursShareADrawCall) {
  Offscreen surface(width, height);
  Gpu gpu(resource_folder());
  surface.frame([&] {
    gpu.begin_frame();
    ImDrawList* list = ImGui::GetBackgroundDrawList();
    ImGuiPainter painter(list, fonts_, theme_, &gpu);
    const int before = list->CmdBuffer.Size;
    for (int i = 0; i < 1000; ++i)
      painter.edge({{10, 10}, {50, 10}, {50, 90}, {90, 90}, theme_.edge});
    const int one = list->CmdBuffer.Size;
    EXPECT_LE(one - before, 3);
    painter.fill({0, 0, 5, 5}, theme_.value);
    painter.edge({{10, 10}, {50, 10}, {50, 90}, {90, 90}, theme_.edge});
    EXPECT_GT(list->CmdBuffer.Size, one);  // the fill separates their draws
  });
}

TEST_F(Drawing, LaterThingsLieOnTop) {
  const std::vector<double> one{1};
  const Image image = picture([&](Painter& p) {
    p.heatmap({{10, 10, 40, 40}, 1, 1, one.data(), 1});
    p.fill({20, 20, 10, 10}, theme_.error);
    p.edge({{0, 25.5f}, {20, 25.5f}, {40, 25.5f}, {60, 25.5f}, theme_.gradient, 3});
    p.heatmap({{40, 20, 5, 10}, 1, 1, one.data(), -1});
  });
  EXPECT_EQ(pixel(image, 25, 22), theme_.error);
  EXPECT_TRUE(near(pixel(image, 25, 25), theme_.gradient));
  EXPECT_TRUE(near(pixel(image, 42, 25), theme_.positive));
}

TEST_F(Drawing, AMissingShaderIsReported) {
  Offscreen surface(width, height);
  try {
    Gpu gpu("/nowhere");
    FAIL();
  } catch (const std::runtime_error& mistake) {
    EXPECT_NE(std::string(mistake.what()).find("edge.vert"), std::string::npos);
  }
}

// Expects every tag that opens to close again, in order, and quotes to come in pairs.
void expect_well_formed(const std::string& xml) {
  std::vector<std::string> open;
  for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at)) {
    const std::size_t end = xml.find('>', at);
    ASSERT_NE(end, std::string::npos);
    const std::string tag = xml.substr(at + 1, end - at - 1);
    EXPECT_EQ(std::count(tag.begin(), tag.end(), '"') % 2, 0) << tag;
    EXPECT_EQ(tag.find('<'), std::string::npos) << tag;
    at = end;
    const std::string name = tag.substr(0, tag.find_first_of(" /\n"));
    if (tag[0] == '?') continue;
    if (tag[0] == '/') {
      ASSERT_FALSE(open.empty());
      EXPECT_EQ(open.back(), tag.substr(1));
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
  }
  EXPECT_TRUE(open.empty());
}

TEST_F(Drawing, SvgIsWellFormed) {
  SvgPainter svg(width, height, fonts_, theme_);
  const std::vector<double> values{-1, 0, 0.5, 1, nan_value, infinity}, y{3, 1, nan_value, 2, 0};
  svg.push_clip({0, 0, 100, 100});
  svg.fill({1, 2, 3.14159f, 4}, theme_.value.with_alpha(0.5), 2);
  svg.fill_top({1, 2, 30, 40}, theme_.value, 2);
  svg.frame({1, 2, 30, 40}, theme_.value, 2);
  svg.circle({5, 5}, 2, theme_.value);
  svg.triangle({0, 0}, {1, 1}, {0, 1}, theme_.value);
  svg.line({0, 0}, {9, 9}, theme_.value, 1, Dash::dotted);
  svg.edge({{0, 0}, {50, 0}, {50, 90}, {90, 90}, theme_.gradient, 2, 1, 0.5f});
  svg.heatmap({{20, 30, 60, 40}, 2, 3, values.data(), 1});
  svg.text({5, 5}, "a < b & \"c\" > 'd' \x01 \xff ∂L/∂W", Face::mono, 14, theme_.text,
           Align::right);
  PlotView view;
  PlotOptions options;
  options.title = "Loss & <gradient>";
  options.log_scale = true;
  draw_plot(svg, {0, 0, 300, 200}, theme_, 1, {series_of(y)}, options, view, {});
  const std::string document = svg.finish();  // while a clip is still open
  expect_well_formed(document);
  EXPECT_NE(document.find("a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;"), std::string::npos);
  EXPECT_NE(document.find("width=\"3.14\""), std::string::npos);
  EXPECT_NE(document.find("∂L/∂W"), std::string::npos);
  EXPECT_EQ(document.find("nan"), std::string::npos);
}

TEST_F(Drawing, ThePictureIsTheSameEveryTime) {
  const std::vector<double> y{3, 1, 2, 0.5, 0.7};
  const auto draw = [&](Painter& p) {
    PlotView view;
    PlotOptions options;
    options.title = "Loss";
    draw_plot(p, {5, 5, 300, 200}, theme_, 1, {series_of(y)}, options, view, {});
    p.edge({{10, 10}, {150, 10}, {150, 200}, {300, 200}, theme_.gradient, 2, 1, 0.4f});
  };
  EXPECT_EQ(picture(draw).rgba, picture(draw).rgba);
}

}  // namespace
}  // namespace backstep
