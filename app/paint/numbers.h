// Numbers as text: how values and gradients are written everywhere in the
// window. Nothing here depends on the locale; a minus sign is always "-".
#pragma once

#include <string>

namespace backstep {

// About four significant digits, for nodes and plots: 0.6857, -0.0140, 12.35,
// 3.326e-06, nan, inf.
std::string short_number(double value);

// Six decimals, for the inspector: 0.685680.
std::string full_number(double value);

// The shortest text that reads back as exactly `value`.
std::string exact_number(double value);

// `value` with exactly `decimals` decimals; never "-0".
std::string fixed_number(double value, int decimals);

// As short as it gets with `digits` decimals: -2.0e-6, 1.2e5.
std::string scientific_number(double value, int digits);

// `value` with as many decimals as a drag in steps of `step` can tell apart.
double rounded_to_step(double value, double step);

// `number` with a real minus sign (−), which stays legible when small. It is for
// display alone: text that is read back has "-".
std::string with_minus(const std::string& number);

// -2 as "⁻²".
std::string superscript(int value);

// A name as a textbook sets it, trailing digits lowered: a1 becomes a₁.
std::string pretty_name(const std::string& name);

}  // namespace backstep
