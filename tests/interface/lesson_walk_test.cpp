// Each lesson is opened from the list and gone through to its end as a person does, with every
// prediction typed and every task done.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/commands/commands.h"
#include "app/lessons/lesson_file.h"
#include "app/lessons/lesson_guide.h"
#include "app/paint/numbers.h"
#include "driver.h"

namespace backstep {
namespace {

// Waits until the network is where the step needs it, as training may take a while.
void wait(Driver& driver) {
  for (int i = 0; i < 4000; ++i) {
    LessonGuide* lesson = driver.app().lesson();
    if (!lesson || (!lesson->transition() && !driver.app().view().training)) return;
    driver.frames(1);
  }
  ADD_FAILURE() << "the lesson never gets there";
}

// Scrolls the lesson until the probe is visible.
void scroll_lesson_to(Driver& driver, const std::string& probe) {
  for (int i = 0; i < 40; ++i) {
    const Rect text = driver.rect("lesson.text"), wanted = driver.rect(probe);
    if (wanted.y >= text.y && wanted.bottom() <= text.bottom()) return;
    driver.wheel("lesson.text", wanted.y < text.y ? 2.0f : -2.0f);
    driver.frames(1);
  }
}

void press(Driver& driver, const std::string& probe) {
  driver.frames(2);  // a new message may have moved things
  scroll_lesson_to(driver, probe);
  driver.click(probe);
}

// The right answer as a person types it.
std::string truth(Driver& driver) {
  const PredictionWanted& wanted = driver.app().lesson()->now().predict->value;
  Session& session = driver.session();
  const Timeline& timeline = session.timeline();
  const Position now = timeline.position();
  session.seek({now.update, timeline.forward_ticks() + timeline.backward_ticks()});
  std::string mistake;
  const EntryPlace place = entry_of(wanted.entry, session.graph(), mistake);
  EXPECT_EQ(mistake, "");
  const double right = truth_of(session.graph(), {wanted.asked, place.node, place.entry});
  session.seek(now);
  if (wanted.asked != Asked::sign_of_gradient) return exact_number(right);
  return right > 0 ? "+" : right < 0 ? "-" : "0";
}

void answer(Driver& driver, const std::string& text) {
  press(driver, "lesson.answer");
  driver.key(GLFW_KEY_A, true);
  driver.type(text + "\n");
}

std::string place_of(Driver& driver) {
  const LessonGuide& lesson = *driver.app().lesson();
  return lesson.lesson().id + ", step " + std::to_string(lesson.step() + 1);
}

void do_step(Driver& driver) {
  LessonGuide& lesson = *driver.app().lesson();
  wait(driver);
  if (lesson.asks()) {
    answer(driver, truth(driver));
    EXPECT_TRUE(lesson.answer() && lesson.answer()->judgement.right) << place_of(driver);
  }
  if (lesson.demands()) {
    EXPECT_FALSE(lesson.may_go_on()) << place_of(driver);
    press(driver, "lesson.show_me");
    wait(driver);
    for (int i = 0; i < 1000 && lesson.demands(); ++i) driver.frames(1);
  }
  EXPECT_TRUE(lesson.may_go_on()) << place_of(driver);
}

void open_from_list(Driver& driver, const std::string& id) {
  driver.key(GLFW_KEY_F3);
  const std::string probe = "lessons." + id;
  for (int i = 0; i < 40 && driver.rect(probe).bottom() > driver.rect("dialog.close").y; ++i)
    driver.wheel("dialog", -2);
  driver.click(probe);
  ASSERT_NE(driver.app().lesson(), nullptr);
  ASSERT_EQ(driver.app().lesson()->lesson().id, id);
}

class LessonWalk : public testing::TestWithParam<std::string> {};

TEST_P(LessonWalk, GoesToItsEnd) {
  Driver driver;
  open_from_list(driver, GetParam());
  const int steps = driver.app().lesson()->steps();
  for (int step = 0; step < steps; ++step) {
    ASSERT_EQ(driver.app().lesson()->step(), step);
    do_step(driver);
    const auto flaws = driver.flaws();
    EXPECT_TRUE(flaws.empty()) << place_of(driver) << ": " << flaws.front();
    if (testing::Test::HasFailure()) return;
    if (step + 1 < steps) driver.key(GLFW_KEY_RIGHT, true);
  }
  const LessonGuide& lesson = *driver.app().lesson();
  EXPECT_EQ(lesson.right(), lesson.asked());
  driver.click("lesson.next");
  EXPECT_TRUE(driver.app().settings().lessons.at(GetParam()).finished);
}

std::vector<std::string> ids() {
  std::vector<std::string> list;
  for (const Lesson& lesson : all_lessons().lessons) list.push_back(lesson.id);
  return list;
}

INSTANTIATE_TEST_SUITE_P(All, LessonWalk, testing::ValuesIn(ids()), [](const auto& test) {
  std::string name = test.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

// ---- within a lesson ------------------------------------------------------------------

class OneLesson : public testing::Test {
 protected:
  // Goes through the lesson to a step that asks for a gradient.
  void go_to_question(Driver& driver) {
    open_from_list(driver, "one-neuron");
    while (!driver.app().lesson()->now().predict ||
           driver.app().lesson()->now().predict->value.asked != Asked::gradient) {
      do_step(driver);
      ASSERT_FALSE(driver.app().lesson()->at_end());
      driver.click("lesson.next");
    }
  }
};

TEST_F(OneLesson, ExplainsAWrongPredictionAndCountsIt) {
  Driver driver;
  go_to_question(driver);
  LessonGuide& lesson = *driver.app().lesson();
  const std::string right = truth(driver);
  const std::string wrong = right[0] == '-' ? right.substr(1) : "-" + right;
  answer(driver, wrong);
  ASSERT_TRUE(lesson.answer().has_value());
  EXPECT_EQ(lesson.answer()->judgement.slip, Slip::wrong_sign);
  EXPECT_TRUE(driver.reads_in("lesson.predict", "sign"));
  EXPECT_FALSE(lesson.may_go_on());
  const int step = lesson.step();
  driver.key(GLFW_KEY_RIGHT, true);
  EXPECT_EQ(lesson.step(), step) << "a step with an open question cannot be left";
  answer(driver, right);
  EXPECT_TRUE(lesson.may_go_on());
  EXPECT_EQ(lesson.asked() - lesson.right(), 1) << "only the first answer counts";
}

TEST_F(OneLesson, GoesBackAndCloses) {
  Driver driver;
  go_to_question(driver);
  LessonGuide& lesson = *driver.app().lesson();
  const int step = lesson.step();
  ASSERT_GT(step, 0);
  press(driver, "lesson.show_me");
  EXPECT_TRUE(lesson.may_go_on());
  driver.click("lesson.previous");
  EXPECT_EQ(lesson.step(), step - 1);
  EXPECT_TRUE(lesson.may_go_on()) << "a finished task stays finished";
  const std::string program = driver.session().program();
  const Position position = driver.session().timeline().position();
  driver.click("lesson.close");
  EXPECT_EQ(driver.app().lesson(), nullptr);
  EXPECT_EQ(driver.session().program(), program);
  EXPECT_EQ(driver.session().timeline().position(), position);
  EXPECT_TRUE(driver.shows("training.train"));

  open_from_list(driver, "one-neuron");
  EXPECT_EQ(driver.app().lesson()->step(), step) << "the lesson continues where it was closed";
}

TEST_F(OneLesson, EndsWhenSomethingElseIsOpened) {
  Driver driver;
  driver.click("lesson.open.one-neuron");
  ASSERT_NE(driver.app().lesson(), nullptr);
  EXPECT_TRUE(driver.reads_in("lesson.head", "LESSON 1"));
  driver.key(GLFW_KEY_F2);
  driver.click("examples.one-neuron-tanh");
  EXPECT_EQ(driver.app().lesson(), nullptr);
  EXPECT_TRUE(driver.app().view().pointed_nodes.empty());
}

// However the network was changed, the next step restores the lesson's own.
TEST_F(OneLesson, BringsItsOwnNetworkBack) {
  Driver driver;
  open_from_list(driver, "one-neuron");
  do_step(driver);
  driver.session().set_program("x = input(2)\nL = x * x\n");
  driver.click("lesson.next");
  EXPECT_GE(driver.session().graph().find("w"), 0);
  EXPECT_FALSE(driver.session().is_changed());
}

TEST_F(OneLesson, PointsAtTheNodeUnderThePointer) {
  Driver driver;
  open_from_list(driver, "one-neuron");
  std::string link;
  for (const auto& [name, rect] : driver.record().widgets())
    if (name.rfind("lesson.link.", 0) == 0) link = name;
  ASSERT_NE(link, "");
  const int node = driver.session().graph().find(link.substr(12));
  scroll_lesson_to(driver, link);
  driver.move_to(driver.rect(link).center());
  EXPECT_EQ(driver.app().view().pointed_nodes, std::vector<int>{node});
  driver.click(link);
  EXPECT_EQ(driver.app().view().selection.node, node);
}

// ---- by hand ------------------------------------------------------------------------------

constexpr const char* demands = R"(# Demands

Each of them is met by hand.

```python
x = input([[0.5], [1.0]])
y = target([[1.0], [0.0]])
w = param(0.5)
p = tanh(x @ w)
L = half_mse(p, y)
```

## Step

```step
do: step to backward p
```

Text.

## Check

```step
at: backward
do: check
```

Text.

## Edit

```step
at: start
do: edit w = 1.7
```

Text.

## Set

```step
edit: w = 1.7
at: backward
do: set learning_rate = 0.25
```

Text.

## Mode

```step
set: learning_rate = 0.25
do: mode train
```

Text.

## Train

```step
mode: train
at: epoch 2
do: train to epoch 30
```

Text.
)";

TEST_F(OneLesson, AcceptsTasksDoneByHand) {
  std::vector<LessonMistake> mistakes;
  Driver driver;
  driver.app().begin_lesson(parse_lesson(demands, mistakes));
  ASSERT_TRUE(mistakes.empty()) << mistakes.front().message;
  LessonGuide& lesson = *driver.app().lesson();
  const auto next = [&] {
    ASSERT_TRUE(lesson.may_go_on());
    driver.key(GLFW_KEY_RIGHT, true);
    ASSERT_FALSE(lesson.may_go_on());
  };
  const Timeline& timeline = driver.session().timeline();
  while (timeline.position().tick < timeline.forward_ticks() + 1) {
    EXPECT_TRUE(lesson.demands());
    driver.key(GLFW_KEY_RIGHT);
  }
  EXPECT_TRUE(lesson.demands()) << "only the loss has passed its gradient on";
  driver.key(GLFW_KEY_RIGHT);
  next();
  driver.key(GLFW_KEY_C);
  next();
  driver.session().edit_entry(driver.session().graph().find("w"), 0, 1.7);
  driver.frames(2);
  next();
  EXPECT_EQ(
      driver.session().timeline().leaf_at_start(driver.session().graph().find("w")).entries[0],
      1.7);
  driver.session().set_learning_rate(0.25);
  driver.frames(2);
  next();
  driver.key(GLFW_KEY_2, true);
  next();
  EXPECT_EQ(driver.session().trainer().epoch(), 2);
  driver.key(GLFW_KEY_T);
  for (int i = 0; i < 200 && lesson.demands(); ++i) driver.frames(1);
  EXPECT_TRUE(lesson.may_go_on());
  EXPECT_FALSE(driver.app().view().training) << "the task is done, so training pauses";
}

// ---- sizes ------------------------------------------------------------------------------

struct LessonWindow {
  float width, height, scale;
};

class LessonSizes : public testing::TestWithParam<LessonWindow> {};

TEST_P(LessonSizes, ShowNoTextThatOverlapsOrIsCutOff) {
  Driver driver(GetParam().width, GetParam().height, GetParam().scale);
  for (const char* id : {"saturated-neuron", "vanishing"}) {
    driver.app().open_lesson(id);
    for (int step = 0; step < driver.app().lesson()->steps(); ++step) {
      driver.app().settle_lesson_step(step);
      driver.frames(3);
      const auto flaws = driver.flaws();
      EXPECT_TRUE(flaws.empty()) << place_of(driver) << ": " << flaws.front();
      const Rect text = driver.rect("lesson.text"), foot = driver.rect("lesson.next");
      EXPECT_GT(text.height, 60 * GetParam().scale);
      EXPECT_LE(text.bottom(), foot.y);
      EXPECT_LE(foot.bottom(), GetParam().height);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, LessonSizes,
                         testing::Values(LessonWindow{1280, 720, 1}, LessonWindow{3840, 2160, 2},
                                         LessonWindow{1600, 1000, 2}));

}  // namespace
}  // namespace backstep
