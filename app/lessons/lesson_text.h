// Reads the text of a lesson's paragraphs: strong words, code, references, and the
// numbers in their words.
#pragma once

#include <string>
#include <vector>

#include "app/lessons/lesson_file.h"

namespace backstep {

// A number as written: "−0.0140" is −0.014, correct to half of 0.0001.
struct WrittenNumber {
  double value = 0, half_unit = 0;
};

// The numbers in `words`; digits that belong to a name (z1) do not count.
std::vector<WrittenNumber> numbers_in(const std::string& words);

// A line of the file that is part of a paragraph.
struct SourceLine {
  std::string text;
  int number = 0;
};

Paragraph read_paragraph(const std::vector<SourceLine>& lines,
                         std::vector<LessonMistake>& mistakes);

}  // namespace backstep
