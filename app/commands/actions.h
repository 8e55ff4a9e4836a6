// Actions are what panels ask for: a panel reads the session, puts actions into
// the queue, and changes nothing itself. App applies them, in one place, after
// the frame is drawn.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/timeline.h"

namespace backstep {

enum class CommandId : int;  // a row of the table in commands.h

namespace action {

struct Run {
  CommandId command;
};
struct EditEntry {
  int leaf;
  Index entry;
  double value;
};                  // live while dragging
struct EndEdit {};  // the mouse let go, Enter
struct SetProgram {
  std::string text;
};
struct SetLearningRate {
  double value;
};
struct Seek {
  Position position;
};
struct OpenFile {
  std::filesystem::path path;
};
struct OpenExample {
  int number;
};
struct SaveFile {
  std::filesystem::path path;
};
struct SavePicture {
  std::filesystem::path path;
};

}  // namespace action

using Action = std::variant<action::Run, action::EditEntry, action::EndEdit, action::SetProgram,
                            action::SetLearningRate, action::Seek, action::OpenFile,
                            action::OpenExample, action::SaveFile, action::SavePicture>;

class Actions {
 public:
  void push(Action action) { queue_.push_back(std::move(action)); }
  std::vector<Action> take() { return std::exchange(queue_, {}); }

 private:
  std::vector<Action> queue_;
};

}  // namespace backstep
