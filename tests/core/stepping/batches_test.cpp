// An epoch goes once through the training set, including a smaller last batch. The rows, with
// the edits made by hand, are kept in one place, which training and measuring share.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "core/doctor/doctor.h"
#include "core/engine/passes.h"
#include "core/proofs/gradient_checks.h"
#include "core/runs/experiment.h"
#include "tests/core/golden_numbers.h"

namespace backstep {
namespace {

using nlohmann::json;

const json& golden() {
  static const json all = golden_file("batches");
  return all;
}

// ---- the batches of PyTorch's DataLoader ---------------------------------------------

constexpr const char* golden_program = R"(x = input("x")
y = target("y")
W1 = param(2, 3, init="zeros")
b1 = param(1, 3, init="zeros")
W2 = param(3, 1, init="zeros")
b2 = param(1, 1, init="zeros")
L = mse(tanh(x @ W1 + b1) @ W2 + b2, y)
)";
constexpr const char* golden_names[] = {"W1", "b1", "W2", "b2"};

Training training_of(const json& settings) {
  Training training;
  for (const auto& [name, value] : settings.items()) {
    if (name == "optimizer")
      training.optimizer = value.get<std::string>();
    else
      set_value(training, *find_training_setting(name),
                value.is_boolean() ? (value.get<bool>() ? 1.0 : 0.0) : value.get<double>());
  }
  return training;
}

Setup golden_setup(const json& run) {
  backstep::Setup setup;
  setup.program = golden_program;
  setup.train = {{"x", golden_matrix(golden().at("x"))}, {"y", golden_matrix(golden().at("y"))}};
  setup.training = training_of(run.at("training"));
  for (std::size_t i = 0; i < std::size(golden_names); ++i)
    setup.parameters[golden_names[i]] = golden_matrix(golden().at("initial")[i]);
  return setup;
}

TEST(Batches, MatchPyTorchOverTenEpochs) {
  const long epochs = golden().at("epochs");
  ASSERT_GE(golden().at("runs").size(), 160u);
  for (const json& run : golden().at("runs")) {
    Experiment experiment(golden_setup(run));
    experiment.work(epochs, Deadline::never());
    ASSERT_EQ(experiment.trainer().epoch(), epochs) << run.at("training");
    const Graph& graph = experiment.timeline().graph();
    for (std::size_t i = 0; i < std::size(golden_names); ++i) {
      const Matrix want = golden_matrix(run.at("parameters")[i]);
      const View have = graph.node(graph.find(golden_names[i])).value;
      for (std::size_t k = 0; k < want.entries.size(); ++k)
        EXPECT_NEAR(have.data[k], want.entries[k], 1e-12 * std::max(1.0, std::abs(want.entries[k])))
            << run.at("training") << ", " << golden_names[i] << "[" << k << "]";
    }
  }
}

TEST(Batches, HaveTheOrdersThatPyTorchWasGiven) {
  for (const json& run : golden().at("runs")) {
    if (!run.at("training").contains("shuffle")) continue;
    backstep::Setup setup = golden_setup(run);
    const Batches batches(setup.train, setup.training);
    for (long epoch = 0; epoch < golden().at("epochs"); ++epoch) {
      std::vector<long> dealt;
      for (long pass = 0; pass < batches.per_epoch(); ++pass) {
        const auto& rows = batches.rows_of(epoch * batches.per_epoch() + pass);
        dealt.insert(dealt.end(), rows.begin(), rows.end());
      }
      EXPECT_EQ(json(dealt), golden().at("orders")[static_cast<std::size_t>(epoch)]);
    }
  }
}

// ---- sizes ---------------------------------------------------------------------------

Setup mean_setup(std::vector<double> targets, long batch_size) {
  backstep::Setup setup;
  setup.program = "x = input(\"x\")\ny = target(\"y\")\nw = param([[0.0]])\nL = mse(x @ w, y)\n";
  const auto rows = static_cast<Index>(targets.size());
  setup.train = {{"x", {{rows, 1}, std::vector<double>(targets.size(), 1.0)}},
                 {"y", {{rows, 1}, std::move(targets)}}};
  setup.training.batch_size = batch_size;
  setup.training.learning_rate = 0.5;
  return setup;
}

double w_after(const Setup& setup, long epochs) {
  Experiment experiment(setup);
  experiment.work(epochs, Deadline::never());
  return experiment.timeline().graph().parameter_memory()[0];
}

TEST(Batches, ASizeCountsWhenItIsSmallerThanTheSet) {
  EXPECT_DOUBLE_EQ(w_after(mean_setup({0, 0, 9}, 2), 1), 9);
  EXPECT_DOUBLE_EQ(w_after(mean_setup({0, 0, 9}, 0), 1), 3);
  EXPECT_DOUBLE_EQ(w_after(mean_setup({0, 0, 9}, 3), 1), 3);
  EXPECT_DOUBLE_EQ(w_after(mean_setup({0, 0, 9}, 4), 1), 3);
}

TEST(Batches, DropLastLeavesOutAnIncompleteBatch) {
  backstep::Setup setup = mean_setup({1, 1, 9}, 2);
  setup.training.drop_last = true;
  EXPECT_DOUBLE_EQ(w_after(setup, 1), 1);
  setup.training.batch_size = 4;  // more than there are, which makes one batch of all
  EXPECT_DOUBLE_EQ(w_after(setup, 1), 11.0 / 3);
}

TEST(Batches, CoverEverySampleOnceAnEpoch) {
  for (long samples = 1; samples <= 12; ++samples)
    for (long size = 0; size <= 13; ++size)
      for (const bool drop_last : {false, true}) {
        Training training;
        training.batch_size = size;
        training.drop_last = drop_last;
        NamedData data = {
            {"x", {{samples, 1}, std::vector<double>(static_cast<std::size_t>(samples), 0.0)}}};
        const Batches batches(data, training);
        std::vector<long> seen;
        for (long pass = 0; pass < batches.per_epoch(); ++pass) {
          const auto& rows = batches.rows_of(pass);
          EXPECT_LE(rows.size(), static_cast<std::size_t>(batches.batch_size()));
          EXPECT_EQ(rows.size() < static_cast<std::size_t>(batches.batch_size()),
                    batches.is_smaller(pass));
          seen.insert(seen.end(), rows.begin(), rows.end());
        }
        std::vector<long> all(
            static_cast<std::size_t>(drop_last ? samples - batches.remainder() : samples));
        std::iota(all.begin(), all.end(), 0);
        EXPECT_EQ(seen, all) << samples << " samples, batches of " << size;
        EXPECT_EQ(passes_per_epoch(samples, training), batches.per_epoch());
      }
}

TEST(Batches, AProgramThatCannotTakeASmallerBatchIsRefused) {
  backstep::Setup setup = mean_setup({1, 2, 3, 4, 5}, 2);
  setup.program =
      "x = input(\"x\")\ny = target(\"y\")\nw = param([[1.0, 1.0]])\nL = sum(w @ (x - y))\n";
  try {
    Experiment experiment(setup);
    FAIL() << "a batch of 1 does not fit";
  } catch (const ProgramError& error) {
    EXPECT_NE(error.message.find("in the last batch of an epoch, of 1; drop_last"),
              std::string::npos)
        << error.message;
  }
}

// ---- stepping through a smaller batch ---------------------------------------------------

Setup circle_setup() {
  backstep::Setup setup;
  setup.network = Network();
  setup.network->batch_norm = true;
  setup.network->dropout = 0.2;
  setup.samples = draw_samples(*find_data_set("circle"), {.samples = 46});  // 23 to train on
  setup.training.optimizer = "adam";
  setup.training.learning_rate = 0.01;
  setup.training.batch_size = 5;
  setup.training.shuffle = true;
  setup.training.accumulate = 2;
  return setup;
}

TEST(SmallerBatch, ShowsItsOwnRowsOnly) {
  Experiment experiment(circle_setup());
  Timeline& timeline = experiment.timeline();
  const Batches& batches = timeline.batches();
  const Matrix& x = experiment.data().train.at("x");
  for (long update : {3L, 4L, 5L, 9L, 4L, 0L}) {
    timeline.seek({update, 1});
    const View rows = timeline.graph().node(timeline.graph().find("x")).value;
    ASSERT_EQ(rows.shape, (Shape{batches.is_smaller(update) ? 3 : 5, 2})) << update;
    const auto& dealt = batches.rows_of(update);
    for (Index row = 0; row < rows.shape.rows; ++row)
      for (Index column = 0; column < 2; ++column)
        EXPECT_EQ(
            rows(row, column),
            x.entries[static_cast<std::size_t>(dealt[static_cast<std::size_t>(row)] * 2 + column)]);
  }
}

TEST(SmallerBatch, IsCheckedByNudging) {
  backstep::Setup setup = circle_setup();
  setup.network->dropout = 0;
  Experiment experiment(setup);
  experiment.timeline().seek({4, 0});
  GradientChecks checks(experiment.timeline());
  checks.work(Deadline::never());
  EXPECT_GT(checks.total(), 0u);
  EXPECT_EQ(checks.count(Verdict::differs), 0u);
  Nudger nudger(experiment.timeline().graph());
  experiment.timeline().seek({5, 0});  // a nudger made in the smaller batch adapts
  nudger.follow(experiment.timeline());
  EXPECT_TRUE(nudger.whole_pass().shaped_like(experiment.timeline().graph()));
}

// Steps, seeks and restored moments in any order end in the same state as a straight run.
TEST(SmallerBatch, AnyWayThroughItEndsInTheSameBits) {
  const backstep::Setup setup = circle_setup();
  Experiment walked(setup), straight(setup);
  Timeline& timeline = walked.timeline();
  std::mt19937 random(3);
  for (int move = 0; move < 150; ++move) {
    const Position to = {static_cast<long>(random() % 30),
                         static_cast<int>(random() % static_cast<unsigned>(timeline.ticks() + 1))};
    switch (random() % 5) {
      case 0:
        timeline.step();
        break;
      case 1:
        timeline.step_back();
        break;
      case 2: {
        const TimelineState moment = timeline.state();
        timeline.seek(to);
        timeline.restore(moment);
        EXPECT_EQ(timeline.state(), moment);
        break;
      }
      default:
        timeline.seek(to);
    }
  }
  for (long update : {34L, 35L}) {  // beyond the updates visited so far
    timeline.seek({update, 9});
    straight.timeline().seek({update, 9});
    EXPECT_EQ(timeline.state(), straight.timeline().state());
    EXPECT_EQ(timeline.copy().state(), timeline.state());
  }
}

TEST(SmallerBatch, KeepsAnEditedWeightAndAnEditedInput) {
  backstep::Setup setup = mean_setup({1, 2, 3}, 2);
  setup.program =
      "x = input(\"x\")\ny = target(\"y\")\nc = input([[2.0]])\nw = param([[0.0]])\n"
      "L = mse(x @ w * c, y)\n";
  Experiment experiment(setup);
  Timeline& timeline = experiment.timeline();
  const int c = timeline.graph().find("c"), w = timeline.graph().find("w");
  timeline.seek({1, 0});  // a batch of one row
  timeline.edit(c, 0, 3);
  timeline.edit(w, 0, 0.25);
  EXPECT_EQ(timeline.leaf_at_start(w).entries[0], 0.25);
  timeline.seek({2, 0});
  EXPECT_EQ(timeline.graph().node(c).value[0], 3);
  timeline.seek({1, timeline.ticks()});
  EXPECT_EQ(timeline.graph().node(c).value[0], 3);
  // At w = 0.25 the gradient of L = (3w − 3)² is 2·(0.75 − 3)·3.
  EXPECT_DOUBLE_EQ(timeline.graph().node(w).value[0], 0.25 + 0.5 * 2 * 2.25 * 3);
}

// ---- rows edited by hand -----------------------------------------------------------------

void expect_rows_everywhere(Experiment& experiment) {
  experiment.trainer().forget_what_changed();
  experiment.work(experiment.trainer().epoch() + 1, Deadline::never());
  const Graph& trained = experiment.timeline().graph();
  Graph whole = experiment.make()(experiment.data().train);
  std::copy(trained.parameter_memory().begin(), trained.parameter_memory().end(),
            whole.parameter_memory().data);
  forward_pass(whole);
  EXPECT_NEAR(experiment.trainer().history().train_loss().back(), whole.node(whole.loss()).value[0],
              1e-12);
  FullSetPass full_pass(experiment.timeline(), experiment.make(), experiment.data());
  full_pass.begin(trained);
  EXPECT_EQ(copy_of(full_pass.graph().node(full_pass.graph().find("y")).value),
            experiment.data().train.at("y"));
}

TEST(EditedRows, AreTheRowsWhoseLossIsRecorded) {
  for (long batch_size : {0L, 2L, 3L}) {
    Experiment experiment(mean_setup({0, 0, 0, 0, 0}, batch_size));
    Timeline& timeline = experiment.timeline();
    FullSetPass full_pass(timeline, experiment.make(), experiment.data());
    const int y = timeline.graph().find("y");
    timeline.edit(y, 1, 100);
    EXPECT_EQ(experiment.data().train.at("y").entries, (std::vector<double>{0, 100, 0, 0, 0}));
    expect_rows_everywhere(experiment);
    full_pass.begin(timeline.graph());  // this pass was made before the edit
    EXPECT_EQ(full_pass.graph().node(full_pass.graph().find("y")).value[1], 100);
    timeline.seek({timeline.batches().per_epoch() * 2 - 1, 3});  // in the last, smaller batch
    const long row = timeline.batches().rows_of(timeline.position().update).back();
    timeline.edit(y, timeline.graph().node(y).value.shape.rows - 1, -7);
    EXPECT_EQ(experiment.data().train.at("y").entries[static_cast<std::size_t>(row)], -7);
    expect_rows_everywhere(experiment);
    EXPECT_EQ(experiment.data().train.at("y").entries[1], 100);
  }
}

TEST(EditedRows, AreRestoredWithAMoment) {
  Experiment experiment(mean_setup({0, 1, 2, 3, 4}, 2));
  Timeline& timeline = experiment.timeline();
  const int y = timeline.graph().find("y");
  const TimelineState before = timeline.state();
  timeline.edit(y, 0, 50);
  timeline.seek({1, 2});
  timeline.edit(y, 1, 60);
  const std::vector<double> edited = {50, 1, 2, 60, 4};
  EXPECT_EQ(experiment.data().train.at("y").entries, edited);
  timeline.seek({2, 1});
  const TimelineState after = timeline.state();
  timeline.restore(before);
  EXPECT_EQ(experiment.data().train.at("y").entries, (std::vector<double>{0, 1, 2, 3, 4}));
  EXPECT_TRUE(timeline.batches().edits().empty());
  timeline.restore(after);  // this moment is in a pass that has no edited rows
  EXPECT_EQ(experiment.data().train.at("y").entries, edited);
  EXPECT_EQ(timeline.state(), after);
}

TEST(EditedRows, AreSeenByEveryLeafThatReadsThem) {
  backstep::Setup setup = mean_setup({0, 1, 2}, 0);
  setup.program =
      "x = input(\"x\")\nagain = input(\"x\")\ny = target(\"y\")\nw = param([[1.0]])\n"
      "L = mse(x @ w + again, y)\n";
  Experiment experiment(setup);
  Timeline& timeline = experiment.timeline();
  timeline.edit(timeline.graph().find("x"), 1, 5);
  EXPECT_EQ(timeline.graph().node(timeline.graph().find("again")).value[1], 5);
  EXPECT_EQ(experiment.data().train.at("x").entries[1], 5);
}

// An edit rounds its own entry; the other rows keep the digits that passes round off.
TEST(EditedRows, LeaveOtherRowsUnrounded) {
  backstep::Setup setup = mean_setup({0.1, 0.2, 0.3}, 2);
  setup.precision = Precision::float16;
  Experiment experiment(setup);
  Timeline& timeline = experiment.timeline();
  timeline.edit(timeline.graph().find("y"), 1, 0.7);
  const std::vector<double> want = {0.1, round_to(0.7, Precision::float16), 0.3};
  EXPECT_EQ(experiment.data().train.at("y").entries, want);
}

TEST(EditedRows, AreInARunMadeFromTheSameSetup) {
  backstep::Setup setup = mean_setup({0, 1, 2}, 2);
  Experiment first(setup);
  first.timeline().edit(first.timeline().graph().find("y"), 0, 9);
  setup.row_edits = first.timeline().batches().edits();
  Experiment second(setup);
  EXPECT_EQ(second.data().train.at("y").entries, (std::vector<double>{9, 1, 2}));
  EXPECT_EQ(second.timeline().graph().node(second.timeline().graph().find("y")).value[0], 9);
  setup.train["y"].entries[0] = 4;  // the edit belongs to other data and is left out
  EXPECT_EQ(Experiment(setup).data().train.at("y").entries, (std::vector<double>{4, 1, 2}));
}

// ---- many rows ---------------------------------------------------------------------------

// A graph of all these rows at once would exceed the memory limit of a graph.
TEST(ManyRows, AreExaminedInParts) {
  backstep::Setup setup;
  setup.network = Network();
  setup.network->widths = {1000, 1000};
  constexpr Index rows = 20'000;
  setup.train = {{"x", {{rows, 1}, std::vector<double>(rows, 0.5)}},
                 {"y", {{rows, 1}, std::vector<double>(rows, 1.0)}}};
  EXPECT_THROW(graph_maker_of(setup)(setup.train), ProgramTooLarge);
  setup.training.batch_size = 10;
  Experiment experiment(setup);
  experiment.timeline().seek({1, 0});
  long examined = rows;
  const Graph graph = graph_that_fits(experiment.make(), experiment.data().train, examined);
  EXPECT_GE(examined, 1000);
  EXPECT_LT(examined, rows);
  EXPECT_EQ(graph.node(graph.find("x")).value.shape.rows, examined);
}

}  // namespace
}  // namespace backstep
