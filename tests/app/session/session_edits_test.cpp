// An edit after an update is shown in the pass that uses it, and one step back, or undo, returns
// to where it was made.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "app/documents/session_file.h"
#include "app/explain/training_words.h"
#include "app/session/session.h"
#include "core/runs/data_sets.h"
#include "tests/app/graph/named_nodes.h"
#include "tests/core/program/random_program.h"
#include "tests/core/stepping/timelines.h"

namespace backstep {
namespace {

Document one_neuron() {
  Document document;
  document.setup.program =
      "x = input([[0.5, 0.8]])\ny = target(1)\nW = param([[0.4], [0.6]])\nb = param(0.1)\n"
      "p = sigmoid(x @ W + b)\nL = half_mse(p, y)\n";
  document.setup.training.learning_rate = 0.5;
  return document;
}

// A network that Adam trains on 7 samples in batches of 2.
Document in_batches(bool shuffled) {
  Document document;
  document.setup.network = Network();
  document.setup.network->widths = {2};
  document.setup.samples = draw_samples(*find_data_set("circle"), {10, 0.1, 0.7, 1});
  document.setup.training.optimizer = "adam";
  document.setup.training.batch_size = 2;
  document.setup.training.shuffle = shuffled;
  return document;
}

int gradients(const Session& session) {
  return session.timeline().forward_ticks() + session.timeline().backward_ticks();
}

TEST(SessionEdits, AfterAnUpdateAreUndoneByOneStepBackAndByUndo) {
  for (const Document& document : {one_neuron(), in_batches(false), in_batches(true)}) {
    const Session fresh(document);
    const int ticks = fresh.timeline().ticks();
    std::vector<int> leaves = fresh.graph().parameters();
    for (const char* data : {"x", "y"}) leaves.push_back(node(fresh, data));
    for (const Position& position : {Position{8, ticks}, {0, ticks}, {2, gradients(fresh) + 1}})
      for (const int leaf : leaves) {
        Session session(document);
        session.train(9);
        session.seek(position);
        const Everything before = everything(session.timeline());
        for (int i = 1; i <= 3; ++i) session.edit_entry(leaf, 0, 0.3 * i);
        session.end_burst();
        EXPECT_EQ(session.timeline().position().tick, gradients(session));
        EXPECT_EQ(session.graph().node(leaf).value[0], 0.3 * 3);
        EXPECT_EQ(session.edited_from(), position);
        const Everything after = everything(session.timeline());
        session.step_back();
        EXPECT_TRUE(everything(session.timeline()) == before) << "stepped back";
        session.redo();
        EXPECT_TRUE(everything(session.timeline()) == after) << "redone";
        session.undo();
        EXPECT_TRUE(everything(session.timeline()) == before) << "undone";
        EXPECT_FALSE(session.edited_from());
      }
  }
}

TEST(SessionEdits, AfterAnUpdateDoNotHinderSteps) {
  Session session(one_neuron());
  session.train(1);
  session.edit_entry(node(session, "b"), 0, 2);
  session.end_burst();
  session.edit_entry(node(session, "W"), 0, 2);
  EXPECT_FALSE(session.edited_from()) << "this edit is shown where it was made";
  session.step_back();
  EXPECT_EQ(session.timeline().position(), (Position{1, gradients(session) - 1}));
  EXPECT_EQ(value(session, "b"), 2);
  session.undo();
  session.undo();
  EXPECT_EQ(session.timeline().position(), (Position{0, session.timeline().ticks()}));
  EXPECT_FALSE(session.can_undo());
}

TEST(SessionEdits, InTheMiddleOfAPassStayThere) {
  Session session(one_neuron());
  for (int tick = 0; tick <= gradients(session); ++tick) {
    session.seek({3, tick});
    session.edit_entry(node(session, "b"), 0, 0.1 * tick);
    EXPECT_EQ(session.timeline().position(), (Position{3, tick}));
    EXPECT_FALSE(session.edited_from());
  }
}

// The numbers are compared with formulas, not with another run of the same code.
TEST(SessionEdits, AfterTrainingShowTheGradientsOfTheEditedWeight) {
  Session session(one_neuron());
  session.train(100);
  session.edit_entry(node(session, "W"), 1, -3);
  const double w1 = value(session, "W"), b = value(session, "b");
  const double p = 1 / (1 + std::exp(-(0.5 * w1 + 0.8 * -3 + b)));
  const double slope = (p - 1) * p * (1 - p);
  EXPECT_NEAR(value(session, "p"), p, 1e-12);
  EXPECT_NEAR(value(session, "L"), (p - 1) * (p - 1) / 2, 1e-12);
  const View gradient = session.graph().node(node(session, "W")).gradient;
  EXPECT_NEAR(gradient[0], 0.5 * slope, 1e-12);
  EXPECT_NEAR(gradient[1], 0.8 * slope, 1e-12);
  EXPECT_EQ(session.check(node(session, "W"), 1).verdict, Verdict::agrees);
}

TEST(SessionEdits, OfASingleSampleAreUndoneInItsOwnPass) {
  for (const int tick : {2, 1000}) {
    Session session(in_batches(false));
    session.train(5);
    session.pick_sample(3);
    session.seek({1, tick});
    const long graph = session.graph_revision();
    const Everything alone = everything(session.timeline());
    const Everything training = everything(session.training_timeline());
    session.edit_entry(session.graph().parameters().front(), 0, 0.7);
    EXPECT_EQ(session.training_timeline()
                  .leaf_at_start(session.graph().parameters().front())
                  .entries.front(),
              0.7);
    EXPECT_EQ(session.edited_from().has_value(), tick == 1000);
    session.undo();
    EXPECT_TRUE(everything(session.timeline()) == alone);
    EXPECT_TRUE(everything(session.training_timeline()) == training);
    EXPECT_EQ(session.graph_revision(), graph) << "the selection is kept";
  }
}

TEST(SessionEdits, AfterAnUpdateAreSavedAtTheirPosition) {
  Session session(one_neuron());
  session.train(3);
  session.edit_entry(node(session, "W"), 0, 1.0 / 3);
  Document saved = session.document();
  Session again(saved);
  for (const char* name : {"W", "b", "p", "L"}) {
    const View now = session.graph().node(node(session, name)).value,
               then = again.graph().node(node(again, name)).value;
    EXPECT_TRUE(std::equal(now.begin(), now.end(), then.begin())) << name;
  }
  EXPECT_EQ(again.graph().node(node(again, "W")).gradient[0],
            session.graph().node(node(session, "W")).gradient[0]);
}

TEST(SessionEdits, SayWhichPassIsRunToShowThem) {
  Session session(in_batches(false));
  const int ticks = session.timeline().ticks();
  session.seek({7, ticks});
  const auto said = [&](const char* leaf) {
    session.edit_entry(node(session, leaf), 0, 0.25);
    session.end_burst();
    return edit_words(session.timeline(), node(session, leaf), session.edited_from().value(),
                      "← or Ctrl+Z");
  };
  const std::string batch = batch_words(session.timeline(), ", ");
  EXPECT_EQ(said("x"),
            "x is edited. This pass is run again with it, to the end of its backward pass. ← or "
            "Ctrl+Z goes back.");
  EXPECT_EQ(batch_words(session.timeline(), ", "), batch)
      << "the pass has the batch that was on show";
  session.seek({7, ticks});
  EXPECT_EQ(said("W1"),
            "W₁ is edited. Pass 9 (epoch 3, batch 1 of 4) is run with it, to the end of its "
            "backward pass. ← or Ctrl+Z goes back.");
}

// ---- a walk ---------------------------------------------------------------------------

// Edits, moves, undo and redo in random order: every state that is returned to is restored.
class Walk {
 public:
  Walk(Document document, std::uint64_t seed) : session_(std::move(document)), random_(seed) {}

  void move() {
    switch (below(random_, 8)) {
      case 0:
        return session_.step();
      case 1:
        return session_.edited_from() ? undo() : session_.step_back();
      case 2:
        return session_.train(below(random_, 3));
      case 3:
        return session_.seek(
            {std::max(0L, session_.timeline().position().update - 1 + below(random_, 3)),
             below(random_, session_.timeline().ticks() + 1)});
      case 4:
        return undo();
      case 5:
        return redo();
      default:
        return edit();
    }
  }

 private:
  Everything now() const { return everything(session_.timeline()); }

  void edit() {
    undone_.clear();
    done_.push_back(now());
    if (below(random_, 6) == 0) {
      session_.set_learning_rate(0.01 + random_.uniform());
    } else {
      const Graph& graph = session_.graph();
      int leaf = 0;
      do leaf = below(random_, static_cast<int>(graph.nodes().size()));
      while (!graph.node(leaf).is_editable());
      const int count = static_cast<int>(graph.node(leaf).value.shape.size());
      const Index entry = below(random_, count);
      for (int i = below(random_, 3); i >= 0; --i)
        session_.edit_entry(leaf, entry, random_.uniform());
    }
    session_.end_burst();
  }

  void undo() {
    ASSERT_EQ(done_.empty(), !session_.can_undo());
    if (done_.empty()) return;
    undone_.push_back(now());
    session_.undo();
    EXPECT_TRUE(now() == done_.back());
    done_.pop_back();
  }

  void redo() {
    ASSERT_EQ(undone_.empty(), !session_.can_redo());
    if (undone_.empty()) return;
    done_.push_back(now());
    session_.redo();
    EXPECT_TRUE(now() == undone_.back());
    undone_.pop_back();
  }

  Session session_;
  Random random_;
  std::vector<Everything> done_, undone_;
};

TEST(SessionEdits, AreUndoneAndRedoneFromAnyPosition) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed)
    for (const Document& document : {one_neuron(), in_batches(false), in_batches(true)}) {
      Walk walk(document, seed);
      for (int i = 0; i < 120; ++i) {
        walk.move();
        ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed << ", move " << i;
      }
    }
}

}  // namespace
}  // namespace backstep
