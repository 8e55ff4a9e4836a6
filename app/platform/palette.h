// A Palette is up to 256 colours that stand for all the colours of some pictures, as a
// GIF needs them.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "app/paint/color.h"
#include "app/platform/image.h"

namespace backstep {

class Palette {
 public:
  // Chooses the colours for `images` together, so that nothing flickers from
  // one to the next. With 256 colours or fewer in them, those are kept exactly.
  explicit Palette(const std::vector<Image>& images);

  const std::vector<Color>& colors() const { return colors_; }

  // An index into colors() for each pixel of `image`, which is one of those given.
  std::vector<std::uint8_t> indices(const Image& image) const;

 private:
  std::vector<Color> colors_;
  std::unordered_map<std::uint32_t, std::uint8_t> index_of_;  // by 0xRRGGBB
};

}  // namespace backstep
