#include "app/cli/run_command.h"

#include <iostream>

#include "app/cli/columns.h"
#include "app/cli/metrics.h"
#include "app/cli/output.h"
#include "app/draw/numbers.h"
#include "app/session/document_graph.h"
#include "app/session/json_text.h"
#include "app/session/session_file.h"
#include "core/passes.h"

namespace backstep {

namespace {

enum class Half { value, gradient };

// Every name of the program with its rows, or only those of parameters.
std::string rows_by_name(const Graph& graph, Half half, bool only_parameters) {
  JsonFields fields;
  for (const auto& [name, index] : graph.names()) {
    const Node& node = graph.node(index);
    if (only_parameters && node.kind != NodeKind::parameter) continue;
    fields.emplace_back(name,
                        json_rows(copy_of(half == Half::value ? node.value : node.gradient), 4));
  }
  return json_object(fields, 2);
}

std::string result_text(const Graph& graph, long epochs, std::optional<double> test_loss) {
  const std::string loss = json_number(graph.node(graph.loss()).value[0]);
  return json_object({{"loss", loss},
                      {"epoch", std::to_string(epochs)},
                      {"values", rows_by_name(graph, Half::value, false)},
                      {"gradients", rows_by_name(graph, Half::gradient, false)},
                      {"parameters", rows_by_name(graph, Half::value, true)},
                      {"train_loss", loss},
                      {"test_loss", test_loss ? json_number(*test_loss) : "null"}},
                     0) +
         "\n";
}

// ---- the summary for people -----------------------------------------------------

void print_line(const std::string& name, const std::string& text) {
  std::cout << column(name, 16) << text << "\n";
}

void print_norms(const Timeline& timeline) {
  std::cout << "\ngradient norms\n";
  for (int layer : timeline.progress().layers()) {
    const std::string& name = timeline.graph().layers()[static_cast<std::size_t>(layer)];
    print_line("  " + (name.empty() ? "parameters" : name),
               full_number(gradient_norm(timeline.graph(), layer)));
  }
}

void print_nodes(const Graph& graph) {
  std::cout << "\n" << column("name", 16) << column("value", 16) << "gradient\n";
  for (const auto& [name, index] : graph.names()) {
    const Node& node = graph.node(index);
    if (node.value.shape == Shape{})
      print_line("  " + name,
                 column(full_number(node.value[0]), 16) + full_number(node.gradient[0]));
    else
      print_line("  " + name, to_string(node.value.shape));
  }
}

void print_summary(const Document& document, const Timeline& timeline, long epochs,
                   std::optional<double> test_loss) {
  const Graph& graph = timeline.graph();
  std::cout << document.title << "\n\n";
  print_line("epochs", std::to_string(epochs));
  print_line("learning rate", exact_number(timeline.learning_rate()));
  print_line("loss", exact_number(graph.node(graph.loss()).value[0]));
  if (test_loss) print_line("test loss", exact_number(*test_loss));
  if (!graph.parameters().empty()) print_norms(timeline);
  print_nodes(graph);
}

}  // namespace

int run(const RunOptions& options) {
  const Document document = read_document(options.file);
  Timeline timeline(graph_of(document), options.learning_rate.value_or(document.learning_rate));
  const TestLoss test(document);
  std::optional<Output> csv, json;
  if (!options.csv.empty()) csv.emplace(options.csv);
  if (!options.json.empty()) json.emplace(options.json);

  if (csv) {
    write_metrics(csv->stream(), timeline, test, options.epochs);
    csv->finish();
  }
  timeline.seek({options.epochs, timeline.forward_ticks() + timeline.backward_ticks()});
  const std::optional<double> test_loss = test.of(timeline.graph());
  if (json) {
    json->stream() << result_text(timeline.graph(), options.epochs, test_loss);
    json->finish();
  }
  if (!csv && !json) print_summary(document, timeline, options.epochs, test_loss);
  return 0;
}

}  // namespace backstep
