// The graph of a document: its program read with its data, and its own values
// in place of the program's.
#pragma once

#include "app/documents/document.h"
#include "core/engine/graph.h"

namespace backstep {

// The graph on the rows of the first batch. Throws ProgramError for a mistake in the program,
// FileError for parameters that name nothing or do not fit ("parameters.W1: …").
Graph graph_of(const Document& document);

// The same program on the test data, on as many of its rows as are run at once.
// Throws FileError when the program does not accept them ("data.test: …").
Graph test_graph_of(const Document& document);

}  // namespace backstep
