#include "app/documents/mode.h"

#include <gtest/gtest.h>

namespace backstep {
namespace {

TEST(Mode, IsFoundByTheNameItIsWrittenWith) {
  for (const Mode mode : {Mode::step, Mode::train, Mode::compare})
    EXPECT_EQ(find_mode(name_of(mode)), mode);
  EXPECT_FALSE(find_mode("Step"));
  EXPECT_FALSE(find_mode(""));
}

TEST(Mode, RowsStandInTheOrderOfTheEnum) {
  ASSERT_EQ(all_modes().size(), 3u);
  for (std::size_t i = 0; i < all_modes().size(); ++i)
    EXPECT_EQ(static_cast<std::size_t>(all_modes()[i].mode), i);
  EXPECT_EQ(mode_choices(), "step, train or compare");
}

}  // namespace
}  // namespace backstep
