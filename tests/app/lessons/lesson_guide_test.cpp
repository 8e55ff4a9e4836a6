// The guide leads through a lesson without a window: the host here is a bare
// workspace.
#include "app/lessons/lesson_guide.h"

#include <gtest/gtest.h>

#include "app/lessons/lesson_file.h"
#include "app/lessons/lesson_host.h"

namespace backstep {
namespace {

constexpr const char* lesson_text = R"(# One weight

A line.

```python
x = input(2.0)
y = target(4.0)
w = param(0.5)
p = w * x
e = y - p
L = e**2
```

## Predict

```step
at: start
point: w
predict: gradient w
do: step to forward L
```

Text.

## Edit

```step
at: forward
do: edit w = 1
```

Text.

## Train

```step
edit: w = 1
at: epoch 2
do: train to epoch 5
```

Text.
)";

struct BareHost final : LessonHost {
  Workspace& workspace() override { return open; }
  void open_for_lesson(Document document) override { open.open(std::move(document), {}); }
  void forget_old_graph() override { ++forgotten; }
  Workspace open{Settings{}};
  int forgotten = 0;
};

class Guide : public testing::Test {
 protected:
  Guide() {
    std::vector<LessonMistake> mistakes;
    guide_.emplace(parse_lesson(lesson_text, mistakes));
    EXPECT_TRUE(mistakes.empty());
    EXPECT_TRUE(guide_->begin(host_));
    settle();
  }

  void settle() {
    do guide_->work(host_.open, Deadline::never());
    while (guide_->transition());
  }
  Session& session() { return host_.open.session(); }
  const Position& position() { return position_ = session().timeline().position(); }

  BareHost host_;
  std::optional<LessonGuide> guide_;
  Position position_;
};

TEST_F(Guide, GoesOnWhenWhatIsAskedAndDemandedIsDone) {
  EXPECT_EQ(host_.forgotten, 1);
  EXPECT_EQ(host_.open.view.pointed_nodes, std::vector<int>{session().graph().find("w")});
  EXPECT_FALSE(guide_->go_on(host_, 1));
  EXPECT_EQ(guide_->step(), 0) << "the prediction is not made";
  guide_->predict(host_.open, "12");
  EXPECT_TRUE(guide_->asks());
  guide_->predict(host_.open, "-12");
  EXPECT_FALSE(guide_->asks());
  EXPECT_EQ(guide_->right(), 0) << "the first answer counts";
  guide_->go_on(host_, 1);
  EXPECT_EQ(guide_->step(), 0) << "the demand is not met";
  session().seek({0, 3});
  settle();
  EXPECT_TRUE(guide_->may_go_on());
  guide_->go_on(host_, 1);
  EXPECT_EQ(guide_->step(), 1);
  EXPECT_EQ(guide_->progress().reached, 1);
}

TEST_F(Guide, JudgesAPredictionAndLeavesTheCursorWhereItIs) {
  session().seek({0, 2});
  const long revision = session().revision();
  guide_->predict(host_.open, "-12");
  EXPECT_TRUE(guide_->answer()->judgement.right);
  EXPECT_EQ(position(), (Position{0, 2}));
  EXPECT_EQ(session().revision(), revision) << "the truth comes from a copy";
}

TEST_F(Guide, ShowsWhatIsAskedAndThenWhatIsDemanded) {
  guide_->show_me(host_.open);
  EXPECT_EQ(guide_->answer()->judgement.truth, -12);
  EXPECT_TRUE(guide_->demands());
  guide_->show_me(host_.open);
  settle();
  EXPECT_TRUE(guide_->may_go_on());
  EXPECT_EQ(position().tick, session().timeline().forward_ticks());
}

TEST_F(Guide, TrainsToWhereAStepIsAndToWhatItDemands) {
  guide_->enter(host_, 2);
  ASSERT_TRUE(guide_->transition());
  EXPECT_EQ(guide_->transition()->to, 2);
  settle();
  EXPECT_EQ(session().trainer().epoch(), 2);
  EXPECT_EQ(guide_->epoch_demanded(host_.open), 5);
  guide_->show_me(host_.open);
  ASSERT_TRUE(guide_->transition());
  settle();
  EXPECT_EQ(session().trainer().epoch(), 5);
  EXPECT_FALSE(guide_->demands());
  EXPECT_FALSE(guide_->epoch_demanded(host_.open));
  EXPECT_TRUE(guide_->go_on(host_, 1)) << "the lesson ends";
  EXPECT_TRUE(guide_->progress().finished);
}

// What a student did by hand is what the next step says, so nothing is opened anew.
TEST_F(Guide, KeepsWhatWasDoneByHand) {
  guide_->enter(host_, 1);
  settle();
  const long run = session().run_number();
  session().edit_entry(session().graph().find("w"), 0, 1);
  settle();
  EXPECT_TRUE(guide_->may_go_on());
  guide_->go_on(host_, 1);
  settle();
  EXPECT_EQ(session().run_number(), run);
  EXPECT_FALSE(session().is_changed());
}

TEST_F(Guide, BringsTheLessonsNetworkBack) {
  session().set_program("q = input(2)\nL = q * q\n");
  guide_->enter(host_, 1);
  settle();
  EXPECT_GE(session().graph().find("w"), 0);
  EXPECT_EQ(guide_->visit(), 2);
}

}  // namespace
}  // namespace backstep
