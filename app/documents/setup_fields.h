// Setup fields are the parts of a session file that say what runs: "network",
// "data" and "training", read into a Document and written from one.
#pragma once

#include <filesystem>
#include <string>

#include "app/documents/document.h"
#include "app/files/json_field.h"

namespace backstep {

// All throw FileError with the field and the valid choices.
Network read_network(const JsonField& network);
// Files are looked for beside the session, in `folder`.
void read_data(const JsonField& data, const std::filesystem::path& folder, Document& document);
Training read_training(const JsonField& training);

// JSON objects, indented as fields of a session.
std::string network_text(const Network& network);
// Data of a session in `folder`; "" when there is nothing to say.
std::string data_text(const Document& document, const std::filesystem::path& folder);
std::string training_text(const Training& training);

// Rows that a network learns from, as samples that can be plotted and drawn;
// false, and nothing done, when samples could not give back the same rows.
bool take_rows_as_samples(Document& document);

}  // namespace backstep
