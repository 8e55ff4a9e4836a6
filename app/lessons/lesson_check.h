// A lesson is checked against the engine: that it reads, that every number in
// its text is true, that every node it names is there, and that every step can
// be done.
#pragma once

#include "app/lessons/lesson_file.h"

namespace backstep {

// What is wrong with the lesson in `path`, by line; empty when it is right.
// `misprints` are the numbers that references may call printed; without them
// those are not looked at. Throws FileError when the file cannot be read.
std::vector<LessonMistake> check_lesson(const std::filesystem::path& path,
                                        const std::vector<double>* misprints);

}  // namespace backstep
