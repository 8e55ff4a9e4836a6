#include <gif_lib.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "app/files/text_file.h"
#include "app/paint/fonts.h"
#include "app/paint/theme.h"
#include "app/platform/folders.h"
#include "app/platform/image.h"
#include "app/platform/offscreen.h"
#include "app/platform/resources.h"

namespace backstep {
namespace {

std::filesystem::path scratch(const std::string& name) {
  return std::filesystem::path(testing::TempDir()) / ("backstep_" + name);
}

// A picture with more than 256 colours.
Image rainbow(int width, int height, int shift) {
  Image image{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int channel : {x * 255 / width, y * 255 / height, (x + y + shift) % 256, 255}) {
        image.rgba.push_back(static_cast<std::uint8_t>(channel));
      }
    }
  }
  return image;
}

Color pixel(const Image& image, int x, int y) {
  const std::uint8_t* p = &image.rgba[4 * (static_cast<std::size_t>(y) * image.width + x)];
  return {p[0], p[1], p[2], p[3]};
}

// The ImGui context that a test needs.
struct Gui {
  ImGuiContext* context = ImGui::CreateContext();
  Gui() {
    ImGui::SetCurrentContext(context);
    ImGui::GetIO().IniFilename = nullptr;
  }
  ~Gui() { ImGui::DestroyContext(context); }
};

TEST(Png, reads_back_as_it_was_written) {
  const Image image = rainbow(31, 17, 0);
  write_text(scratch("round.png"), png_of(image));
  const Image back = read_png(scratch("round.png"));
  EXPECT_EQ(back.width, 31);
  EXPECT_EQ(back.height, 17);
  EXPECT_EQ(back.rgba, image.rgba);
}

TEST(Png, names_the_path_it_cannot_read) {
  const std::string missing = "/no such folder/picture.png";
  try {
    read_png(missing);
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find(missing), std::string::npos) << error.what();
  }
}

// The frames of a GIF file as a viewer shows them.
struct Gif {
  GifFileType* file;
  explicit Gif(const std::filesystem::path& path) {
    int error = 0;
    file = DGifOpenFileName(path.c_str(), &error);
    if (file && DGifSlurp(file) != GIF_OK) ADD_FAILURE() << "the GIF is damaged";
  }
  ~Gif() { DGifCloseFile(file, nullptr); }

  Color pixel(int frame, int x, int y) const {
    const SavedImage& image = file->SavedImages[frame];
    const auto& color = file->SColorMap->Colors[image.RasterBits[y * file->SWidth + x]];
    return {color.Red, color.Green, color.Blue, 255};
  }
};

TEST(GifFile, has_every_frame_at_its_size_and_speed) {
  write_text(scratch("frames.gif"),
             gif_of({rainbow(40, 30, 0), rainbow(40, 30, 9), rainbow(40, 30, 18)}, 0.25));
  const Gif gif(scratch("frames.gif"));
  ASSERT_NE(gif.file, nullptr);
  EXPECT_EQ(gif.file->SWidth, 40);
  EXPECT_EQ(gif.file->SHeight, 30);
  ASSERT_EQ(gif.file->ImageCount, 3);
  GraphicsControlBlock control;
  ASSERT_EQ(DGifSavedExtensionToGCB(gif.file, 2, &control), GIF_OK);
  EXPECT_EQ(control.DelayTime, 25);
}

TEST(GifFile, stays_near_the_colours_it_was_given) {
  const Image image = rainbow(64, 64, 0);
  write_text(scratch("near.gif"), gif_of({image}, 1));
  const Gif gif(scratch("near.gif"));
  double squares = 0;
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) {
      const Color wanted = pixel(image, x, y), got = gif.pixel(0, x, y);
      squares += std::pow(wanted.r - got.r, 2) + std::pow(wanted.g - got.g, 2) +
                 std::pow(wanted.b - got.b, 2);
    }
  }
  EXPECT_LT(std::sqrt(squares / (3 * 64 * 64)), 8);
}

TEST(GifFile, keeps_few_colours_exactly) {
  Image image{3, 1, {16, 19, 24, 255, 21, 24, 29, 255, 90, 169, 255, 255}};
  write_text(scratch("exact.gif"), gif_of({image}, 1));
  const Gif gif(scratch("exact.gif"));
  for (int x = 0; x < 3; ++x) EXPECT_EQ(gif.pixel(0, x, 0), pixel(image, x, 0));
}

TEST(OffscreenFrame, shows_what_was_drawn_where_it_was_drawn) {
  const Gui gui;
  Offscreen surface(64, 48);
  surface.set_background(rgb(0x123456));
  surface.frame([] {
    ImGui::GetBackgroundDrawList()->AddRectFilled({0, 0}, {32, 24}, IM_COL32(255, 159, 69, 255));
  });
  const Image image = surface.read();
  EXPECT_EQ(image.width, 64);
  EXPECT_EQ(image.height, 48);
  EXPECT_EQ(pixel(image, 10, 10), rgb(0xff9f45));  // the first row is on top
  EXPECT_EQ(pixel(image, 10, 40), rgb(0x123456));
  EXPECT_EQ(pixel(image, 50, 10), rgb(0x123456));
}

TEST(OffscreenFrame, can_be_made_again_and_while_another_exists) {
  const Gui first_gui;
  Offscreen first(8, 8);
  {
    const Gui second_gui;
    ImGui::SetCurrentContext(second_gui.context);
    Offscreen second(16, 16);
    second.set_background(rgb(0x00ff00));
    second.frame([] {});
    EXPECT_EQ(pixel(second.read(), 9, 9), rgb(0x00ff00));
  }
  ImGui::SetCurrentContext(first_gui.context);
  first.set_background(rgb(0xff0000));
  first.frame([] {});
  EXPECT_EQ(pixel(first.read(), 4, 4), rgb(0xff0000));
}

TEST(Fonts, have_every_character_in_every_face_and_size) {
  const std::u16string signs =
      u"AZaz09~ÄéÿŷαβγδεησθλμΣΔΩ∂∇²³⁻¹ᵀ₀₁₂₃₄₅₆₇₈₉⁰⁴⁵⁶⁷⁸⁹ᵢⱼₖ·×⊙∑−←→↑↓≤≥≈≠‖½▶◀■✓✗…–—′″√∞•●○▾▸›";
  ImFontAtlas atlas;
  Fonts fonts;
  fonts.build(atlas, resource_folder() / "fonts");
  for (Face face : {Face::ui, Face::bold, Face::mono}) {
    for (float pixels = 8; pixels < 100; pixels += 2) {
      const ImFont* font = fonts.at(face, pixels);
      for (char16_t sign : signs) {
        ASSERT_NE(font->FindGlyphNoFallback(sign), nullptr)
            << "U+" << std::hex << int{sign} << " at " << std::dec << pixels << " pixels";
      }
    }
  }
  EXPECT_LE(atlas.TexWidth, 4096);
  EXPECT_LE(atlas.TexHeight, 4096);
}

TEST(Fonts, are_drawn_from_the_next_larger_size) {
  ImFontAtlas atlas;
  Fonts fonts;
  fonts.build(atlas, resource_folder() / "fonts");
  for (float pixels = 4; pixels <= 78; pixels += 0.5f) {
    EXPECT_GE(fonts.at(Face::ui, pixels)->FontSize, pixels - 0.25f);
  }
  EXPECT_EQ(fonts.at(Face::ui, 14)->FontSize, 14);
  EXPECT_NEAR(fonts.width(Face::mono, 20, "0123456789"), fonts.width(Face::mono, 20, "iiiiiiiiii"),
              0.01);
  EXPECT_GT(fonts.width(Face::bold, 40, "a"), fonts.width(Face::bold, 20, "a"));
}

TEST(Fonts, name_the_file_that_is_missing) {
  ImFontAtlas atlas;
  Fonts fonts;
  try {
    fonts.build(atlas, "/no such folder");
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("/no such folder/ui.font"), std::string::npos);
  }
}

// Luminance and contrast are those of the Web Content Accessibility Guidelines.
double luminance(Color color) {
  const auto linear = [](double byte) {
    const double part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

double contrast(Color a, Color b) {
  const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
  return std::max(one, other) / std::min(one, other);
}

class Themes : public testing::TestWithParam<ThemeName> {
 protected:
  const Theme& theme_ = theme_of(GetParam());
};

TEST_P(Themes, have_text_that_can_be_read_on_every_surface) {
  const Theme& t = theme_;
  const Color surfaces[] = {t.canvas, t.band, t.panel, t.card, t.field, t.button};
  const Color texts[] = {t.text,     t.text_soft, t.text_faint, t.value,
                         t.gradient, t.update,    t.error,      t.warning};
  for (std::size_t text = 0; text < std::size(texts); ++text) {
    for (std::size_t surface = 0; surface < std::size(surfaces); ++surface) {
      EXPECT_GE(contrast(texts[text], surfaces[surface]), 4.5)
          << "text " << text << " on surface " << surface;
    }
  }
}

TEST_P(Themes, have_text_that_can_be_read_on_every_filled_shape) {
  const Theme& t = theme_;
  for (Color fill :
       {t.button_hover, t.button_active, t.primary, t.selection, t.head_data, t.head_param,
        t.head_op, t.head_loss, t.value_soft, t.gradient_soft, t.update_soft, t.error_soft}) {
    EXPECT_GE(contrast(t.text, fill), 7);
    EXPECT_GE(contrast(t.text_soft, fill), 4);
  }
  EXPECT_GE(contrast(t.value, t.value_soft), 4.5);
  EXPECT_GE(contrast(t.gradient, t.gradient_soft), 4.5);
  EXPECT_GE(contrast(t.update, t.update_soft), 4.5);
  EXPECT_GE(contrast(t.error, t.error_soft), 4.5);
}

TEST_P(Themes, have_lines_and_cells_that_stand_out_from_the_background) {
  const Theme& t = theme_;
  for (Color behind : {t.canvas, t.panel, t.card}) {
    for (Color run : t.run) EXPECT_GE(contrast(run, behind), 3);
    EXPECT_GE(contrast(t.negative, behind), 3);
    EXPECT_GE(contrast(t.positive, behind), 3);
    EXPECT_GE(contrast(t.edge, behind), 2.2);
  }
}

INSTANTIATE_TEST_SUITE_P(Both, Themes, testing::Values(ThemeName::dark, ThemeName::light),
                         [](const auto& tested) {
                           return tested.param == ThemeName::dark ? "dark" : "light";
                         });

TEST(Mix, goes_from_one_colour_to_the_other_and_no_further) {
  const Color from{0, 100, 200, 255}, to{100, 0, 255, 55};
  EXPECT_EQ(mix(from, to, 0), from);
  EXPECT_EQ(mix(from, to, 1), to);
  EXPECT_EQ(mix(from, to, 0.5), (Color{50, 50, 228, 155}));
  EXPECT_EQ(mix(from, to, -3), from);
  EXPECT_EQ(mix(from, to, 7), to);
  EXPECT_EQ(mix(from, to, NAN), from);
}

TEST(Resources, are_found_beside_the_program) {
  for (const char* file : {"fonts/ui.font", "fonts/bold.font", "fonts/mono.font",
                           "fonts/signs.font", "assets/icon/backstep.png"}) {
    EXPECT_TRUE(std::filesystem::exists(resource_folder() / file)) << file;
  }
}

TEST(Resources, can_be_put_elsewhere_but_not_nowhere) {
  setenv("BACKSTEP_RESOURCES", "/no such folder", 1);
  EXPECT_THROW(resource_folder(), std::runtime_error);
  unsetenv("BACKSTEP_RESOURCES");
}

TEST(Folders, follow_the_desktop_standard) {
  setenv("HOME", "/home/ada", 1);
  unsetenv("XDG_CONFIG_HOME");
  EXPECT_EQ(settings_folder(), "/home/ada/.config/backstep");
  setenv("XDG_CONFIG_HOME", "/settings", 1);
  EXPECT_EQ(settings_folder(), "/settings/backstep");
  EXPECT_EQ(home_folder(), "/home/ada");
  setenv("XDG_CONFIG_HOME", "relative", 1);
  EXPECT_EQ(settings_folder(), "/home/ada/.config/backstep");
  unsetenv("HOME");
  EXPECT_TRUE(settings_folder().is_absolute());
  setenv("HOME", "/home/ada", 1);
  setenv("XDG_CONFIG_HOME", "/settings", 1);
}

}  // namespace
}  // namespace backstep
