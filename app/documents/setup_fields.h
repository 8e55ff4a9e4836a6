// The fields of a session file that describe a run: "network", "data" and "training",
// read into a Document and written from one.
#pragma once

#include <filesystem>
#include <string>

#include "app/documents/document.h"
#include "app/files/json_field.h"

namespace backstep {

// All throw FileError that names the field and the valid choices.
Network read_network(const JsonField& network);
// Files are looked for beside the session, in `folder`.
void read_data(const JsonField& data, const std::filesystem::path& folder, Document& document);
Training read_training(const JsonField& training);

// JSON objects, indented as fields of a session.
std::string network_text(const Network& network);
// The data of a session file in `folder`; empty when there are none.
std::string data_text(const Document& document, const std::filesystem::path& folder);
std::string training_text(const Training& training);

// Turns the rows that a network learns from into samples, which can be plotted and
// edited in the plot. False, and the document unchanged, when samples could not give
// back exactly the same rows.
bool take_rows_as_samples(Document& document);

}  // namespace backstep
