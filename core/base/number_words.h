// Numbers in sentences and settings: exact where a program reads them back, rounded
// where people read them.
#pragma once

#include <string>
#include <string_view>

namespace backstep {

// The shortest text that reads back as exactly `value`.
std::string number_text(double value);

// Read a number that is the whole of `text`, a finite one or a whole one. If it is not,
// they return false and leave `value` as it is.
bool read_number(std::string_view text, double& value);
bool read_number(std::string_view text, long& value);

// Rounded to two digits and written with commas: 12,000, 430, 5.2, 0.0031, 3e-07.
std::string two_digits(double value);

// The number that two_digits() writes.
double round_to_two_digits(double value);

// A whole number with commas: 12,034.
std::string grouped(long value);

}  // namespace backstep
