// A session file holds a Document: either a plain program (.py) or a session, a
// JSON object:
//
//   {
//     "backstep": 1,
//     "title": "Two inputs, one neuron, one output",
//     "program": "x = input([[0.5, 0.8]])\n…",
//     "parameters": {"W1": [[0.4], [0.6]]},
//     "data": {"train": {"x": […], "y": […]}, "test": {"x": […], "y": […]}},
//     "training": {"optimizer": "sgd", "learning_rate": 0.5},
//     "view": {"update": 0, "tick": 3}
//   }
//
// Only "backstep" and "program" must be there. Numbers are written so that they
// read back as the same bits.
#pragma once

#include <filesystem>

#include "app/session/document.h"
#include "app/session/text_file.h"

namespace backstep {

// Reads a program (.py), a session (.json), or, under another name, whichever
// of the two it is. Throws FileError with the place of the first mistake and
// the valid choices. The program's own text may hold mistakes; who builds its
// graph learns of them.
Document read_document(const std::filesystem::path& path);

// Writes a session; `path` is left as it was when that fails. Throws FileError.
void write_session(const std::filesystem::path& path, const Document& document);

}  // namespace backstep
