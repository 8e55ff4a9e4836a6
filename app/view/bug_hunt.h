// A BugHunt is a round of the bug lab: a bug was hidden in the network, and
// someone looks for it. Which one it is stands in the session's setup.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace backstep {

struct BugHunt {
  bool on = false;                   // a bug is hidden, or was just found
  std::vector<std::string> choices;  // ids of the bugs that it may be, the hidden one among them
  std::vector<std::string> wrong;    // ids guessed in vain
  bool found = false, given_up = false;
  int rounds = 0, at_once = 0;  // played to the end; found with the first guess

  // No round, and another one; the score stays.
  void end() { *this = {.rounds = rounds, .at_once = at_once}; }
  void begin(std::vector<std::string> among) {
    end();
    on = true;
    choices = std::move(among);
  }
};

}  // namespace backstep
