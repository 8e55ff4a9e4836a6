#include "app/documents/document_graph.h"

#include <algorithm>

#include "app/files/text_file.h"
#include "core/base/suggestions.h"
#include "core/base/text.h"

namespace backstep {

namespace {

const Node& leaf_named(const Graph& graph, const std::string& name) {
  const int index = graph.find(name);
  if (index >= 0 && graph.node(index).is_editable()) return graph.node(index);
  std::vector<std::string> known;
  for (const auto& [word, node] : graph.names())
    if (graph.node(node).is_editable() && graph.node(node).data_name.empty()) known.push_back(word);
  throw FileError("parameters." + name + ": the program has no parameter of this name" +
                  suggestion(name, known, "; it has "));
}

void take_values(const Graph& graph, const std::map<std::string, Matrix>& values) {
  for (const auto& [name, value] : values) {
    const Node& leaf = leaf_named(graph, name);
    if (!leaf.data_name.empty())
      throw FileError(text("parameters.{}: its numbers come from data.train.{}; change them there",
                           name, leaf.data_name));
    if (leaf.value.shape != value.shape)
      throw FileError(text("parameters.{}: this is {}, and the program has {}", name,
                           to_string(value.shape), to_string(leaf.value.shape)));
    std::copy(value.entries.begin(), value.entries.end(), leaf.value.data);
  }
}

}  // namespace

Graph graph_of(const Document& document) {
  Dataset data = dataset_of(document.setup);
  Graph graph = read_program(program_of(document.setup),
                             Batches(data.train, training_of(document.setup)).first());
  take_values(graph, document.setup.parameters);
  return graph;
}

Graph test_graph_of(const Document& document) {
  try {
    const NamedData test = dataset_of(document.setup).test;
    long rows = InferencePass::default_chunk;
    Graph graph =
        graph_that_fits([program = program_of(document.setup)](
                            const NamedData& part) { return read_program(program, part); },
                        test, rows);
    take_values(graph, document.setup.parameters);
    return graph;
  } catch (const ProgramError& error) {
    throw FileError(std::string("data.test: the program does not take it: ") + error.what());
  }
}

}  // namespace backstep
