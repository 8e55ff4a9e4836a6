// The report of the command line on what a run learns from: which file, which columns,
// which rows, and what was left out and why.
#pragma once

#include "app/documents/document.h"

namespace backstep {

// Prints the summary's lines on the data, or nothing when there is no file of data.
void print_data(const Document& document, bool is_read);

// The "data" of `run --json`, an object, or null where there is none.
std::string data_json(const Document& document, bool is_read);

}  // namespace backstep
