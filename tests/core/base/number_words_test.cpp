// How numbers are written in sentences, and how they are read back.
#include "core/base/number_words.h"

#include <gtest/gtest.h>

namespace backstep {
namespace {

TEST(NumberWords, RoundToTwoDigits) {
  const std::pair<double, const char*> words[] = {
      {12034, "12,000"},        {430, "430"},    {5.234, "5.2"},
      {0.00314, "0.0031"},      {3e-7, "3e-07"}, {99.6, "100"},
      {-1234567, "-1,200,000"}, {3e20, "3e+20"}, {0, "0"},
  };
  for (const auto& [value, expected] : words) EXPECT_EQ(two_digits(value), expected);
}

TEST(NumberWords, GroupThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(-1000), "-1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

TEST(NumberWords, ReadBack) {
  double value = 0;
  EXPECT_TRUE(read_number(number_text(0.1 + 0.2), value));
  EXPECT_EQ(value, 0.1 + 0.2);
  for (const char* text : {"", "1x", "nan", "inf", " 1", "1e999"})
    EXPECT_FALSE(read_number(text, value)) << text;
  EXPECT_EQ(value, 0.1 + 0.2) << "what is not a number changes nothing";
}

TEST(NumberWords, ReadWholeNumbers) {
  long value = 0;
  EXPECT_TRUE(read_number("-12", value));
  EXPECT_EQ(value, -12);
  for (const char* text : {"", "1.5", "1e3", " 1", "99999999999999999999"})
    EXPECT_FALSE(read_number(text, value)) << text;
}

}  // namespace
}  // namespace backstep
