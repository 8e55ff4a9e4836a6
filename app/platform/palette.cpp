#include "app/platform/palette.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace backstep {

namespace {

// One colour that occurs, and how often.
struct ColorSample {
  std::uint32_t rgb = 0;
  double count = 0;

  double channel(int c) const { return (rgb >> (16 - 8 * c)) & 0xff; }
};

using ColorSamples = std::vector<ColorSample>;

// A ColorBox is a group of samples that get one colour, their mean.
struct ColorBox {
  ColorSamples::iterator begin, end;
  std::array<double, 3> mean{}, error{};  // error: summed squares, by channel

  ColorBox(ColorSamples::iterator from, ColorSamples::iterator to) : begin(from), end(to) {
    double total = 0;
    std::array<double, 3> squares{};
    for (auto sample = begin; sample != end; ++sample) {
      total += sample->count;
      for (int c = 0; c < 3; ++c) {
        mean[c] += sample->count * sample->channel(c);
        squares[c] += sample->count * sample->channel(c) * sample->channel(c);
      }
    }
    for (int c = 0; c < 3; ++c) {
      mean[c] /= total;
      error[c] = squares[c] - total * mean[c] * mean[c];
    }
  }

  int widest() const {
    return static_cast<int>(std::max_element(error.begin(), error.end()) - error.begin());
  }
  double worst() const { return std::distance(begin, end) > 1 ? error[widest()] : -1; }
};

std::uint32_t rgb_of(const std::uint8_t* pixel) {
  return static_cast<std::uint32_t>(pixel[0] << 16 | pixel[1] << 8 | pixel[2]);
}

ColorSamples count_colors(const std::vector<Image>& images) {
  std::unordered_map<std::uint32_t, double> counts;
  for (const Image& image : images) {
    // Interfaces are flat: most pixels equal the one before.
    double* count = nullptr;
    std::uint32_t last = 0;
    for (std::size_t i = 0; i < image.rgba.size(); i += 4) {
      const std::uint32_t rgb = rgb_of(&image.rgba[i]);
      if (!count || rgb != last) count = &counts[last = rgb];
      ++*count;
    }
  }
  ColorSamples samples;
  samples.reserve(counts.size());
  for (const auto& [rgb, count] : counts) samples.push_back({rgb, count});
  std::sort(samples.begin(), samples.end(), [](auto& a, auto& b) { return a.rgb < b.rgb; });
  return samples;
}

// Splits the box with the largest error until there are 256.
std::vector<ColorBox> divide(ColorSamples& samples) {
  std::vector<ColorBox> boxes;
  if (!samples.empty()) boxes.emplace_back(samples.begin(), samples.end());
  while (!boxes.empty() && boxes.size() < 256) {
    auto box = std::max_element(boxes.begin(), boxes.end(),
                                [](auto& a, auto& b) { return a.worst() < b.worst(); });
    if (box->worst() < 0) break;
    const int c = box->widest();
    const double middle = box->mean[c];
    auto cut = std::partition(box->begin, box->end,
                              [&](const ColorSample& s) { return s.channel(c) <= middle; });
    if (cut == box->begin || cut == box->end) cut = box->begin + 1;  // rounding of the mean
    const ColorBox upper(cut, box->end);
    *box = ColorBox(box->begin, cut);
    boxes.push_back(upper);
  }
  return boxes;
}

Color color_of(const ColorBox& box) {
  const auto byte = [&](int c) { return static_cast<std::uint8_t>(std::lround(box.mean[c])); };
  return {byte(0), byte(1), byte(2), 255};
}

}  // namespace

Palette::Palette(const std::vector<Image>& images) {
  ColorSamples samples = count_colors(images);
  for (const ColorBox& box : divide(samples)) {
    const auto index = static_cast<std::uint8_t>(colors_.size());
    colors_.push_back(color_of(box));
    for (auto sample = box.begin; sample != box.end; ++sample) index_of_[sample->rgb] = index;
  }
}

std::vector<std::uint8_t> Palette::indices(const Image& image) const {
  std::vector<std::uint8_t> result(image.rgba.size() / 4);
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < result.size(); ++i) {
    const std::uint32_t rgb = rgb_of(&image.rgba[4 * i]);
    if (i > 0 && rgb == last) {
      result[i] = result[i - 1];
      continue;
    }
    const auto found = index_of_.find(rgb);
    assert(found != index_of_.end() && "a picture has colours its palette was not made for");
    result[i] = found->second;
    last = rgb;
  }
  return result;
}

}  // namespace backstep
