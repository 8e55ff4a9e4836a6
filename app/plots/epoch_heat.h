// An epoch heat shows gradient norms as a picture: a row for every layer, the
// first on top, a column for every epoch, the colour saying how large. Colours
// follow the logarithm; a norm of exactly 0 is hatched, and so is one that is
// not finite, in another colour: neither is a small number.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/paint/painter.h"
#include "app/paint/theme.h"

namespace backstep {

// The norms that the colours stand for; runs side by side share one.
struct NormScale {
  double least = 0, most = 0;             // positive; 0 while there are none
  bool zero = false, not_finite = false;  // such norms are among them

  void include(const std::vector<double>& norms);
  // 0 (least) to 1 (most), for norms that are finite and above 0.
  double level(double norm) const;
};

struct EpochHeat {
  const std::vector<double>* epochs = nullptr;    // rising
  std::vector<const std::vector<double>*> norms;  // by layer, one number an epoch
  double last_epoch = 0;                          // where the right end is
  NormScale scale;
};

enum class NormKind { none, number, zero, not_finite };

// Neighbouring columns of cells of one colour in one row.
struct NormStretch {
  int first = 0, last = 0;  // columns first … last - 1
  NormKind kind = NormKind::none;
  double level = 0;
  friend bool operator==(const NormStretch&, const NormStretch&) = default;
};

// Row `layer` in `columns` cells of equal width. Epochs that share a cell give
// it the largest of their norms, and one that is not finite wins.
std::vector<NormStretch> stretches_of(const EpochHeat& heat, std::size_t layer, int columns);

Color norm_color(const Theme& theme, double level);

// With "layer 1" on the first row and the last one's number on the last.
void draw_epoch_heat(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                     const EpochHeat& heat);

// What the colours mean, on one line that ends at `right_end`: the least norm,
// the colours, the most, and the hatchings in use. What has no room within
// `width` is left out.
void draw_norm_key(Painter& painter, Point right_end, float width, const Theme& theme,
                   float ui_scale, const NormScale& scale);

// Which row and which number of it lie under `at`; false outside.
struct NormPlace {
  std::size_t layer = 0, index = 0;
};
bool norm_at(Rect rect, const EpochHeat& heat, Point at, NormPlace& place);

}  // namespace backstep
