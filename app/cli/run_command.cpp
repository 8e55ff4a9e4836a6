#include "app/cli/run_command.h"

#include <iostream>

#include "app/cli/columns.h"
#include "app/cli/data_summary.h"
#include "app/cli/output.h"
#include "app/documents/document_graph.h"
#include "app/export/metrics.h"
#include "app/export/whole_pass.h"
#include "app/files/json_text.h"
#include "app/lessons/lesson_moment.h"
#include "app/paint/numbers.h"
#include "core/doctor/doctor.h"
#include "core/engine/passes.h"

namespace backstep {

namespace {

enum class Half { value, gradient };

// Every named value of the program with its rows, or only parameters.
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

std::string result_text(const Document& document, const Graph& graph, long epochs,
                        double train_loss, std::optional<double> test_loss) {
  const std::string loss = json_number(train_loss);
  return json_object({{"loss", loss},
                      {"epoch", std::to_string(epochs)},
                      {"values", rows_by_name(graph, Half::value, false)},
                      {"gradients", rows_by_name(graph, Half::gradient, false)},
                      {"parameters", rows_by_name(graph, Half::value, true)},
                      {"train_loss", loss},
                      {"test_loss", test_loss ? json_number(*test_loss) : "null"},
                      {"data", data_json(document, !graph.data_leaves().empty())}},
                     0) +
         "\n";
}

// ---- the summary for people -----------------------------------------------------

void print_named_line(const std::string& name, const std::string& text) {
  std::cout << column(name, 16) << text << "\n";
}

void print_norms(const Timeline& timeline, const Graph& whole) {
  std::cout << "\ngradient norms\n";
  for (int layer : timeline.progress().layers()) {
    const std::string& name = whole.layers()[static_cast<std::size_t>(layer)];
    print_named_line("  " + (name.empty() ? "parameters" : name),
                     full_number(gradient_norm(whole, layer)));
  }
}

// The doctor's diagnosis of a run on data.
void print_diagnosis(Experiment& experiment) {
  if (experiment.data().train.empty()) return;
  const Diagnosis diagnosis = diagnose(experiment);
  std::cout << "\ndoctor\n";
  if (diagnosis.healthy()) std::cout << "  healthy\n";
  for (const std::string& remark : diagnosis.remarks) std::cout << "  " << remark << "\n";
  for (const Finding& finding : diagnosis.findings) {
    std::cout << "  " << finding.title << ": " << finding.text << "\n";
    for (const Remedy& remedy : finding.remedies) std::cout << "    try: " << remedy.label << "\n";
  }
}

void print_nodes(const Graph& graph) {
  std::cout << "\n" << column("name", 16) << column("value", 16) << "gradient\n";
  for (const auto& [name, index] : graph.names()) {
    const Node& node = graph.node(index);
    if (node.value.shape == Shape{})
      print_named_line("  " + name,
                       column(full_number(node.value[0]), 16) + full_number(node.gradient[0]));
    else
      print_named_line("  " + name, to_string(node.value.shape));
  }
}

void print_summary(const Document& document, Experiment& experiment, const Graph& whole,
                   long epochs, double loss, std::optional<double> test_loss) {
  std::cout << document.title << "\n\n";
  print_data(document, !whole.data_leaves().empty());
  print_named_line("epochs", std::to_string(epochs));
  print_named_line("learning rate", exact_number(document.setup.training.learning_rate));
  print_named_line("loss", exact_number(loss));
  if (test_loss) print_named_line("test loss", exact_number(*test_loss));
  if (!is_of_all_rows(whole, experiment))
    print_named_line("norms and values", "of rows evenly chosen; all would take too much memory");
  if (!whole.parameters().empty()) print_norms(experiment.timeline(), whole);
  print_diagnosis(experiment);
  print_nodes(whole);
}

}  // namespace

int run(const RunOptions& options) {
  Document document = document_of(options.file, options.lesson_step);
  if (options.learning_rate) document.setup.training.learning_rate = *options.learning_rate;
  if (options.precision) document.setup.precision = *options.precision;
  for (const std::filesystem::path& out : {options.csv, options.json})
    if (!out.empty()) refuse_to_replace_input(out, options.file, document);
  graph_of(document);  // throws for a mistake in the parameters
  Experiment experiment(document.setup);
  std::optional<Output> csv, json;
  if (!options.csv.empty()) csv.emplace(options.csv);
  if (!options.json.empty()) json.emplace(options.json);

  if (csv) {
    write_metrics(csv->stream(), experiment, options.epochs);
    csv->finish();
  }
  experiment.work(options.epochs, Deadline::never());
  const EpochHistory& history = experiment.trainer().history();
  std::optional<double> test_loss;
  if (!experiment.data().test.empty()) test_loss = history.test_loss().back();
  const Graph whole = whole_pass(experiment, options.epochs);
  const double loss = is_of_all_rows(whole, experiment) ? whole.node(whole.loss()).value[0]
                                                        : history.train_loss().back();
  if (json) {
    json->stream() << result_text(document, whole, options.epochs, loss, test_loss);
    json->finish();
  }
  if (!csv && !json) print_summary(document, experiment, whole, options.epochs, loss, test_loss);
  return 0;
}

}  // namespace backstep
