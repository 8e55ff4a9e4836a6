#include "app/cli/metrics.h"

#include "app/draw/numbers.h"
#include "core/passes.h"

namespace backstep {

namespace {

// As RFC 4180 has it: quotes around what holds a comma, a quote or a line end.
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

std::string norms_now(const Graph& graph, const std::vector<int>& layers) {
  std::string text;
  for (int layer : layers) text += "," + exact_number(gradient_norm(graph, layer));
  return text;
}

}  // namespace

std::vector<int> layers_with_norms(const Timeline& timeline) {
  const std::vector<int>& layers = timeline.progress().layers();
  return layers.empty() ? std::vector<int>{0} : layers;
}

void write_metrics(std::ostream& out, Timeline& timeline, const TestLoss& test, long epochs) {
  const Graph& graph = timeline.graph();
  const std::vector<int> layers = layers_with_norms(timeline);
  out << header(graph, layers);
  std::string norms;
  for (long epoch = 0; epoch <= epochs && out; ++epoch) {
    // The gradients here are those that the next epoch's update will use.
    timeline.seek({epoch, timeline.forward_ticks() + timeline.backward_ticks()});
    const std::string next_norms = norms_now(graph, layers);
    if (epoch == 0) norms = next_norms;
    const std::optional<double> test_loss = test.of(graph);
    out << epoch << "," << exact_number(graph.node(graph.loss()).value[0]) << ","
        << (test_loss ? exact_number(*test_loss) : "") << norms << "\n";
    norms = next_norms;
  }
}

}  // namespace backstep
