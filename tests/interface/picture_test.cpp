// Golden pictures: the window as render draws it is compared with pictures that a person has
// approved. A picture that differs is left beside the tests as NAME.out.png with NAME.diff.png;
// once a person has found it right, it replaces the golden one. The golden pictures were drawn by
// ImGui 1.86 with the fonts of Debian 12. Others place letters differently, and then only the
// structure of the pictures is compared: what is where, and in which colours.
#include <gtest/gtest.h>
#include <imgui.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/documents/examples.h"
#include "app/files/text_file.h"
#include "app/pictures/render.h"
#include "app/platform/image.h"
#include "app/platform/resources.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;

const fs::path goldens = fs::path(TESTS_FOLDER) / "golden/pictures";
const fs::path differing = fs::path(TESTS_FOLDER) / "out";

struct Shot {
  std::string state, example;
  long epochs;
  std::optional<int> step;
  int width, height;
  double scale;
  ThemeName theme;
  bool check = false;
  std::string select = {};
  Precision precision = Precision::float64;
  int lesson_step = 0;  // of the lesson named `example`; 0 if it is an example

  std::string name() const {
    return state + "-" + std::to_string(width) + "x" + std::to_string(height) +
           (theme == ThemeName::dark ? "-dark" : "-light");
  }
};

std::vector<Shot> all_shots() {
  std::vector<Shot> shots;
  for (const ThemeName theme : {ThemeName::dark, ThemeName::light})
    for (const auto& [width, height, scale] :
         {std::tuple{1280, 720, 1.0}, {1600, 1000, 1.0}, {3840, 2160, 2.0}}) {
      shots.push_back({"forward", "two-inputs", 0, 4, width, height, scale, theme});
      shots.push_back({"backward", "two-inputs", 0, 12, width, height, scale, theme});
      shots.push_back({"trained", "xor-half-mse", 2000, std::nullopt, width, height, scale, theme});
      shots.push_back({"train", "circle", 100, std::nullopt, width, height, scale, theme});
      shots.push_back({"compare", "vanishing", 300, std::nullopt, width, height, scale, theme});
    }
  shots.push_back({"stepping", "two-inputs", 200, 12, 1600, 1000, 1, ThemeName::dark});
  shots.push_back({"curve", "sine", 100, std::nullopt, 1600, 1000, 1, ThemeName::dark});
  shots.push_back({"deep", "ten-layers-sigmoid", 30, std::nullopt, 1600, 1000, 1, ThemeName::dark});
  shots.push_back(
      {"checked", "xor-half-mse", 0, 14, 1600, 1000, 1, ThemeName::light, true, "W1[0,2]"});
  shots.push_back({"rounded", "ten-layers-sigmoid", 0, 56, 1600, 1000, 1, ThemeName::dark, false,
                   "", Precision::float16});
  const auto lesson = [&](const std::string& state, const std::string& id, int step, int width,
                          int height, double scale, ThemeName theme) {
    Shot shot = {state, id, 0, std::nullopt, width, height, scale, theme};
    shot.lesson_step = step;
    shots.push_back(shot);
  };
  lesson("lesson", "by-hand", 4, 1600, 1000, 1, ThemeName::dark);
  lesson("lesson", "by-hand", 4, 1280, 720, 1, ThemeName::light);
  lesson("lesson", "by-hand", 4, 3840, 2160, 2, ThemeName::light);
  lesson("lesson_large_text", "xor", 7, 1600, 1000, 2, ThemeName::light);
  lesson("lesson_in_train", "vanishing", 6, 1600, 1000, 1, ThemeName::dark);
  lesson("bug", "gradient-checking", 7, 1600, 1000, 1, ThemeName::dark);
  return shots;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void PrintTo(const Shot& shot, std::ostream* out) { *out << shot.name(); }

Document example(const std::string& id) {
  const std::vector<Example> examples = list_examples();
  for (std::size_t i = 0; i < examples.size(); ++i)
    if (examples[i].id == id) return open_example(static_cast<int>(i));
  throw std::runtime_error("there is no example " + id);
}

class Pictures : public testing::TestWithParam<Shot> {};

// The share of channel values that differ by more than `threshold`, in 1/1000; `where` becomes a
// picture of their places.
double difference(const Image& a, const Image& b, int threshold, Image& where) {
  where = a;
  std::size_t different = 0;
  for (std::size_t i = 0; i < a.rgba.size(); ++i) {
    const bool apart = std::abs(int{a.rgba[i]} - int{b.rgba[i]}) > threshold;
    different += apart;
    where.rgba[i] = i % 4 == 3 ? 255 : apart ? 255 : static_cast<std::uint8_t>(a.rgba[i] / 4);
  }
  return 1000.0 * static_cast<double>(different) / static_cast<double>(a.rgba.size());
}

// ---- fonts and ImGui ------------------------------------------------------------------------

// FNV-1a of the four font files.
std::uint64_t fingerprint_of_fonts() {
  std::uint64_t print = 1469598103934665603u;
  for (const char* role : {"ui", "bold", "mono", "signs"})
    for (const char byte : bytes_of(resource_folder() / "fonts" / (role + std::string(".font"))))
      print = (print ^ static_cast<unsigned char>(byte)) * 1099511628211u;
  return print;
}

bool draws_as_the_goldens() {
  static const bool same_fonts = fingerprint_of_fonts() == 13710704133686999048u;
  return IMGUI_VERSION_NUM == 18600 && same_fonts;
}

// ---- structure ----------------------------------------------------------------------------

constexpr int blocks_across = 80;
constexpr double block_threshold = 12;  // of 255, between the means of two blocks
constexpr double most_blocks = 8;       // of 1000, the number that may differ

// The mean colours of all blocks of a picture; a block is the size of a few letters.
std::vector<double> blocks_of(const Image& picture) {
  const int side = picture.width / blocks_across, down = picture.height / side;
  std::vector<double> blocks(static_cast<std::size_t>(3 * blocks_across * down), 0.0);
  for (int y = 0; y < down * side; ++y)
    for (int x = 0; x < blocks_across * side; ++x)
      for (int channel = 0; channel < 3; ++channel) {
        const auto block = static_cast<std::size_t>(3 * (y / side * blocks_across + x / side));
        const auto pixel = static_cast<std::size_t>(4 * (y * picture.width + x));
        blocks[block + static_cast<std::size_t>(channel)] +=
            picture.rgba[pixel + static_cast<std::size_t>(channel)] / double(side * side);
      }
  return blocks;
}

// The share of blocks whose means differ by more than `threshold`, in 1/1000.
double difference_of_structure(const Image& a, const Image& b, double threshold) {
  const std::vector<double> of_a = blocks_of(a), of_b = blocks_of(b);
  double different = 0;
  for (std::size_t i = 0; i < of_a.size(); ++i)
    different += std::fabs(of_a[i] - of_b[i]) > threshold;
  return 1000 * different / static_cast<double>(of_a.size());
}

fs::path render(const Shot& shot, const std::string& ending) {
  const fs::path path =
      fs::temp_directory_path() / (shot.name() + std::to_string(getpid()) + ending);
  const PictureOptions options = {shot.epochs, shot.step,  shot.width, shot.height,
                                  shot.scale,  shot.theme, shot.check, shot.select};
  if (shot.lesson_step > 0) {
    render_lesson(find_lesson(shot.example), shot.lesson_step, options, path);
    return path;
  }
  Document document = example(shot.example);
  document.setup.precision = shot.precision;
  render_picture(document, options, path);
  return path;
}

TEST_P(Pictures, LookAsTheyShould) {
  const Shot& shot = GetParam();
  const fs::path path = render(shot, ".png");
  const Image now = read_png(path);
  const fs::path golden_path = goldens / (shot.name() + ".png");
  const auto keep = [&] {
    fs::create_directories(differing);
    fs::copy_file(path, differing / (shot.name() + ".out.png"),
                  fs::copy_options::overwrite_existing);
  };
  if (!fs::exists(golden_path)) {
    keep();
    FAIL() << "there is no golden picture " << golden_path << " yet";
  }
  const Image golden = read_png(golden_path);
  ASSERT_EQ(now.width, golden.width);
  ASSERT_EQ(now.height, golden.height);
  if (!draws_as_the_goldens()) {
    const double share = difference_of_structure(now, golden, block_threshold);
    std::cout << "This ImGui (" IMGUI_VERSION ") or these fonts are not those of the golden "
                 "pictures: compared by structure, " << share << " of 1000 blocks differ.\n";
    if (share > most_blocks) keep();
    EXPECT_LE(share, most_blocks) << "see " << differing;
    fs::remove(path);
    return;
  }
  Image where;
  const double share = difference(now, golden, 24, where);
  if (share > 2) {
    keep();
    write_text(differing / (shot.name() + ".diff.png"), png_of(where));
  }
  EXPECT_LE(share, 2) << "in 1/1000; see " << differing;
  fs::remove(path);
}

INSTANTIATE_TEST_SUITE_P(Golden, Pictures, testing::ValuesIn(all_shots()), [](const auto& shot) {
  std::string name = shot.param.name();
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
});

// Letters placed differently keep the structure; another step of the pass changes it.
TEST(PictureStructure, IgnoresLettersAndDetectsAnotherStep) {
  const auto golden = [](const std::string& name) { return read_png(goldens / (name + ".png")); };
  const Image forward = golden("forward-1600x1000-dark");
  for (const std::string other : {"backward-1600x1000-dark", "stepping-1600x1000-dark"})
    EXPECT_GT(difference_of_structure(forward, golden(other), block_threshold), 4 * most_blocks)
        << other;
  Image shifted = forward;  // by a pixel, as another ImGui may place letters
  std::copy(forward.rgba.begin(), forward.rgba.end() - 4, shifted.rgba.begin() + 4);
  Image where;
  EXPECT_GT(difference(forward, shifted, 24, where), 2);
  EXPECT_LE(difference_of_structure(forward, shifted, block_threshold), most_blocks);
}

TEST(PicturesTwice, HaveTheSameBytes) {
  Shot shot = {"twice", "two-inputs", 3, 12, 1280, 720, 1, ThemeName::dark};
  for (const std::string ending : {".png", ".svg"}) {
    const std::string first = bytes_of(render(shot, ending));
    EXPECT_GT(first.size(), 1000u);
    const bool same = first == bytes_of(render(shot, ending));
    EXPECT_TRUE(same) << ending;
    if (same) continue;
    fs::create_directories(differing);
    std::ofstream(differing / ("twice_first" + ending), std::ios::binary) << first;
    fs::copy_file(render(shot, ending), differing / ("twice_then" + ending),
                  fs::copy_options::overwrite_existing);
  }
}

}  // namespace
}  // namespace backstep
