// Sentences with values in them, and the helpers for text that every room uses.
#include "core/base/text.h"

#include <gtest/gtest.h>

namespace backstep {
namespace {

bool is_zero_byte(char c) { return c == '\0'; }

TEST(Text, PutsValuesIntoSentences) {
  const std::string name = "W";
  EXPECT_EQ(text("line {}, column {}: '{}' is {}{}", 3, 14L, name, "not known", '.'),
            "line 3, column 14: 'W' is not known.");
  EXPECT_EQ(text("{{{}}}", std::string_view("a")), "{a}");
}

TEST(Text, CountsCharactersAndRefusesInvalidUtf8) {
  EXPECT_EQ(character_count(""), 0u);
  EXPECT_EQ(character_count("∂L/∂W₁ é"), 8u);
  const std::pair<const char*, std::size_t> lengths[] = {
      {"a", 1},
      {"é", 2},
      {"∂", 3},
      {"😀", 4},
      {"\x80", 0},
      {"\xc3", 0},
      {"\xc3(", 0},
      {"\xc0\xaf", 0},
      {"\xe0\x80\xaf", 0},
      {"\xed\xa0\x80", 0},
      {"\xf4\x90\x80\x80", 0},
      {"\xff", 0},
  };
  for (const auto& [bytes, length] : lengths)
    EXPECT_EQ(character_length(bytes, 0), length) << bytes;
  EXPECT_EQ(character_length("a∂", 1), 3u);
}

TEST(Text, FindsTheFirstBadCharacter) {
  EXPECT_FALSE(first_bad_character("ä = 1\nß = 2\n", is_zero_byte));
  const auto broken = first_bad_character("ä = 1\nß = \xff", is_zero_byte);
  ASSERT_TRUE(broken);
  EXPECT_EQ(broken->line, 2);
  EXPECT_EQ(broken->column, 5);
  const auto zero = first_bad_character(std::string_view("a\0", 2), is_zero_byte);
  ASSERT_TRUE(zero);
  EXPECT_EQ(zero->column, 2);
}

TEST(Text, CutsBetweenCharacters) {
  EXPECT_EQ(beginning("a∂b", 0), "");
  EXPECT_EQ(beginning("a∂b", 3), "a");
  EXPECT_EQ(beginning("a∂b", 4), "a∂");
  EXPECT_EQ(beginning("\x80\x80\x80", 2), "");
  EXPECT_EQ(shortened("a∂b", 5), "a∂b");
  EXPECT_EQ(shortened("a∂b", 3), "a…");
}

TEST(Text, ChangesTheCaseOfAsciiLetters) {
  EXPECT_EQ(lower_case("CSV, Ä1"), "csv, Ä1");
  EXPECT_EQ(upper_case("mse, ä1"), "MSE, ä1");
  EXPECT_EQ(capitalised("two words"), "Two words");
  EXPECT_EQ(capitalised("éa"), "éa");
  EXPECT_EQ(capitalised(""), "");
}

TEST(Text, TrimsBlanks) {
  EXPECT_EQ(trimmed(" \ta b\t "), "a b");
  EXPECT_EQ(trimmed(" \t"), "");
  EXPECT_EQ(trimmed("a\n"), "a\n");
  EXPECT_EQ(trimmed(" a\r\n", " \r\n"), "a");
}

TEST(Text, CountsInWords) {
  EXPECT_EQ(counted(0, "step"), "0 steps");
  EXPECT_EQ(counted(1, "step"), "1 step");
  EXPECT_EQ(counted(2, "entry", "entries"), "2 entries");
  EXPECT_EQ(plural(1, "row"), "row");
  EXPECT_EQ(plural(12000, "row"), "rows");
}

TEST(Text, JoinsLists) {
  const std::vector<std::string> names = {"a", "", "c"};
  EXPECT_EQ(joined(std::vector<std::string>{}), "");
  EXPECT_EQ(joined(names), "a, , c");
  EXPECT_EQ(joined(std::vector<const char*>{"float32", "float64"}, " or "), "float32 or float64");
  EXPECT_EQ(joined(std::vector<int>{8, 4}, ", ", [](int width) { return std::to_string(width); }),
            "8, 4");
  EXPECT_EQ(joined_up_to(3, names), "a, , c");
  EXPECT_EQ(joined_up_to(1, names), "a and 2 more");
  EXPECT_EQ(joined_up_to(0, {}), "");
  EXPECT_EQ(alternatives({}), "");
  EXPECT_EQ(alternatives({"a"}), "a");
  EXPECT_EQ(alternatives({"a", "b"}), "a or b");
  EXPECT_EQ(alternatives({"a", "b", "c"}), "a, b or c");
}

}  // namespace
}  // namespace backstep
