// A LessonMoment is what a step is about: the session that its directives and those
// of the steps before it lead to, and where the cursor stands in it. The numbers in
// the step's text are true of it, and entering the step brings the window there.
#pragma once

#include "app/documents/document.h"
#include "app/files/text_file.h"
#include "app/lessons/lesson.h"
#include "core/stepping/timeline.h"

namespace backstep {

// A mistake in a lesson's file: what() is "FILE:LINE: message".
struct LessonError : FileError {
  LessonError(const Lesson& lesson, int line, const std::string& message);
  int line;
  std::string message;
};

struct LessonMoment {
  Document document;  // before any training; its mode and runs are those of the step
  Place place;
};

// Throws LessonError.
LessonMoment moment_of(const Lesson& lesson, std::size_t step);

// The session a lesson begins with.
Document document_of(const Lesson& lesson);
// The document in a file. For a lesson (.md) it is the session that the lesson begins
// with, or that of a step, numbered from 1. Throws FileError.
Document document_of(const std::filesystem::path& file, std::optional<int> lesson_step);
// The step with that number; throws FileError when the lesson has none.
std::size_t step_numbered(const Lesson& lesson, int number);

// Where a place is on the timeline; `mistake` says what is wrong with it, if anything.
Position position_of(const Place& place, const Timeline& timeline, std::string& mistake);

// An entry found in a graph; `mistake` says what is wrong with it, if anything.
struct EntryPlace {
  int node = -1;
  Index entry = 0;
};
EntryPlace entry_of(const EntryName& name, const Graph& graph, std::string& mistake);
// "there is no node 'z3'; did you mean …", or "" when there is one.
std::string missing_node(const std::string& name, const Graph& graph);

// What `set` does: a change of core/runs/change.h, a setting of training, or the
// network's output or loss. What is wrong with it, or "".
std::string set_field(Document& document, const Change& change);
// What `edit` does, and what is wrong with it, or "".
std::string edit_leaf(Document& document, const LeafEdit& edit);
// Whether `now` has what `before` would have with the change.
bool is_set(const Setup& now, const Document& before, const Change& change);

}  // namespace backstep
