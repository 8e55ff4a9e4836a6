// Compare's runs follow the session: they belong to one setup and one learning rate,
// and a refusal is not repeated with every frame.
#include <gtest/gtest.h>

#include "app/workspace/workspace_actions.h"

namespace backstep {
namespace {

Document circle_network() {
  Document document;
  document.setup.network = Network();
  document.setup.samples = draw_samples(*find_data_set("circle"), {.samples = 20});
  document.source.kind = DataSource::Kind::built_in;
  document.source.set = "circle";
  document.compare_by = "activation";
  document.compare_values = {"tanh", "relu"};
  return document;
}

TEST(ComparedRuns, AreThoseTheDocumentNames) {
  Session session(circle_network());
  ComparedRuns compared;
  std::string mistake;
  EXPECT_FALSE(compared.belong_to(session));
  EXPECT_TRUE(compared.keep_up(session, mistake));
  EXPECT_EQ(mistake, "");
  EXPECT_TRUE(compared.belong_to(session));
  EXPECT_EQ(compared.comparison()->values(), (std::vector<std::string>{"tanh", "relu"}));
  EXPECT_FALSE(compared.keep_up(session, mistake)) << "the same setup keeps its runs";
}

TEST(ComparedRuns, FollowAnotherLearningRate) {
  Session session(circle_network());
  ComparedRuns compared;
  std::string mistake;
  compared.keep_up(session, mistake);
  compared.choose(1);
  session.set_learning_rate(0.5);
  EXPECT_FALSE(compared.belong_to(session));
  EXPECT_TRUE(compared.keep_up(session, mistake));
  EXPECT_EQ(compared.comparison()->base().training.learning_rate, 0.5);
  EXPECT_EQ(compared.chosen(), 0);
}

TEST(ComparedRuns, ARefusalKeepsTheRunsAndIsNotRepeated) {
  Session session(circle_network());
  ComparedRuns compared;
  EXPECT_EQ(compared.compare(session, "activation", {"tanh", "relu", "elu"}), "");
  EXPECT_NE(compared.compare(session, "activation", {"tanh", "no such activation"}), "");
  EXPECT_NE(compared.compare(session, "activation", {"tanh"}), "");
  EXPECT_EQ(compared.comparison()->runs().size(), 3u);
  EXPECT_EQ(session.as_given().compare_values, (std::vector<std::string>{"tanh", "relu", "elu"}))
      << "only what is compared is saved";
  std::string mistake;
  EXPECT_FALSE(compared.keep_up(session, mistake));
  EXPECT_EQ(mistake, "");
}

TEST(ComparedRuns, TheChosenRunIsOneThatIsThere) {
  Session session(circle_network());
  ComparedRuns compared;
  compared.choose(3);
  EXPECT_EQ(compared.chosen(), 0);
  compared.compare(session, "activation", {"tanh", "relu", "elu"});
  compared.choose(9);
  EXPECT_EQ(compared.chosen(), 2);
  compared.replay(0, {"batch_norm", "on"});
  EXPECT_EQ(compared.chosen(), 3) << "the replay is looked at";
  compared.remove(3);
  EXPECT_EQ(compared.comparison()->runs().size(), 3u);
  EXPECT_EQ(compared.chosen(), 0);
}

// A workspace without a window: training, Compare and undo work as they do in one.
TEST(Workspace, TrainsAndComparesWithoutAWindow) {
  Workspace workspace{Settings()};
  workspace.open(circle_network(), {});
  workspace.playback.train_now(3);
  EXPECT_EQ(workspace.session().trainer().epoch(), 3);
  carry_out(workspace, action::Replay{-1, {"batch_norm", "on"}});
  ASSERT_TRUE(workspace.is_comparing()) << workspace.view.message;
  EXPECT_EQ(workspace.playback.last_epoch(), 3) << "as far as the run that is replayed";
  workspace.playback.settle();
  EXPECT_EQ(workspace.lab.comparison()->epoch(), 3);
  EXPECT_FALSE(workspace.view.training);
  EXPECT_TRUE(workspace.lab.comparison()->runs()[1].view.diagnosis());
}

TEST(Workspace, OneEpochAskedForTwiceIsTwoEpochs) {
  Workspace workspace{Settings()};
  workspace.open(circle_network(), {});
  workspace.set_mode(Mode::train);
  workspace.playback.train_one_epoch();
  workspace.playback.train_one_epoch();
  EXPECT_TRUE(workspace.playback.trains_to_an_epoch());
  while (workspace.view.training) workspace.playback.work();
  EXPECT_EQ(workspace.session().trainer().epoch(), 2);
}

}  // namespace
}  // namespace backstep
