// The nudge check in the window, on large networks and on numbers that cannot be nudged.
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/interface/driver.h"

namespace backstep {
namespace {

Document program(const std::string& text) {
  Document document;
  document.setup.program = text;
  return document;
}

const char* const large =
    "x = input([[0.5, -0.3, 0.8]])\nW1 = param(3, 900, init=\"xavier\", seed=1)\n"
    "W2 = param(900, 40, init=\"xavier\", seed=2)\nL = mean(tanh(tanh(x @ W1) @ W2) ** 2)\n";

TEST(LargeChecks, EscapeStopsThemAndCContinues) {
  Driver driver;
  driver.app().open(program(large), {});
  driver.frames(3);
  driver.key(GLFW_KEY_C);
  EXPECT_TRUE(driver.reads_in("checks", "Nudging entry"));
  EXPECT_TRUE(driver.reads_in("checks", "stop"));
  EXPECT_LE(driver.session().all_checks()->total(), 2000U)
      << "only a sample of the entries is checked";
  driver.key(GLFW_KEY_ESCAPE);
  EXPECT_FALSE(driver.shows("checks"));
  const std::size_t done = driver.session().all_checks()->done();
  EXPECT_LT(done, driver.session().all_checks()->total());
  driver.frames(3);
  EXPECT_EQ(driver.session().all_checks()->done(), done);
  driver.key(GLFW_KEY_C);
  driver.app().playback().settle();
  driver.frames(2);
  EXPECT_TRUE(driver.reads_in("checks", "entries, evenly spaced, were checked"));
  EXPECT_TRUE(driver.reads_in("checks.counts", "agree"));
  EXPECT_TRUE(driver.flaws().empty()) << driver.flaws().front();
}

TEST(Checks, UnresolvedGradientsAreCountedSeparately) {
  Driver driver;
  driver.app().open(program("w = param(30.0)\nv = param(0.5)\nL = sigmoid(w) + v + 1000\n"), {});
  driver.frames(3);
  driver.app().playback().seek_tick(6);
  driver.key(GLFW_KEY_C);
  driver.app().playback().settle();
  driver.frames(2);
  EXPECT_TRUE(driver.reads_in("checks.counts", "1 agree"));
  EXPECT_TRUE(driver.reads_in("checks.counts", "1 cannot be nudged"));
  EXPECT_FALSE(driver.reads_in("checks.counts", "differ"));
  driver.click("checks.row.w");
  EXPECT_TRUE(driver.reads_in("checks.entry", "does not resolve"));
  EXPECT_TRUE(driver.flaws().empty()) << driver.flaws().front();
}

// An infinite number has no neighbours, so nothing is nudged, and nothing hangs.
TEST(NudgeCard, SaysThatANumberThatIsNotFiniteCannotBeNudged) {
  for (const double value : {std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN(), 1.7e308}) {
    Driver driver;
    Document document =
        program("w = param([[1.0]])\na = sigmoid(w)\nL = half_mse(a, input([[0.0]]))\n");
    document.setup.parameters["w"] = Matrix{{1, 1}, {value}};
    driver.app().open(std::move(document), {});
    driver.frames(3);
    driver.app().playback().seek_tick(4);
    driver.app().view().selection = {driver.session().graph().find("w"), 0};
    driver.frames(3);
    EXPECT_TRUE(driver.reads("A number that is not finite")) << value;
  }
}

// The curve is shown on the scale on which the loss bends.
TEST(NudgeCard, ShowsSharpBendsOnTheirOwnScale) {
  Driver driver;
  driver.app().open(program("x = input([[52000.0]])\nw = param(0.00001)\n"
                            "L = bce(sigmoid(x @ w), target([[0.0]]))\n"),
                    {});
  driver.frames(3);
  driver.app().playback().seek_tick(6);
  driver.app().view().selection = {driver.session().graph().find("w"), 0};
  driver.frames(3);
  ASSERT_TRUE(driver.shows("inspector.curve"));
  EXPECT_TRUE(driver.reads_in("inspector.curve", "0.01"))
      << "the axis is narrower than from -2 to 2";
  EXPECT_TRUE(driver.flaws().empty()) << driver.flaws().front();
}

}  // namespace
}  // namespace backstep
