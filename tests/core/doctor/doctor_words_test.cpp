// How the doctor's sentences speak of ranges, rare classes and small shares.
#include <gtest/gtest.h>

#include <cmath>

#include "core/doctor/doctor.h"
#include "core/runs/fitted_network.h"

namespace backstep {
namespace {

using TestRun = backstep::Setup;  // testing::Test has a Setup of its own

std::string said_of(const TestRun& run, const std::string& ailment) {
  Experiment experiment(run);
  experiment.work(0, Deadline::never());
  for (const Finding& finding : diagnose(experiment).findings)
    if (finding.ailment == ailment) return finding.text;
  return "";
}

// A run whose first feature has the given range; the second goes from 0 to 1.
TestRun with_feature(double lowest, double highest, bool whole) {
  TestRun run;
  run.network = Network();
  Samples samples;
  samples.inputs = {{40, 2}, {}};
  samples.targets = {{40, 1}, {}};
  samples.input_names = {"year", "share"};
  samples.kind = TargetKind::numbers;
  samples.train = 40;
  for (int i = 0; i < 40; ++i) {
    const double at = lowest + (highest - lowest) * i / 39;
    samples.inputs.entries.push_back(whole ? std::round(at) : at);
    samples.inputs.entries.push_back(i / 39.0);
    samples.targets.entries.push_back(i % 2);
  }
  run.network = fitted(*run.network, samples);
  run.samples = std::move(samples);
  return run;
}

TEST(DoctorsWords, RoundARangeByItsWidth) {
  const struct {
    double lowest, highest;
    bool whole;
    const char* says;
  } ranges[] = {{1900, 2021, true, "from 1,900 to 2,021"},
                {-4830, 4830, true, "from -4,830 to 4,830"},
                {1900.4, 2021.6, false, "from 1,900 to 2,022"},
                {52'345.67, 52'545.67, false, "from 52,346 to 52,546"},
                {0.25, 123.75, false, "from 0 to 124"}};
  for (const auto& range : ranges) {
    const std::string text =
        said_of(with_feature(range.lowest, range.highest, range.whole), "wild_scales");
    EXPECT_NE(text.find(range.says), std::string::npos) << text;
    EXPECT_NE(text.find("share from 0 to 1:"), std::string::npos) << text;
  }
}

// A run with that many training samples of each class.
TestRun of_classes(const std::vector<int>& counts) {
  TestRun run;
  Samples samples;
  samples.inputs.entries.clear();
  samples.targets.entries.clear();
  samples.kind = TargetKind::classes;
  samples.classes = static_cast<int>(counts.size());
  for (std::size_t number = 0; number < counts.size(); ++number) {
    samples.class_names.push_back("c" + std::to_string(number));
    for (int i = 0; i < counts[number]; ++i) {
      samples.inputs.entries.insert(samples.inputs.entries.end(), {0.1 * i, 0.2});
      samples.targets.entries.push_back(static_cast<double>(number));
    }
  }
  const auto rows = static_cast<Index>(samples.targets.entries.size());
  samples.inputs.shape = {rows, 2};
  samples.targets.shape = {rows, 1};
  samples.input_names = {"a", "b"};
  samples.train = rows;
  run.network = fitted(Network(), samples);
  run.samples = std::move(samples);
  return run;
}

TEST(DoctorsWords, CallNoClassRareWhereNoneIsFrequent) {
  std::vector<int> one_of_each(30, 1);
  one_of_each.push_back(0);  // a class without training samples
  EXPECT_EQ(said_of(of_classes(one_of_each), "rare_class"), "");
  EXPECT_EQ(said_of(of_classes({9, 9, 9, 0}), "rare_class"), "");
}

TEST(DoctorsWords, SayNoneForAClassWithoutSamples) {
  const std::string text = said_of(of_classes({20, 15, 0}), "rare_class");
  EXPECT_NE(text.find("20 of 35 training samples are of class c0 and none of class c2"),
            std::string::npos)
      << text;
}

TEST(DoctorsWords, SayThatAlmostNothingIsKept) {
  TestRun run = of_classes({20, 20});
  run.network->widths = {4, 4, 4};
  run.network->activations = {"sigmoid"};
  run.network->init_scale = 1e-9;
  const std::string text = said_of(run, "vanishing");
  EXPECT_NE(text.find("Each layer keeps less than a millionth of what reaches it"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace backstep
