// Reading lessons. A lesson is a file assets/lessons/NN-id.md; NN is its place
// in the list, and id what it is called by:
//
//   # One neuron with tanh
//
//   A weight, a bias, a squashing function: forward, then back.
//
//   ```python
//   x = input([[1.0]])
//   …
//   ```
//
//   ```json
//   {"training": {"learning_rate": 0.5}}
//   ```
//
//   ## Forward
//
//   ```step
//   at: forward z
//   point: w, x
//   ```
//
//   The product [w·x is −2](w * x); with [b](b) added, [z = 1](z).
//
// The first paragraph is the line shown in the list. The blocks before the first
// `##` are the lesson's setup; a program or a setup inside a step takes their
// place from that step on. `json` holds the fields of a session but "title" and
// "program", such as "network", "data", "training", "parameters".
//
// In paragraphs there are **strong** words, `code`, and references [words](…):
//
// - Words with a number: the expression must equal it to the digits written;
//   12% is 0.12, and 3.3×10⁻⁶ or 3.3e-06 can be written.
// - Words without: the name of a node, which they point at.
// - [0.68](printed): a number misprinted elsewhere.
//
// A paragraph that begins with "Slip in print:" gets that as its heading; "- "
// begins a line of a list. Digits stand in references only, and in code whole
// numbers of one or two digits.
//
// Expressions are those of programs, and come to one number. There are all named
// nodes; grad_NAME; after_NAME, a parameter after this pass's update; size_NAME,
// its count of entries; norm_LAYER, the gradient norm of a layer (spaces become
// _); learning_rate, batch_size, epoch, train_loss, test_loss, parameters (how
// many numbers), samples. They are those of the whole pass in which the step's
// cursor stands.
//
// A `step` block has directives, one a line:
//
//   at: start | forward [NODE] | backward [NODE] | update [PARAM]
//       The cursor: before everything; after the whole phase or after NODE's part
//       of it. `pass N` (from 1) or `epoch N` (trained before) may stand in front.
//   mode: step | train | compare
//   point: a1, W2           these nodes are ringed
//   select: W1[0,1]         this is in the inspector
//   set: FIELD = VALUE      a row of core/change.cpp, or a setting of training
//   edit: w = 2             what a leaf starts with; also W1[0,1] = 2, or rows
//   precision: float16
//   bug: ID                 a row of core/bug.cpp, or none
//   compare: activation = sigmoid, tanh, relu
//   predict: value a1 | gradient z1[0,0] | sign of gradient w
//   do: step to PLACE | edit w = 1.7 | train to epoch 300 | set FIELD = VALUE |
//       check | mode train | find bug | open paths
//   ask: words              in place of the sentence made from predict or do
//
// What at, mode, set, edit, precision, bug and compare say holds from their step
// on. A new program ends edits, a new setup also what was set.
#pragma once

#include <string>
#include <vector>

#include "app/lessons/lesson.h"

namespace backstep {

struct LessonMistake {
  int line = 0;
  std::string message;
};

// The lesson as far as it can be understood, and what could not.
Lesson parse_lesson(const std::string& text, std::vector<LessonMistake>& mistakes);

// Throws FileError, "FILE:LINE: …", for the first mistake.
Lesson read_lesson(const std::filesystem::path& path);

// Gives the lesson of a file NN-id.md its number and id.
void name_lesson(Lesson& lesson, const std::filesystem::path& path);

// Takes "key: value" into the step; what is wrong with it, or "".
std::string read_directive(const std::string& line, int number, LessonStep& step);

}  // namespace backstep
