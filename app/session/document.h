// A Document is what a session file holds: a title, a program, values that
// replace the program's, data, and how to train. It knows nothing of how it is
// run or shown; reading and writing it are in session_file.h.
#pragma once

#include <map>
#include <string>

#include "core/matrix.h"
#include "core/program.h"

namespace backstep {

struct Document {
  std::string title = "Untitled";
  std::string program;
  std::map<std::string, Matrix> parameters;  // by name; replace the program's values
  NamedData train, test;                     // what input("x") and target("y") read
  double learning_rate = 0.1;

  // Where the view stood when it was saved.
  long update = 0;
  int tick = 0;
  std::string other_view = "{}";  // fields of "view" not known here, as JSON
};

}  // namespace backstep
