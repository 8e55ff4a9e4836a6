// A session with a network: what a change of its setup keeps, what undo restores, and a single
// sample on show.
#include <gtest/gtest.h>

#include "app/session/session.h"

namespace backstep {
namespace {

Document circle_document() {
  Document document;
  document.setup.network = Network();
  document.setup.samples = draw_samples(*find_data_set("circle"), {.samples = 60});
  document.source.kind = DataSource::Kind::built_in;
  document.source.set = "circle";
  document.setup.training.learning_rate = 0.03;
  document.setup.training.batch_size = 10;
  return document;
}

std::vector<double> parameters_of(const Session& session) {
  const View memory = session.training_timeline().graph().parameter_memory();
  return {memory.begin(), memory.end()};
}

TEST(SessionLab, RestartReturnsToTheSameWeights) {
  Session session(circle_document());
  const std::vector<double> start = parameters_of(session);
  session.train_epochs(10);
  EXPECT_EQ(session.trainer().epoch(), 10);
  EXPECT_NE(parameters_of(session), start);
  session.restart();
  EXPECT_EQ(parameters_of(session), start);
  EXPECT_EQ(session.trainer().epoch(), 0);
}

TEST(SessionLab, ChangingTrainingKeepsTrainedAndInitialWeights) {
  Session session(circle_document());
  const std::vector<double> start = parameters_of(session);
  session.train_epochs(5);
  const std::vector<double> trained = parameters_of(session);
  auto setup = session.setup();
  setup.training.optimizer = "adam";
  session.change_setup(setup, "");
  EXPECT_EQ(parameters_of(session), trained);
  session.restart();
  EXPECT_EQ(parameters_of(session), start);
  EXPECT_EQ(session.training_timeline().training().optimizer, "adam");
  EXPECT_EQ(session.source().set, "circle");
}

TEST(SessionLab, AnotherNetworkIsANewProgramAndCanBeUndone) {
  Session session(circle_document());
  session.train_epochs(3);
  const std::string program = session.program();
  const std::vector<double> trained = parameters_of(session);
  auto setup = session.setup();
  setup.network->widths = {5, 5, 5};
  session.change_setup(setup, "");
  EXPECT_NE(session.program(), program);
  EXPECT_EQ(session.trainer().epoch(), 0);
  session.undo();
  EXPECT_EQ(session.program(), program);
  EXPECT_EQ(parameters_of(session), trained);
  session.redo();
  EXPECT_EQ(session.setup().network->widths.size(), 3u);
}

TEST(SessionLab, TypingInTheProgramDetachesItFromTheNetwork) {
  Session session(circle_document());
  std::string text = session.program();
  text.replace(text.find("tanh(z1)"), 8, "relu(z1)");
  session.set_program(text);
  EXPECT_FALSE(session.mistake());
  EXPECT_FALSE(session.setup().network);
  session.train_epochs(2);
  EXPECT_EQ(session.trainer().epoch(), 2);
}

TEST(SessionLab, ASingleSampleSharesEditsOfWeights) {
  Session session(circle_document());
  session.train_epochs(2);
  session.pick_sample(7);
  ASSERT_TRUE(session.picked_sample());
  EXPECT_EQ(session.samples_shown(), std::vector<long>{7});
  const Graph& one = session.graph();
  const View x = one.node(one.find("x")).value;
  ASSERT_EQ(x.shape, (Shape{1, 2}));
  EXPECT_EQ(x[0], session.setup().samples->inputs.entries[14]);
  session.edit_entry(one.find("W1"), 0, 0.75);
  session.pick_sample(-1);
  EXPECT_EQ(session.graph().node(session.graph().find("W1")).value[0], 0.75);
  session.undo();
  EXPECT_NE(session.graph().node(session.graph().find("W1")).value[0], 0.75);
}

TEST(SessionLab, DrawnPointsBecomeRowsOfTheSession) {
  Session session(circle_document());
  session.train_epochs(2);
  const std::vector<double> trained = parameters_of(session);
  auto setup = session.setup();
  setup.samples.own().inputs.entries[0] += 1;
  session.change_setup(setup, "point");
  EXPECT_EQ(session.source().kind, DataSource::Kind::rows);
  EXPECT_EQ(parameters_of(session), trained);
}

}  // namespace
}  // namespace backstep
