// What directives of a lesson are written with: places, entries, matrices, lists.
// Each read_… function returns what is wrong with the text, or "".
#pragma once

#include <string>
#include <vector>

#include "app/documents/mode.h"
#include "app/lessons/lesson.h"

namespace backstep {

// "forward z1", "pass 2 backward", "epoch 300".
std::string read_place(const std::string& text, Place& place);

// "W1[0,1]"; "w" is its first entry.
std::string read_entry(const std::string& text, EntryName& entry);

// "w = 2", "W1[0,1] = 2", "W1 = [[1, 2], [3, 4]]".
std::string read_edit(const std::string& text, LeafEdit& edit);

// "activation = tanh".
std::string read_change(const std::string& text, Change& change);

// "step", "train" or "compare".
std::string read_mode(const std::string& written, Mode& mode);

// The parts between commas, but for commas inside brackets.
std::vector<std::string> split_at_commas(const std::string& text);

// "NAME = VALUE" in two; false when one of them is missing.
bool read_pair(const std::string& text, std::string& left, std::string& right);

// Whether `text` begins with `start`; `rest` is then what follows, trimmed.
bool begins_with(const std::string& text, const std::string& start, std::string& rest);

}  // namespace backstep
