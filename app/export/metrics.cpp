#include "app/export/metrics.h"

#include "app/paint/numbers.h"

namespace backstep {

namespace {

// Quotes a field that holds a comma, a quote or the end of a line, as in RFC 4180.
std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string header(const Graph& graph, const std::vector<int>& layers) {
  std::string line = "epoch,train_loss,test_loss";
  for (int layer : layers) {
    const std::string& name = graph.layers()[static_cast<std::size_t>(layer)];
    line += "," + csv_field("grad_norm:" + (name.empty() ? "parameters" : name));
  }
  return line + "\n";
}

// One row of the history.
void write_row(std::ostream& out, const Experiment& experiment, std::size_t row) {
  const EpochHistory& history = experiment.trainer().history();
  out << exact_number(history.epochs()[row]) << "," << exact_number(history.train_loss()[row])
      << "," << (experiment.data().test.empty() ? "" : exact_number(history.test_loss()[row]));
  for (std::size_t i = 0; i < history.layers().size(); ++i)
    out << "," << exact_number(history.norm(static_cast<int>(i))[row]);
  if (history.layers().empty()) out << ",0";
  out << "\n";
}

}  // namespace

std::vector<int> layers_with_norms(const Timeline& timeline) {
  const std::vector<int>& layers = timeline.progress().layers();
  return layers.empty() ? std::vector<int>{0} : layers;
}

void write_metrics(std::ostream& out, Experiment& experiment, long epochs) {
  const EpochHistory& history = experiment.trainer().history();
  out << header(experiment.timeline().graph(), layers_with_norms(experiment.timeline()));
  for (long epoch = 0; epoch <= epochs && out; ++epoch) {
    experiment.work(epoch, Deadline::never());
    write_row(out, experiment, history.size() - 1);
  }
}

void write_history(std::ostream& out, const Experiment& experiment) {
  out << header(experiment.timeline().graph(), layers_with_norms(experiment.timeline()));
  for (std::size_t row = 0; row < experiment.trainer().history().size(); ++row)
    write_row(out, experiment, row);
}

}  // namespace backstep
