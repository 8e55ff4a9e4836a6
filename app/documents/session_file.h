// A session file holds a Document: a plain program (.py), data alone, which a
// small network then learns (.csv), or a session, a JSON object:
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
// Only "backstep" and "program" must be there. In place of the program there
// may be a network, which needs data:
//
//     "network": {"layers": [4, 2], "activation": "tanh", "output": "tanh",
//                 "loss": "half_mse", "init": "xavier", "init_scale": 1, "bias": 0,
//                 "seed": 1, "batch_norm": false, "skip_connections": false, "dropout": 0}
//
// "activation" may be a list, one for each layer. Data are rows as above, a
// data set, or a CSV file that is looked for beside the session; "standardise"
// and "balance" go with each of them:
//
//     "data": {"set": "circle", "samples": 500, "noise": 0.1, "train_fraction": 0.5, "seed": 1}
//     "data": {"csv": "flowers.csv", "inputs": ["length", "width"], "target": "kind",
//              "targets": "classes", "split": "", "missing": "leave_out", "one_hot": false,
//              "decimal": ".", "train_fraction": 0.5, "seed": 1}
//
// "missing" says what becomes of rows with a missing input: "leave_out", or what
// such cells are filled in with, "mean", "median" or "most_frequent"; "one_hot"
// makes a column of 0 and 1 of every text of an input; "decimal" is "." or ","
// where a file leaves open whether 1.234 has decimals. What is not there is as
// the file looks.
//
// "training" has the settings of all_training_settings(), and "view" what the
// window shows and the runs to compare:
//
//     "training": {"optimizer": "adam", "learning_rate": 0.01, "batch_size": 10, …}
//     "view": {"mode": "compare",
//              "compare": {"by": "activation", "values": ["sigmoid", "tanh", "relu"]}}
//
// Where the program is saved with a mistake in it, "view" also holds the
// "right_program" that ran last, whose parameters and tick these are.
//
// Numbers are written so that they read back as the same bits.
#pragma once

#include <filesystem>

#include "app/documents/document.h"
#include "app/files/text_file.h"

namespace backstep {

// Reads a program (.py), a session (.json), data (.csv), or, under another name,
// whichever of the first two it is. Throws FileError with the place of the first
// mistake and the valid choices. The program's own text may hold mistakes; who
// builds its graph learns of them.
Document read_document(const std::filesystem::path& path);

// The session that `text`, a JSON object, describes; files it names are looked for
// in `folder`. Its program may hold mistakes. Throws FileError.
Document session_of(const std::string& text, const std::filesystem::path& folder);

// A small network for samples, as it is built where there is only data.
Document document_of_data(Samples samples, DataSource source);

// Writes a session; `path` is left as it was when that fails. Throws FileError.
void write_session(const std::filesystem::path& path, const Document& document);

}  // namespace backstep
