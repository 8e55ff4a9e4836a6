// Where the samples of a table came from, as a session file names it, and what was
// read and left out, in words. Every choice that was made is reported: by the command
// line, in its JSON, and in the window.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/documents/document.h"
#include "app/files/csv_file.h"

namespace backstep {

// A way to treat missing cells, by its names in session files and for people.
struct MissingWord {
  Missing missing;
  const char* name;   // "leave_out"
  const char* label;  // "leave the row out"
  const char* says;
};
std::span<const MissingWord> all_missing_words();

DataSource source_of(const CsvTable& table, const CsvChoice& choice);
// The choice by which the samples of a source were made, except for their kind.
CsvChoice choice_of(const DataSource& source);

DataFacts facts_of(const CsvTable& table, const CsvChoice& choice);

}  // namespace backstep
