// Ailments of the data: features on very different scales, a rare class.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "core/base/number_words.h"
#include "core/doctor/doctor_chart.h"

namespace backstep {

namespace {

constexpr double wild = 100;     // ratio of the widest feature's range to the narrowest's
constexpr double far_out = 100;  // a feature with values as large as this is badly scaled alone
constexpr double rare = 0.1;     // ratio of the rarest class to the most frequent one
constexpr long min_targets = 20;

struct Feature {
  Index column = 0;
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -std::numeric_limits<double>::infinity();

  double width() const { return highest - lowest; }
  double size() const { return std::max(std::abs(lowest), std::abs(highest)); }
};

std::vector<Feature> features_of(const Matrix& x) {
  std::vector<Feature> features(static_cast<std::size_t>(x.shape.columns));
  for (std::size_t i = 0; i < x.entries.size(); ++i) {
    Feature& feature = features[i % features.size()];
    feature.column = static_cast<Index>(i % features.size());
    feature.lowest = std::min(feature.lowest, x.entries[i]);
    feature.highest = std::max(feature.highest, x.entries[i]);
  }
  return features;
}

const Matrix* rows_named(const Chart& chart, const char* name) {
  const auto found = chart.patient.data.train.find(name);
  return found == chart.patient.data.train.end() || found->second.entries.empty() ? nullptr
                                                                                  : &found->second;
}

std::string name_of_feature(const Chart& chart, const Feature& feature) {
  const auto column = static_cast<std::size_t>(feature.column);
  const auto& samples = chart.setup().samples;
  if (samples && column < samples->input_names.size()) return samples->input_names[column];
  return "x" + std::to_string(feature.column + 1);
}

// An end of a range, rounded to a hundredth of the range's width, so that 1900 to 2021 is
// not shown as 1,900 to 2,000.
std::string end_of_range(double end, double width) {
  const double step = std::pow(10, std::floor(std::log10(width)) - 2);
  const double shown = end == std::floor(end) ? end : std::round(end / step) * step;
  if (shown == std::floor(shown) && std::abs(shown) <= 1e9) return grouped(std::lround(shown));
  return step < 1 && std::abs(shown) <= 1e9 ? number_text(std::round(end / step) / (1 / step))
                                            : two_digits(shown);
}

std::string range_of(const Feature& feature) {
  return end_of_range(feature.lowest, feature.width()) + " to " +
         end_of_range(feature.highest, feature.width());
}

// How many samples each class has. Classes are the columns of one-hot rows, or the two
// values of a single column; other targets have none.
std::map<double, long> counts_by_class(const Chart& chart, const Matrix& y) {
  std::map<double, long> counts;
  const auto width = static_cast<std::size_t>(y.shape.columns);
  for (std::size_t i = 0; i < y.entries.size(); ++i) {
    if (width == 1)
      ++counts[y.entries[i]];
    else
      counts[static_cast<double>(i % width)] += y.entries[i] > 0;
    if (counts.size() > std::max<std::size_t>(width, 2)) return {};
  }
  const auto& samples = chart.setup().samples;
  return samples && samples->kind == TargetKind::numbers ? std::map<double, long>() : counts;
}

std::string name_of_class(const Chart& chart, const Matrix& y, double value) {
  const auto& samples = chart.setup().samples;
  // In one column the second class is 1, the first 0 or −1.
  const auto number =
      static_cast<std::size_t>(y.shape.columns == 1 ? (value > 0 ? 1 : 0) : std::lround(value));
  if (samples && number < samples->class_names.size()) return samples->class_names[number];
  return two_digits(value);
}

std::optional<Finding> test_wild_scales(const Chart& chart) {
  const Matrix* x = rows_named(chart, "x");
  if (!x || chart.learned()) return {};
  std::vector<Feature> features = features_of(*x);
  std::erase_if(features, [](const Feature& feature) { return feature.width() == 0; });
  if (features.empty()) return {};
  const auto [narrow, broad] =
      std::minmax_element(features.begin(), features.end(),
                          [](const Feature& a, const Feature& b) { return a.width() < b.width(); });
  const auto far =
      std::max_element(features.begin(), features.end(),
                       [](const Feature& a, const Feature& b) { return a.size() < b.size(); });
  Finding finding;
  if (broad->width() >= wild * narrow->width())
    finding.text = "Feature " + name_of_feature(chart, *broad) + " goes from " + range_of(*broad) +
                   ", " + name_of_feature(chart, *narrow) + " from " + range_of(*narrow) +
                   ": one is " + two_digits(broad->width() / narrow->width()) +
                   " times as wide as the other.";
  else if (far->size() >= far_out)
    finding.text = "Feature " + name_of_feature(chart, *far) + " goes from " + range_of(*far) +
                   "; networks learn well from numbers around 1.";
  else
    return {};
  if (chart.setup().samples && !chart.setup().standardise)
    finding.remedies = {remedy("standardise", "on")};
  return finding;
}

std::optional<Finding> test_rare_class(const Chart& chart) {
  const Matrix* y = rows_named(chart, "y");
  if (!y || y->shape.rows < min_targets || chart.learned()) return {};
  const std::map<double, long> counts = counts_by_class(chart, *y);
  if (counts.size() < 2) return {};
  const auto [rarest, most] =
      std::minmax_element(counts.begin(), counts.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; });
  const auto all = static_cast<long>(y->shape.rows);
  // If even the most frequent class has few samples (the target may be an id), none is rare.
  const auto many = static_cast<double>(most->second);
  if (many < 1 / rare || static_cast<double>(rarest->second) > rare * many) return {};
  Finding finding;
  const std::string share =
      in_percent(static_cast<double>(most->second) / static_cast<double>(all));
  finding.text = grouped(most->second) + " of " + grouped(all) + " training samples are of class " +
                 name_of_class(chart, *y, most->first) + " and " +
                 (rarest->second > 0 ? grouped(rarest->second) : "none") + " of class " +
                 name_of_class(chart, *y, rarest->first) +
                 ": always answering the first is right " + share + " of the time.";
  if (chart.setup().samples && !chart.setup().balance) finding.remedies = {remedy("balance", "on")};
  return finding;
}

}  // namespace

std::vector<Ailment> ailments_of_data() {
  return {
      {.name = "wild_scales",
       .title = "features on wild scales",
       .place = 100,
       .test = test_wild_scales},
      {.name = "rare_class", .title = "one class is rare", .place = 110, .test = test_rare_class},
  };
}

}  // namespace backstep
