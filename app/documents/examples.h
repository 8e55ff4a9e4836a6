// Examples are the programs that come with Backstep, small enough to follow by
// hand. Each is a file, and assets/examples/examples.json lists them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/documents/document.h"

namespace backstep {

struct Example {
  std::string id, file, title;
  std::string line;                     // one line on what it shows
  std::optional<double> learning_rate;  // of a program; a session has its own
};

// In the order in which they are offered; the first is opened at the first start.
// Both functions throw FileError when Backstep's own files are damaged.
std::vector<Example> list_examples();
Document open_example(int number);

}  // namespace backstep
