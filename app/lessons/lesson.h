// A Lesson is a Markdown file that explains one thing by a network one can step
// through: a title, a program or a network, and steps. Each step is a few
// paragraphs beside the graph, and may move the cursor, change the network, ask
// for a prediction, or demand that one does something. Every number in its text
// is a reference: an expression that the engine is asked for. How lessons are
// written is told, for teachers, in assets/lessons/README.md.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/matrix.h"
#include "core/runs/change.h"
#include "core/slips/prediction.h"

namespace backstep {

class Demand;
struct Document;

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

struct LeafEdit {
  EntryName entry;
  bool whole = true;  // the whole leaf is replaced
  Matrix value;
};

// What a directive such as `set` or `edit` changes of the session, from its step on.
struct Setting {
  enum class Lasts { until_new_setup, until_new_program, to_the_end };
  std::string directive;
  Lasts lasts = Lasts::to_the_end;
  std::function<std::string(Document&)> apply;  // what is wrong with it, or ""
  int line = 0;
};

struct PredictionWanted {
  Asked asked = Asked::gradient;
  EntryName entry;
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
  std::vector<Given<std::string>> point;
  std::optional<Given<EntryName>> select;
  std::vector<Setting> settings;  // in the order written
  std::optional<Given<PredictionWanted>> predict;
  std::optional<Given<std::shared_ptr<const Demand>>> demand;
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
