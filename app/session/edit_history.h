// An EditHistory is the way back through the edits of a session, and forward
// again: whole snapshots, of which the parts that did not change are held once.
// They take a bounded number of bytes; the oldest are forgotten first.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/documents/document.h"
#include "core/stepping/timeline.h"

namespace backstep {

// All it takes to have a session stand where it stood.
struct Snapshot {
  Document document;          // with the program as typed
  std::string right_program;  // the one that ran
  long run = 0;               // the number of the run
  Index parameters = 0;       // how many leaves are parameters; they come first
  TimelineState state;
  std::vector<double> start;   // all leaves at update 0
  std::optional<long> sample;  // looked at alone,
  TimelineState sample_state;  // in a timeline of its own
  long edit = 0;               // the number of the last edit
};

class EditHistory {
 public:
  static constexpr std::size_t usual_bytes = std::size_t{256} << 20;

  // Older snapshots take at most `bytes` beside the newest, which is always kept.
  explicit EditHistory(std::size_t bytes = usual_bytes) : most_bytes_(bytes) {}

  bool can_undo() const { return !undo_.empty(); }
  bool can_redo() const { return !redo_.empty(); }

  // An edit follows: `before` can be gone back to. What was undone cannot be
  // done again any more.
  void add(Snapshot before);
  void forget_undone() { redo_.clear(); }

  // The snapshot before the last edit, or after the last one undone; `now` is
  // kept for the way back. There must be one.
  Snapshot undo(Snapshot now);
  Snapshot redo(Snapshot now);

  // What all snapshots go back to has this bug, or ("") none.
  void plant_bug(const std::string& id);

  std::size_t bytes() const;  // that all snapshots take

 private:
  template <class Part>
  using Shared = std::shared_ptr<const Part>;
  using Numbers = std::vector<double>;

  // A snapshot in parts, each of which other snapshots may hold too. What is
  // large in the document and the timeline states is moved out of them.
  struct Packed {
    Snapshot rest;
    Shared<std::string> program, right_program;
    Shared<NamedData> train, test, parameters;
    Shared<Numbers> leaves, data, optimizer;          // of the timeline
    Shared<Numbers> start_leaves, start_data;         // of the start
    Shared<Numbers> sample_leaves, sample_optimizer;  // of the sample's timeline
  };

  class ByteCount;
  static Packed pack(Snapshot snapshot, const Packed* like);
  static Snapshot unpack(Packed packed);
  Snapshot exchange(Snapshot now, std::vector<Packed>& from, std::vector<Packed>& to);
  void forget_oldest();

  std::size_t most_bytes_;
  std::vector<Packed> undo_, redo_;
};

}  // namespace backstep
