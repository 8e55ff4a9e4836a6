// Actions are what panels ask for: a panel reads the session and queues actions, but
// changes nothing itself. The App applies them, in one place, after the frame is drawn.
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
// Answers to the question whether to save edits before they are lost. What was asked
// for is done afterwards.
struct SaveFirst {};
struct DiscardEdits {};
// Answers to the offer of edits that a terminated window left behind.
struct OpenRescued {};
struct DiscardRescued {};

// ---- the lab ----
// A copy of the setup with a change. Consecutive edits with the same `burst` are undone
// together.
struct ChangeSetup {
  Setup setup;
  std::string burst;
};
// A file of data for the setup, or for a session of its own: asks which columns to
// take.
struct OpenData {
  std::filesystem::path path;
  bool opens = false;  // as of TakeData
};
// Other samples, and where they come from. With `network` the setup gets that network
// too: the previous one, adapted to their targets.
struct TakeData {
  Samples samples;
  DataSource source;
  bool standardise = false;
  std::optional<Network> network;
  std::string burst;   // as of ChangeSetup
  bool opens = false;  // as a session of its own, with a small network
};
struct ChooseData {};  // opens the dialog that asks for a file of data
struct ShowData {};    // shows the samples as a table
// Step shows the pass of this sample alone; −1: of the batch again.
struct PickSample {
  long sample;
};
// Compares runs of the session's setup that differ in `setting` only.
struct CompareBy {
  std::string setting;
  std::vector<std::string> values;
};
// Runs the doctor's remedy beside the ailing run; run −1 is the session's own.
struct Replay {
  int run;
  Change change;
};
struct RemoveRun {
  int run;
};
// Shows the waterfall of this run in Compare.
struct ChooseRun {
  int run;
};
// Shows the losses on the test set in Compare, instead of those on the training set.
struct ShowTestLoss {
  bool on;
};
// Shows the neurons of this node's layer.
struct WatchLayer {
  int node;
};
struct Freeze {
  bool on;
};

// ---- proofs ----
struct CheckAll {};  // the nudge check of every entry of every parameter
// Highlights one path to the loss in the graph, or none when `edges` is empty.
// `entries` are the entries of the nodes along it, from its start; may be empty.
struct LightPath {
  std::vector<int> edges;
  std::vector<Index> entries;
};
struct SetPrecision {
  Precision precision;
};
// The bug hunt: hides a bug that fits the program; guesses which one it is; gives up.
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

// Writes the run in the export format that the ending of the path names.
struct ExportFile {
  std::filesystem::path path;
};

}  // namespace action

using Action =
    std::variant<action::RunCommand, action::EditEntry, action::EndEdit, action::SetProgram,
                 action::SetLearningRate, action::Seek, action::OpenFile, action::OpenExample,
                 action::SaveFile, action::SavePicture, action::SaveFirst, action::DiscardEdits,
                 action::OpenRescued, action::DiscardRescued, action::ChangeSetup, action::OpenData,
                 action::TakeData, action::ChooseData, action::ShowData, action::PickSample,
                 action::CompareBy, action::Replay, action::RemoveRun, action::ChooseRun,
                 action::ShowTestLoss, action::WatchLayer, action::Freeze, action::CheckAll,
                 action::LightPath, action::SetPrecision, action::HideBug, action::GuessBug,
                 action::EndHunt, action::OpenLesson, action::CloseLesson, action::GoToLessonStep,
                 action::Predict, action::ShowMe, action::ExportFile>;

// What `action` is about, as the end of "There is not enough memory for …".
std::string subject_of(const Action& action);

class Actions {
 public:
  void push(Action action) { queue_.push_back(std::move(action)); }
  std::vector<Action> take() { return std::exchange(queue_, {}); }

 private:
  std::vector<Action> queue_;
};

}  // namespace backstep
