// Actions are what panels ask for: a panel reads the session, puts actions into
// the queue, and changes nothing itself. App applies them, in one place, after
// the frame is drawn.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/documents/document.h"
#include "core/runs/change.h"
#include "core/stepping/timeline.h"

namespace backstep {

enum class CommandId : int;  // a row of the table in commands.h

namespace action {

struct RunCommand {
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
// Answers to the question before unsaved edits are lost; what was asked for follows.
struct SaveFirst {};
struct DiscardEdits {};
// Answers to the offer of edits kept from a window that was ended from outside.
struct OpenRescued {};
struct DiscardRescued {};

// ---- the lab ----
// The panel's copy of the setup with something changed in it. Edits with the
// same `burst` in a row are one step of undo.
struct ChangeSetup {
  Setup setup;
  std::string burst;
};
// A file of data (.csv) for the setup, or opened by itself: asks which columns
// to take.
struct OpenData {
  std::filesystem::path path;
  bool opens = false;  // as of TakeData
};
// Other samples, and where they come from. With `network` the setup gets that
// network too: the one there was, made to fit their targets.
struct TakeData {
  Samples samples;
  DataSource source;
  bool standardise = false;
  std::optional<Network> network;
  std::string burst;   // as of ChangeSetup
  bool opens = false;  // as a session of its own, with a small network
};
struct ChooseData {};  // asks for a file of data
struct ShowData {};    // the samples as a table
// Step looks at this sample alone; -1: at the batch again.
struct PickSample {
  long sample;
};
// Runs that differ in `setting` only, from the session's setup.
struct CompareBy {
  std::string setting;
  std::vector<std::string> values;
};
// The doctor's remedy beside the ailing run; run −1: the session's own.
struct Replay {
  int run;
  Change change;
};
struct RemoveRun {
  int run;
};
// The run whose waterfall Compare shows.
struct ChooseRun {
  int run;
};
// The losses that Compare shows are those of the test set.
struct ShowTestLoss {
  bool on;
};
// The neurons of this node's layer are shown.
struct WatchLayer {
  int node;
};
struct Freeze {
  bool on;
};

// ---- proofs ----
struct CheckAll {};  // the nudge check of every entry of every parameter
// One way to the loss stands out in the graph; none when `edges` is empty.
// `entries` are those of the nodes along it, where it begins first; may be empty.
struct LightPath {
  std::vector<int> edges;
  std::vector<Index> entries;
};
struct SetPrecision {
  Precision precision;
};
// The bug lab: hides a bug that fits; says which one it is; gives up.
struct HideBug {};
struct GuessBug {
  std::string id;
};
struct EndHunt {};

// ---- lessons ----
struct OpenLesson {
  std::string id;
};
struct CloseLesson {};
struct GoToLessonStep {
  int step;  // from 0
};
struct Predict {
  std::string answer;
};
struct ShowMe {};  // does what the lesson's step demands

// Writes the program as something else: .py for PyTorch, .md, .csv.
struct ExportFile {
  std::filesystem::path path;
};

}  // namespace action

using Action = std::variant<
    action::RunCommand, action::EditEntry, action::EndEdit, action::SetProgram, action::SetLearningRate,
    action::Seek, action::OpenFile, action::OpenExample, action::SaveFile, action::SavePicture,
    action::SaveFirst, action::DiscardEdits, action::OpenRescued, action::DiscardRescued,
    action::ChangeSetup, action::OpenData, action::TakeData, action::ChooseData, action::ShowData,
    action::PickSample, action::CompareBy, action::Replay, action::RemoveRun, action::ChooseRun,
    action::ShowTestLoss, action::WatchLayer,
    action::Freeze, action::CheckAll, action::LightPath, action::SetPrecision, action::HideBug,
    action::GuessBug, action::EndHunt, action::OpenLesson, action::CloseLesson,
    action::GoToLessonStep, action::Predict, action::ShowMe, action::ExportFile>;

// What `action` is about, as the end of "There is not enough memory for …".
std::string words_of(const Action& action);

class Actions {
 public:
  void push(Action action) { queue_.push_back(std::move(action)); }
  std::vector<Action> take() { return std::exchange(queue_, {}); }

 private:
  std::vector<Action> queue_;
};

}  // namespace backstep
