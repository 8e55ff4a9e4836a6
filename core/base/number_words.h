// Numbers in sentences and settings: exact where they are read back, rounded
// where they are read by people.
#pragma once

#include <string>

namespace backstep {

// The shortest text that reads back as exactly `value`.
std::string number_text(double value);

// Whether the whole of `text` is a finite number; then `value` is it.
bool read_number(const std::string& text, double& value);

// To two digits, in groups of three from 1,000 on: 12,000, 430, 5.2, 0.0031, 3e-07.
std::string rounded(double value);

// The number `rounded` shows.
double to_two_digits(double value);

// A whole number in groups of three: 12,034.
std::string grouped(long value);

}  // namespace backstep
