// Checks a lesson against the engine: it must be readable, every number in its text
// must be true, every node it names must exist, and every step must be doable.
#pragma once

#include "app/lessons/lesson_file.h"

namespace backstep {

// The mistakes of the lesson in `path`, sorted by line; empty when it is right.
// `misprints` are the numbers that references may call printed; when null, such
// references are not checked. Throws FileError when the file cannot be read.
std::vector<LessonMistake> check_lesson(const std::filesystem::path& path,
                                        const std::vector<double>* misprints);

}  // namespace backstep
