// An Image is a rectangle of 8-bit RGBA pixels in memory, first row on top,
// and the bytes of the files it can be kept in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace backstep {

struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;  // 4 · width · height bytes
};

// The bytes of a .png file.
std::string png_of(const Image& image);
// The bytes of a .gif file: frames of equal size, `seconds` each, repeated for
// ever. Throws std::runtime_error when they are too large for one.
std::string gif_of(const std::vector<Image>& frames, double seconds);

// Throws std::runtime_error naming the path when it cannot be read.
Image read_png(const std::filesystem::path& path);

}  // namespace backstep
