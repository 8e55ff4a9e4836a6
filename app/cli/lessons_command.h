// `backstep lessons` lists the lessons, or checks one that is being written.
#pragma once

#include <filesystem>
#include <vector>

namespace backstep {

int list_lessons();

// Checks what the lessons in these files say against the engine, and prints a line for
// every mistake. 0 when there is none, else 1.
int check_lessons(const std::vector<std::filesystem::path>& files);

}  // namespace backstep
