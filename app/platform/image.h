// An Image is a rectangle of 8-bit RGBA pixels in memory, first row on top,
// and the files it can be written to.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace backstep {

struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;  // 4 · width · height bytes
};

// Throw std::runtime_error naming the path when it cannot be written or read.
void write_png(const std::filesystem::path& path, const Image& image);
Image read_png(const std::filesystem::path& path);

// Frames of equal size, `seconds` each, repeated for ever.
void write_gif(const std::filesystem::path& path, const std::vector<Image>& frames, double seconds);

}  // namespace backstep
