#include "app/platform/read_pixels.h"

#include <glad/gl.h>

#include <algorithm>
#include <cstddef>

namespace backstep {

// OpenGL's first row is at the bottom.
static void flip(Image& image) {
  const std::ptrdiff_t row = std::ptrdiff_t{4} * image.width;
  for (int y = 0; y < image.height / 2; ++y) {
    const auto above = image.rgba.begin() + y * row;
    const auto below = image.rgba.begin() + (image.height - 1 - y) * row;
    std::swap_ranges(above, above + row, below);
  }
}

Image read_pixels(int width, int height) {
  Image image{width, height, std::vector<std::uint8_t>(std::size_t(4) * width * height)};
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, image.rgba.data());
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) image.rgba[i] = 255;
  flip(image);
  return image;
}

}  // namespace backstep
