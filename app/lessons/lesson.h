// A Lesson is a Markdown file that explains one thing by a network one can step
// through: a title, a program or a network, and steps. Each step is a few
// paragraphs beside the graph, and may move the cursor, change the network, ask
// for a prediction, or demand that one does something. Every number in its text
// is a reference: an expression that the engine is asked for. How a lesson is
// written is told in lesson_file.h.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/documents/mode.h"
#include "core/engine/matrix.h"
#include "core/engine/precision.h"
#include "core/runs/change.h"
#include "core/slips/prediction.h"

namespace backstep {

// ---- text -------------------------------------------------------------------------

struct TextRun {
  enum class Kind {
    text,
    strong,
    code,
    number,   // words with a number that `expression` must equal
    node,     // words for the node called `expression`
    printed,  // a number that was misprinted elsewhere
  };
  Kind kind = Kind::text;
  std::string text, expression;
  int line = 0;
};

struct Paragraph {
  std::vector<TextRun> runs;
  std::string heading;  // "SLIP IN PRINT" over a paragraph about one
  bool bullet = false;
};

// ---- what a step does -------------------------------------------------------------

// Where the cursor stands: in which pass, and after what of it.
struct Place {
  enum class After { start, forward, backward, update };
  long epochs = 0;  // trained before; `passes` come after them
  long passes = 0;  // done before this one
  After after = After::start;
  std::string node;  // the tick of this node; empty: the whole phase
};

// One entry of a node: "W1[0,1]". A single index counts the entries.
struct EntryName {
  std::string node;
  std::optional<Index> row;
  Index column = 0;
};
// Reads "W1[0,1]"; what is wrong with it, or "".
std::string read_entry(const std::string& text, EntryName& entry);

struct LeafEdit {
  EntryName entry;
  bool whole = true;  // the whole leaf is replaced
  Matrix value;
};

// A change of the setup (`set`) or of a number (`edit`), in the order written.
struct Setting {
  std::variant<Change, LeafEdit> what;
  int line = 0;
};

struct CompareRuns {
  std::string setting;
  std::vector<std::string> values;
};

struct PredictionWanted {
  Asked asked = Asked::gradient;
  EntryName entry;
};

struct Demand {
  enum class Kind { step_to, edit, train_to, set, check, mode, find_bug, open_paths };
  Kind kind = Kind::check;
  Place place;        // step_to
  LeafEdit edit;      // edit
  long epoch = 0;     // train_to
  Change change;      // set
  Mode mode = Mode::step;  // mode
  std::string words;  // as written
};

// A directive that was given, and on which line.
template <class Value>
struct Given {
  Value value;
  int line = 0;
};

struct Block {
  std::string text;
  int line = 0;  // of its first line
};

struct LessonStep {
  std::string title;
  int line = 0;
  std::vector<Paragraph> paragraphs;
  std::optional<Block> program, setup;  // from here on; of the two the later one decides
  std::optional<Given<Place>> at;
  std::optional<Given<Mode>> mode;
  std::vector<Given<std::string>> point;
  std::optional<Given<EntryName>> select;
  std::vector<Setting> settings;
  std::optional<Given<Precision>> precision;
  std::optional<Given<std::string>> bug;  // "" for none
  std::optional<Given<CompareRuns>> compare;
  std::optional<Given<PredictionWanted>> predict;
  std::optional<Given<Demand>> demand;
  std::string ask;  // in place of the sentence made from the two above
};

struct Lesson {
  std::string id;
  int number = 0;
  std::string title;
  std::string line;  // one line on what it is about
  std::filesystem::path path;
  std::optional<Block> program, setup;
  std::vector<LessonStep> steps;
};

// ---- those that come with Backstep -------------------------------------------------

struct LessonList {
  std::vector<Lesson> lessons;  // in order; those that could be read
  std::string problem;          // of the first that could not; else empty
};

// Read once and kept.
const LessonList& all_lessons();

// Throws FileError with suggestions when there is none.
const Lesson& find_lesson(const std::string& id);

}  // namespace backstep
