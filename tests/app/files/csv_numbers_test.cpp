// Numbers are read as they are written in many countries, and never misread as other numbers.
#include "app/files/csv_numbers.h"

#include <gtest/gtest.h>

#include <cmath>

namespace backstep {
namespace {

double number_of(const std::string& text, const NumberStyle& style) {
  double number = 0;
  return read_number(text, style, number) ? number : std::nan("");
}

TEST(CsvNumbers, AreReadHoweverTheyAreWritten) {
  struct Case {
    const char* text;
    NumberStyle style;
    double expected;
  };
  const NumberStyle point = {'.', ""}, comma = {',', ""};
  for (const auto& [text, style, expected] : {
           Case{"1e5", point, 1e5},
           {"+3", point, 3},
           {"-2.5E-3", point, -2.5e-3},
           {"−4", point, -4},
           {"–4.5", point, -4.5},
           {".5", point, 0.5},
           {"5.", point, 5},
           {"007", point, 7},
           {"1e-999", point, 0},
           {"1e999", point, INFINITY},
           {"-inf", point, -INFINITY},
           {"1,234", point, 1234},
           {"1,234.56", point, 1234.56},
           {"-1,234,567.8", point, -1234567.8},
           {"1,00,000", point, 100000},
           {"12,34,567.5", point, 1234567.5},
           {"1 234.5", point, 1234.5},
           {"1 234 567", point, 1234567},
           {"1'234.50", point, 1234.5},
           {"1’234’567", point, 1234567},
           {"(1,234.00)", point, -1234},
           {"1,5", comma, 1.5},
           {"1.234,56", comma, 1234.56},
           {"1.234", comma, 1234},
           {"1.234.567", comma, 1234567},
           {"1 234,56", comma, 1234.56},
           {"1\u00a0234,56", comma, 1234.56},
           {"1\u202f234,56", comma, 1234.56},
           {"1,5E+03", comma, 1500},
           {",5", comma, 0.5},
           {"−1,5", comma, -1.5},
           {"$100.50", {'.', "$"}, 100.5},
           {"-$5", {'.', "$"}, -5},
           {"$-5", {'.', "$"}, -5},
           {"$1,234", {'.', "$"}, 1234},
           {"1.234,56 €", {',', "€"}, 1234.56},
           {"1\u202f234,56\u00a0€", {',', "€"}, 1234.56},
           {"kr 1 234", {',', "kr"}, 1234},
           {"CHF 1'234.50", {'.', "CHF"}, 1234.5},
           {"₹ 1,00,000", {'.', "₹"}, 100000},
           {"12.5%", {'.', "%"}, 12.5},
           {"12,5 %", {',', "%"}, 12.5},
           {"100 USD", {'.', "USD"}, 100},
           {"7", {'.', "$"}, 7},
       })
    EXPECT_EQ(number_of(text, style), expected) << text;
}

TEST(CsvNumbers, RefuseOtherNotations) {
  for (const char* text :
       {"",           "+",          "-",          "--1",  "+-1",   "1 2",   "0x10",
        "1,5",        "12%",        "e5",         "one",  "1.2.3", "12 34", "1,23,4",
        "1,2345,678", "01.02.2020", "2020-01-02", "1:30", "5kg",   "$",     "1.234,5",
        "nan",        "1,234.5.6",  "0,123,456",  "€5"})
    EXPECT_TRUE(std::isnan(number_of(text, {'.', ""}))) << text;
  for (const char* text : {"1.5", "1,234.5", "1,5,6", "0.25", "1,2,3"})
    EXPECT_TRUE(std::isnan(number_of(text, {',', ""}))) << text;
  EXPECT_TRUE(std::isnan(number_of("€5", {'.', "$"}))) << "another currency";
  EXPECT_TRUE(std::isnan(number_of("0.12", {'.', "%"}))) << "a share among percents";
}

TEST(CsvNumbers, TellTheMeaningOfTheirMarks) {
  const auto form = [](const char* text) { return look_at_number(text).form; };
  EXPECT_EQ(form("12"), NumberForm::plain);
  EXPECT_EQ(form("1 234"), NumberForm::plain);
  for (const char* text :
       {"1.5", "0.123", "1234.567", "1,234.5", "1,234,567", "1,00,000", "1.234e3"})
    EXPECT_EQ(form(text), NumberForm::decimal_point) << text;
  for (const char* text : {"1,5", "0,123", "1234,567", "1.234,5", "1.234.567", "1 234,567"})
    EXPECT_EQ(form(text), NumberForm::decimal_comma) << text;
  for (const char* text : {"1.234", "-12.345", "100.000", "$1.234"})
    EXPECT_EQ(form(text), NumberForm::either_point) << text;
  for (const char* text : {"1,234", "+12,345", "100,000 €"})
    EXPECT_EQ(form(text), NumberForm::either_comma) << text;
  for (const char* text : {"abc", "", "1.2.3", "nan", "NA"})
    EXPECT_EQ(form(text), NumberForm::none) << text;
}

TEST(CsvNumbers, MissingValuesHaveManyNames) {
  for (const char* text :
       {"", "NA", "N/A", "n/a", "?", "nan", "NaN", "NULL", "null", "#N/A", "<NA>"})
    for (const bool among_numbers : {true, false})
      EXPECT_TRUE(says_missing(text, among_numbers)) << text;
  for (const char* text : {"-", ".", "None", "missing", "–"}) {
    EXPECT_TRUE(says_missing(text, true)) << text;
    EXPECT_FALSE(says_missing(text, false)) << text << " may be a class";
  }
  for (const char* text : {"0", "x", "no", "Nancy", "naan"})
    EXPECT_FALSE(says_missing(text, true)) << text;
}

}  // namespace
}  // namespace backstep
