// No text, however long or strange, crashes the program reader or makes it slow.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>

#include "core/engine/graph.h"
#include "core/program/program.h"
#include "tests/core/program/random_program.h"
#include "tests/core/stepping/timelines.h"

namespace backstep {
namespace {

constexpr std::size_t megabyte = 1 << 20;

// Expects the mistake to lie inside the text, or right after the end of a line.
void expect_inside(const ProgramError& error, std::string_view text) {
  int line = 1;
  std::size_t begin = 0;
  for (; line < error.line; ++line) {
    begin = text.find('\n', begin) + 1;
    ASSERT_NE(begin, 0u) << "the text has no line " << error.line << "\n" << text.substr(0, 2000);
  }
  const std::string_view rest = text.substr(begin, text.find('\n', begin) - begin);
  ASSERT_GE(error.column, 1);
  ASSERT_LE(error.column, static_cast<int>(rest.size()) + 1) << text.substr(0, 2000);
  ASSERT_FALSE(error.message.empty());
  ASSERT_LT(error.message.size(), 2500u) << error.message.substr(0, 1000);
}

void read_in_time(const std::string& text) {
  const auto start = std::chrono::steady_clock::now();
  try {
    read_program(text);
  } catch (const ProgramError& error) {
    expect_inside(error, text);
  }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  EXPECT_LT(taken.count(), 2) << text.substr(0, 60);
}

std::string repeated(const std::string& part, std::size_t size) {
  std::string text;
  while (text.size() < size) text += part;
  return text;
}

TEST(Noise, AMegabyteOfRandomBytes) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Random random(seed);
    std::string text(megabyte, ' ');
    for (char& c : text) c = static_cast<char>(random.bits() >> 56);
    read_in_time(text);
    for (char& c : text) c = static_cast<char>(32 + (static_cast<unsigned char>(c) % 95));
    read_in_time(text);
    read_in_time("x = input(1.0)\n# " + text);
    read_in_time("x = input(1.0)\nlayer(\"" + text);
  }
}

TEST(Noise, AMegabyteOfRandomTokens) {
  const std::vector<std::string> tokens = {
      "x",   "y",     "w",    "=",  "+",   "-",     "*",        "/",     "**",   "@",
      ".T",  "(",     ")",    "[",  "]",   ",",     "\n",       "1.0",   "2",    "tanh",
      "sum", "input", "[[",   "]]", "\"",  "layer", "param(",   "loss(", "mse(", "axis=1",
      "#",   "x = ",  "\n\n", "α",  "1e3", "\t",    "half_mse", "    "};
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    std::string text = seed % 2 ? "x = input(1.0)\ny = " : "";
    while (text.size() < megabyte)
      text +=
          tokens[static_cast<std::size_t>(below(random, static_cast<int>(tokens.size())))] + " ";
    read_in_time(text);
  }
}

TEST(Noise, TenThousandNestedBracketsOfEveryKind) {
  for (const char* open :
       {"(", "[", "[[", "([", "tanh(", "input(", "sum((", "-(", "2**(", "param([["})
    for (const char* before : {"", "x = ", "x = input(", "x = input([[1.0, "}) {
      std::string text = before;
      for (int i = 0; i < 10000; ++i) text += open;
      read_in_time(text);
      read_in_time(text + "1" + std::string(20000, ')'));
      read_in_time(text + "\n1" + std::string(20000, ']'));
    }
  read_in_time("x = " + std::string(10000, ')'));
  read_in_time("x = " + std::string(10000, ']'));
}

TEST(Noise, AMegabyteOfOneOperator) {
  for (const char* part : {"-",
                           "- ",
                           "+1",
                           "-1",
                           "*1",
                           "**1",
                           "**",
                           "@1",
                           "/1",
                           ".T",
                           "+x",
                           "@x",
                           "+ -",
                           "1",
                           "x",
                           "1e",
                           ".",
                           ",",
                           "=",
                           "\"",
                           "x = ",
                           "x = 1\n",
                           "\n",
                           " ",
                           "\t",
                           "#",
                           "tanh",
                           "α",
                           "\\",
                           "+tanh(x)",
                           "+sum(x, axis=1)",
                           "[1,",
                           "(x)+"})
    for (const char* before : {"", "x = input(1.0)\nz = x", "x = input(1.0)\nz = "})
      read_in_time(before + repeated(part, megabyte));
}

TEST(Noise, AMegabyteOfNames) {
  std::string lines = "v0 = input(1.0)\n", matrix = "x = input([[0", name = "x";
  for (int i = 1; lines.size() < megabyte; ++i) {
    lines += "v" + std::to_string(i) + " = v" + std::to_string(i - 1) + " * 2\n";
    matrix += ", " + std::to_string(i);
  }
  read_in_time(lines);
  read_in_time(lines.substr(0, 200000) + "L = wrong\n");
  read_in_time(matrix + "]])\nL = sum(x)\n");
  read_in_time(repeated(name, megabyte) + " = 3\nL = wrong\n");
  read_in_time(repeated(name, megabyte) + " = input(1.0)\n");
  read_in_time("L = " + repeated(name, megabyte) + "\n");
}

TEST(Noise, MutatedProgramsParseOrSayWhere) {
  const std::string scraps[] = {"(",   ")",       "[",    "]",  ",",  "=",    "+",
                                "-",   "**",      "@",    ".T", "\n", "tanh", "sum(x",
                                "[[1", "axis=1)", "\xce", "#",  "\"", "1e9"};
  Random random(1);
  int right = 0, wrong = 0;
  for (int round = 0; round < 6000; ++round) {
    std::string text = round % 3 ? programs[below(random, static_cast<int>(std::size(programs)))]
                                 : random_program(static_cast<std::uint64_t>(round) + 1, 8);
    for (int change = below(random, 3); change >= 0; --change) {
      const auto at = static_cast<std::size_t>(below(random, static_cast<int>(text.size())));
      switch (below(random, 4)) {
        case 0:
          text.erase(at, static_cast<std::size_t>(1 + below(random, 4)));
          break;
        case 1:
          text.insert(at, scraps[below(random, static_cast<int>(std::size(scraps)))]);
          break;
        case 2:
          text[at] = static_cast<char>(32 + below(random, 95));
          break;
        default:
          text = text.substr(0, at) + text.substr(at / 2);
      }
      if (text.empty()) text = "x";
    }
    try {
      read_program(text);
      ++right;
    } catch (const ProgramError& error) {
      ++wrong;
      expect_inside(error, text);
      if (HasFatalFailure()) FAIL() << "round " << round << "\n" << text << error.what();
    }
  }
  EXPECT_GT(right, 200);
  EXPECT_GT(wrong, 3000);
}

}  // namespace
}  // namespace backstep
