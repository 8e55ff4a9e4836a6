// A session file holds a Document: a plain program (.py), data alone, for which a
// small network is built (.csv), or a session, a JSON object with all there is:
//
//   {
//     "backstep": 1,
//     "program": "x = input([[0.5, 0.8]])\n…",
//     "training": {"optimizer": "sgd", "learning_rate": 0.5}
//   }
//
// assets/examples/README.md describes every field, for the people who write such
// files. Numbers are written so that they read back as the same bits.
#pragma once

#include <filesystem>

#include "app/documents/document.h"
#include "app/files/text_file.h"

namespace backstep {

// Reads a program, a session or data, by the ending of the name; a file with another
// ending may be any of them. Throws FileError that names the place of the first mistake
// and the valid choices. Mistakes in the text of a program are not reported here but
// where its graph is built.
Document read_document(const std::filesystem::path& path);

// The session that `text`, a JSON object, describes; files it names are looked for
// in `folder`. Its program may hold mistakes. Throws FileError.
Document session_of(const std::string& text, const std::filesystem::path& folder);

// A document with a small network for the samples, for when only data is opened.
Document document_of_data(Samples samples, DataSource source);

// Writes a session; `path` is left as it was when that fails. Throws FileError.
void write_session(const std::filesystem::path& path, const Document& document);

}  // namespace backstep
