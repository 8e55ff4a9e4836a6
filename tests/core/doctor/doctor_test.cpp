// The doctor's findings about runs that are made to fail on purpose, and about healthy ones.
#include "core/doctor/doctor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/doctor/doctor_chart.h"
#include "core/runs/network.h"
#include "tests/core/runs/playground.h"

namespace backstep {
namespace {

using TestRun = backstep::Setup;  // testing::Test has a Setup of its own

TestRun run_on(const char* data, std::vector<int> widths, const char* activation,
               std::uint64_t seed = 1) {
  TestRun run;
  run.network.emplace();
  run.network->widths = std::move(widths);
  run.network->activations = {activation};
  run.network->seed = seed;
  run.training.learning_rate = 0.03;
  run.training.batch_size = 10;
  DataSetOptions options;
  options.samples = 200;
  options.seed = seed;
  run.samples = draw_samples(*find_data_set(data), options);
  if (run.samples->kind == TargetKind::numbers) run.network->output = "linear";
  return run;
}

Diagnosis after(const TestRun& run, long epochs) {
  Experiment experiment(run);
  experiment.work(epochs, Deadline::never());
  return diagnose(experiment);
}

const Finding* find(const Diagnosis& diagnosis, const std::string& ailment) {
  for (const Finding& finding : diagnosis.findings)
    if (finding.ailment == ailment) return &finding;
  return nullptr;
}

std::string findings_of(const Diagnosis& diagnosis) {
  std::string text;
  for (const Finding& finding : diagnosis.findings)
    text += "\n" + finding.title + ": " + finding.text;
  return text;
}

// Expects this ailment as the first finding, with remedies that can all be tried.
Finding expect_first(const TestRun& run, long epochs, const std::string& ailment) {
  const Diagnosis diagnosis = after(run, epochs);
  if (diagnosis.healthy() || diagnosis.findings.front().ailment != ailment) {
    ADD_FAILURE() << "not " << ailment << findings_of(diagnosis);
    return {};
  }
  const Finding& finding = diagnosis.findings.front();
  EXPECT_FALSE(finding.title.empty());
  for (const Remedy& remedy : finding.remedies) {
    EXPECT_EQ(remedy.label.rfind("Replay with ", 0), 0u) << remedy.label;
    std::string mistake;
    const TestRun remedied = with_change(run, remedy.change, mistake);
    EXPECT_EQ(mistake, "") << remedy.label;
  }
  return finding;
}

// Expects the first remedy to make the finding go away.
void expect_healed(const TestRun& run, long epochs, const Finding& finding) {
  ASSERT_FALSE(finding.remedies.empty());
  std::string mistake;
  const TestRun remedied = with_change(run, finding.remedies.front().change, mistake);
  const Diagnosis diagnosis = after(remedied, epochs);
  EXPECT_EQ(find(diagnosis, finding.ailment), nullptr)
      << finding.remedies.front().label << findings_of(diagnosis);
}

void expect_says(const Finding& finding, const std::string& words) {
  EXPECT_NE(finding.text.find(words), std::string::npos) << finding.text;
}

std::vector<std::string> labels_of(const Finding& finding) {
  std::vector<std::string> labels;
  for (const Remedy& remedy : finding.remedies) labels.push_back(remedy.label);
  return labels;
}

std::string first_label_of(const Finding& finding) {
  return finding.remedies.empty() ? "" : finding.remedies.front().label;
}

// ---- numbers that are not finite --------------------------------------------

TEST(Doctor, NamesTheFirstOpThatIsNotFinite) {
  TestRun run;
  run.program =
      "x = input([[1.0, -2.0]])\nW = param([[1.0], [1.0]])\nz = x @ W\ns = log(z)\nL = s * s\n";
  const Finding finding = expect_first(run, 0, "not_finite");
  EXPECT_EQ(finding.text, "NaN first comes out of s = log(z) on line 4.");
  EXPECT_EQ(finding.node, 3);
  EXPECT_TRUE(finding.remedies.empty()) << "no remedy can change a program written by hand";
}

TEST(Doctor, NamesTheOpWhereTheGradientStopsBeingFinite) {
  TestRun run;
  run.program = "x = input(0)\nw = param(1.0)\ns = sqrt(w * x)\nL = s + 0\n";
  const Finding finding = expect_first(run, 0, "not_finite");
  EXPECT_EQ(finding.text,
            "Every value is finite, but the gradient is not: infinity first comes back through "
            "s = sqrt(w * x) on line 3.");
}

TEST(Doctor, SaysWhenTrainingBrokeTheParameters) {
  TestRun run = run_on("plane", {8, 8}, "relu");
  run.network->init = "he";
  run.training.learning_rate = 1000;
  const Finding finding = expect_first(run, 20, "not_finite");
  expect_says(finding, "stands in W1 on line 5: an update put it there.");
  expect_says(finding, "is not finite since epoch");
  EXPECT_EQ(first_label_of(finding), "Replay with learning rate 100");
}

// ---- gradients --------------------------------------------------------------

TEST(Doctor, FindsVanishingGradients) {
  const TestRun run = playground_setup("deep_sigmoid");
  const Finding finding = expect_first(run, 100, "vanishing");
  EXPECT_EQ(finding.title, "gradients vanish");
  EXPECT_EQ(finding.text,
            "The neurons of layer 1 receive 27,000 times less than those of layer 7. Each layer "
            "keeps about 1/5 of what "
            "reaches it: slope of σ × 0.24, weights × 0.77. Loss has not moved for 99 epochs.");
  EXPECT_EQ(labels_of(finding),
            (std::vector<std::string>{"Replay with batch norm", "Replay with skip connections",
                                      "Replay with weights × 4", "Replay with tanh",
                                      "Replay with ReLU"}));
  expect_healed(run, 100, finding);
  EXPECT_EQ(after(run, 100).findings.size(), 1u)
      << "a loss that does not move is not a second ailment";
}

TEST(Doctor, FindsVanishingGradientsBeforeTheFirstUpdate) {
  const Finding finding = expect_first(playground_setup("deep_sigmoid"), 0, "vanishing");
  EXPECT_EQ(finding.text.find("epochs"), std::string::npos) << finding.text;
}

TEST(Doctor, FindsGradientsThatZeroWeightsStop) {
  TestRun run = run_on("circle", {4, 4}, "tanh");
  run.network->init = "zeros";
  const Finding finding = expect_first(run, 0, "vanishing");
  EXPECT_EQ(finding.text, "Layer 1 receives nothing, unlike layer 3.");
  EXPECT_EQ(labels_of(finding), std::vector<std::string>{"Replay with Xavier start"});
  expect_healed(run, 0, finding);
}

TEST(Doctor, FindsExplodingGradients) {
  TestRun run = run_on("circle", std::vector<int>(10, 30), "leaky_relu");
  run.network->init = "normal";
  run.network->output = "linear";
  const Finding finding = expect_first(run, 0, "exploding");
  expect_says(finding, "The gradient grows ");
  expect_says(finding, " times from layer 11 to layer 1. Each layer multiplies what reaches it by");
  EXPECT_EQ(first_label_of(finding), "Replay with weights × 0.25");
  expect_healed(run, 0, finding);
}

// Bounded activations do not prevent it: the parameters of early layers still receive more.
TEST(Doctor, FindsExplodingGradientsOfBoundedNeurons) {
  TestRun run = run_on("circle", std::vector<int>(12, 50), "tanh");
  run.network->init = "normal";
  run.network->output = "linear";
  const Finding finding = expect_first(run, 0, "exploding");
  expect_says(finding, "Layer 1 receives ");
  expect_says(finding, " times more than layer 13.");
}

TEST(Doctor, FindsOneLayerThatMultipliesTheGradient) {
  TestRun run = run_on("circle", {8, 8, 8}, "tanh");
  run.parameters["W2"] = {{8, 8}, std::vector<double>(64, 0.02)};
  run.parameters["W3"] = {{8, 8}, std::vector<double>(64, 0)};
  for (int i = 0; i < 8; ++i) run.parameters["W3"].entries[static_cast<std::size_t>(9 * i)] = 60;
  const Finding finding = expect_first(run, 0, "exploding");
  expect_says(finding, "Layer 2 receives");
  expect_says(finding, "times more than layer 3.");
  EXPECT_EQ(finding.layer, 2);
}

// ---- neurons ----------------------------------------------------------------

TEST(Doctor, FindsDeadRelus) {
  TestRun run = run_on("circle", {8, 8}, "relu");
  run.network->bias = -20;
  const Finding finding = expect_first(run, 5, "dead_relus");
  expect_says(finding, "8 of 8 neurons of layer 1 never fire on this data, 100% of all neurons.");
  expect_says(finding, "100% of the gradients there are exactly 0.");
  EXPECT_EQ(finding.layer, 1);
  EXPECT_EQ(first_label_of(finding), "Replay with leaky ReLU");
  expect_healed(run, 5, finding);
}

TEST(Doctor, FindsSaturatedNeurons) {
  TestRun run = run_on("circle", {8}, "tanh");
  run.parameters["W1"] = {{2, 8}, std::vector<double>(16, 0)};
  run.parameters["b1"] = {{1, 8}, std::vector<double>(8, 2.3)};
  const Finding finding = expect_first(run, 0, "saturated");
  expect_says(finding, "8 of 8 neurons of layer 1 are saturated");
  expect_says(finding, "The mean slope there is 0.039.");
  EXPECT_EQ(finding.layer, 1);
}

// ---- training ---------------------------------------------------------------

TEST(Doctor, FindsGradientsThatAreNeverZeroed) {
  TestRun run = run_on("circle", {8}, "tanh");
  run.training.zero_gradients = false;
  for (const long epochs : {0, 10}) {
    const Finding finding = expect_first(run, epochs, "never_zeroed");
    EXPECT_EQ(labels_of(finding), std::vector<std::string>{"Replay with gradients zeroed"});
    expect_healed(run, epochs, finding);
  }
}

TEST(Doctor, FindsALearningRateThatMakesTheLossRise) {
  TestRun run = run_on("plane", {8, 8}, "tanh");
  run.training.learning_rate = 2;
  const Finding finding = expect_first(run, 10, "rate_too_high");
  expect_says(finding, "Loss rose from");
  expect_says(finding, "With a learning rate of 2 updates overshoot.");
  EXPECT_EQ(first_label_of(finding), "Replay with learning rate 0.2");
}

TEST(Doctor, FindsALearningRateThatMakesTheLossBounce) {
  TestRun run = run_on("circle", {32, 32}, "tanh");
  run.training.batch_size = 0;
  run.training.learning_rate = 1;
  const Finding finding = expect_first(run, 20, "rate_too_high");
  expect_says(finding, "Loss goes up and down");
  expect_healed(run, 20, finding);
}

TEST(Doctor, FindsALearningRateThatRuinsTheOutput) {
  TestRun run = run_on("xor", {8}, "tanh");
  run.training.learning_rate = 1000;
  expect_first(run, 10, "rate_too_high");
}

TEST(Doctor, FindsALearningRateTooLow) {
  TestRun run = run_on("circle", {8}, "tanh");
  run.training.learning_rate = 1e-6;
  const Finding finding = expect_first(run, 30, "rate_too_low");
  expect_says(finding, "In 30 epochs the parameters have moved by at most 0.0");
  expect_says(finding, "The learning rate is 1e-06.");
  EXPECT_EQ(after(run, 5).findings.size(), 0u) << "five epochs are too few to tell";
}

// Without a hidden layer XOR cannot be learned, however long training goes on.
TEST(Doctor, FindsALossThatIsStuck) {
  const TestRun run = run_on("xor", {}, "tanh");
  const Finding finding = expect_first(run, 60, "stuck");
  expect_says(finding, "Loss has not moved for");
  expect_says(finding, "always guessing the mean would give 0.5.");
}

// ---- data -------------------------------------------------------------------

TEST(Doctor, FindsFeaturesOnWildlyDifferentScales) {
  TestRun run = run_on("circle", {8}, "tanh");
  Samples& samples = run.samples.own();
  samples.input_names = {"age", "income"};
  for (std::size_t i = 1; i < samples.inputs.entries.size(); i += 2)
    samples.inputs.entries[i] *= 1000;
  const Diagnosis diagnosis = after(run, 5);
  const Finding* finding = find(diagnosis, "wild_scales");
  ASSERT_NE(finding, nullptr) << findings_of(diagnosis);
  expect_says(*finding, "Feature income goes from -4,840 to 4,810, age from");
  EXPECT_EQ(labels_of(*finding), std::vector<std::string>{"Replay with standardised inputs"});
  expect_healed(run, 5, *finding);
}

TEST(Doctor, FindsFeaturesThatAreAllLarge) {
  TestRun run = run_on("circle", {8}, "tanh");
  for (double& entry : run.samples.own().inputs.entries) entry += 2000;
  EXPECT_NE(find(after(run, 0), "wild_scales"), nullptr);
}

TEST(Doctor, FindsARareClass) {
  TestRun run = run_on("circle", {8}, "tanh");
  // Four samples of class 1 remain; all others become class 0.
  int kept = 0;
  for (double& target : run.samples.own().targets.entries)
    if (target == 1 && ++kept > 4) target = 0;
  const Finding finding = expect_first(run, 0, "rare_class");
  EXPECT_EQ(finding.text,
            "96 of 100 training samples are of class −1 and 4 of class +1: always answering the "
            "first is right 96% of the time.");
  EXPECT_EQ(labels_of(finding), std::vector<std::string>{"Replay with balanced classes"});
  expect_healed(run, 0, finding);
}

// ---- healthy runs -----------------------------------------------------------

TEST(Doctor, CallsTanhAndReluHealthyOnTheDeepCircle) {
  for (const char* activation : {"tanh", "relu"}) {
    std::string mistake;
    const TestRun run =
        with_change(playground_setup("deep_sigmoid"), {"activation", activation}, mistake);
    for (const long epochs : {0, 1, 10, 300}) {
      const Diagnosis diagnosis = after(run, epochs);
      EXPECT_TRUE(diagnosis.healthy()) << activation << ", " << epochs << findings_of(diagnosis);
    }
  }
}

TEST(Doctor, SaysHowHealthyRunsFare) {
  std::string mistake;
  const TestRun sigmoid = playground_setup("deep_sigmoid");
  EXPECT_EQ(after(with_change(sigmoid, {"activation", "tanh"}, mistake), 100).remarks,
            (std::vector<std::string>{"Layer 1 to layer 7 within a factor of 2.",
                                      "No neuron saturated."}));
  EXPECT_EQ(after(with_change(sigmoid, {"activation", "relu"}, mistake), 100).remarks,
            (std::vector<std::string>{"Layer 1 to layer 7 within a factor of 3.",
                                      "6 of 48 neurons never fire on this data."}));
}

TEST(Doctor, CallsTheRemediesForSigmoidHealthy) {
  for (const Change& change :
       {Change{"batch_norm", "on"}, {"skip_connections", "on"}, {"weight_scale", "4"}}) {
    std::string mistake;
    const TestRun run = with_change(playground_setup("deep_sigmoid"), change, mistake);
    const Diagnosis diagnosis = after(run, 300);
    EXPECT_TRUE(diagnosis.healthy()) << run_words(change) << findings_of(diagnosis);
  }
}

struct Healthy {
  const char* data;
  std::vector<int> widths;
  const char* activation;
  const char* optimizer;
};

class HealthyRun : public testing::TestWithParam<int> {};

const Healthy healthy_runs[] = {
    {"circle", {4, 2}, "tanh", "sgd"},      {"circle", {8}, "relu", "sgd"},
    {"circle", {16, 16}, "gelu", "adam"},   {"circle", {8, 8, 8}, "tanh", "momentum"},
    {"circle", {32}, "sigmoid", "adam"},    {"xor", {4}, "tanh", "sgd"},
    {"xor", {8, 4}, "relu", "sgd"},         {"xor", {16, 16, 16}, "leaky_relu", "adam"},
    {"xor", {8, 8}, "silu", "momentum"},    {"gauss", {2}, "tanh", "sgd"},
    {"gauss", {4, 4}, "relu", "sgd"},       {"gauss", {16}, "sigmoid", "sgd"},
    {"gauss", {8, 8, 8, 8}, "tanh", "sgd"}, {"moons", {8}, "tanh", "sgd"},
    {"moons", {16, 8}, "relu", "adam"},     {"moons", {32, 32}, "elu", "sgd"},
    {"plane", {4}, "tanh", "sgd"},          {"plane", {8, 8}, "tanh", "adam"},
    {"sine", {16}, "tanh", "adam"},         {"gauss_regression", {32, 32}, "tanh", "adam"},
    {"spiral", {32, 32}, "tanh", "adam"},   {"circle", std::vector<int>(10, 16), "relu", "adam"},
};

TEST_P(HealthyRun, IsCalledHealthy) {
  const Healthy& healthy = healthy_runs[GetParam()];
  TestRun run = run_on(healthy.data, healthy.widths, healthy.activation,
                       static_cast<std::uint64_t>(GetParam()) + 1);
  run.training.optimizer = healthy.optimizer;
  if (run.training.optimizer != "sgd") run.training.learning_rate = 0.01;
  const std::string name = healthy.activation;
  if (name != "tanh" && name != "sigmoid") run.network->init = "he";
  Experiment experiment(run);
  for (const long epochs : {0, 1, 5, 20, 60, 100}) {
    experiment.work(epochs, Deadline::never());
    const Diagnosis diagnosis = diagnose(experiment);
    EXPECT_TRUE(diagnosis.healthy())
        << "epoch " << epochs << ", loss " << experiment.trainer().history().train_loss().back()
        << findings_of(diagnosis);
    EXPECT_FALSE(diagnosis.remarks.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Runs, HealthyRun,
                         testing::Range(0, static_cast<int>(std::size(healthy_runs))));

// A program with only a few samples has statistics too coarse to call it unhealthy.
TEST(Doctor, LeavesSmallProgramsAlone) {
  TestRun run;
  run.program =
      "x = input([[0.5, 0.8]])\ny = target([[1.0]])\nlayer(\"hidden\")\nW1 = param([[0.4], "
      "[0.6]])\n"
      "b1 = param([[0.1]])\na1 = sigmoid(x @ W1 + b1)\nlayer(\"output\")\nW2 = param([[0.5]])\n"
      "p = sigmoid(a1 @ W2)\nL = half_mse(p, y)\n";
  for (const long epochs : {0, 50}) {
    const Diagnosis diagnosis = after(run, epochs);
    EXPECT_TRUE(diagnosis.healthy()) << epochs << findings_of(diagnosis);
  }
}

TEST(Doctor, HasOneRowForEveryAilmentItKnowsOf) {
  std::set<std::string> names;
  int place = 0;
  for (const Ailment& row : all_ailments()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name << " stands there twice";
    EXPECT_GT(row.place, place) << row.name << " shares its place with another";
    place = row.place;
    EXPECT_STRNE(row.title, "") << row.name;
    for (const char* other : row.explained_by)
      EXPECT_TRUE(names.contains(other))
          << row.name << " is explained by " << other << ", which is tested later or not at all";
  }
}

}  // namespace
}  // namespace backstep
