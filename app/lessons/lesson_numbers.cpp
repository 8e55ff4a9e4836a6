#include "app/lessons/lesson_numbers.h"

#include <algorithm>

#include "core/base/suggestions.h"
#include "core/base/text.h"
#include "core/engine/passes.h"
#include "core/program/program.h"
#include "core/runs/inference_pass.h"

namespace backstep {

namespace {

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

// The names in an expression, but for functions and the T of .T. The e of 3e-06
// belongs to a number.
std::vector<std::string> names_in(const std::string& expression) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < expression.size();) {
    if (!is_name_part(expression[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < expression.size() && is_name_part(expression[end])) ++end;
    const std::size_t after = expression.find_first_not_of(' ', end);
    const bool called = after != std::string::npos && expression[after] == '(';
    const bool option = after != std::string::npos && expression[after] == '=';
    const bool transposed = at > 0 && expression[at - 1] == '.';
    if (is_name_start(expression[at]) && !called && !option && !transposed)
      names.push_back(expression.substr(at, end - at));
    at = end;
  }
  return names;
}

Matrix number(double value) { return {{1, 1}, {value}}; }

bool after_prefix(const std::string& name, const std::string& prefix, std::string& rest) {
  if (name.compare(0, prefix.size(), prefix) != 0) return false;
  rest = name.substr(prefix.size());
  return !rest.empty();
}

int layer_called(const Graph& graph, const std::string& name) {
  for (std::size_t i = 0; i < graph.layers().size(); ++i) {
    std::string layer = graph.layers()[i];
    std::replace(layer.begin(), layer.end(), ' ', '_');
    if (layer == name) return static_cast<int>(i);
  }
  return -1;
}

// Every name that an expression may use, to suggest the one that was meant.
std::vector<std::string> all_names(const Graph& graph) {
  std::vector<std::string> names;
  for (const auto& [name, node] : graph.names()) {
    for (const char* prefix : {"", "grad_", "size_"}) names.push_back(prefix + name);
    if (graph.node(node).kind == NodeKind::parameter) names.push_back("after_" + name);
  }
  for (std::string layer : graph.layers()) {
    std::replace(layer.begin(), layer.end(), ' ', '_');
    if (!layer.empty()) names.push_back("norm_" + layer);
  }
  for (const char* name :
       {"learning_rate", "batch_size", "epoch", "train_loss", "test_loss", "parameters", "samples"})
    names.emplace_back(name);
  return names;
}

}  // namespace

// Training is slow, so steps of the same setup share one run.
void LessonNumbers::go_to(const LessonMoment& moment) {
  if (!experiment_ || !(experiment_->setup() == moment.document.setup))
    experiment_ = std::make_unique<Experiment>(moment.document.setup);
  known_.clear();
  Timeline& timeline = experiment_->timeline();
  std::string mistake;
  position_ = position_of(moment.place, timeline, mistake);
  if (!mistake.empty()) throw FileError(mistake);
  timeline.seek({position_.update, 0});
  start_ = timeline.graph().clone();
  timeline.seek({position_.update, timeline.forward_ticks() + timeline.backward_ticks()});
  graph_ = timeline.graph().clone();
  timeline.seek({position_.update, timeline.ticks()});
  updated_ = timeline.graph().clone();
}

double LessonNumbers::value_of(const std::string& expression) {
  NamedData values;
  std::string program;
  for (const std::string& name : names_in(expression)) {
    if (values.contains(name)) continue;
    const auto value = named(name);
    if (!value)
      throw FileError(text("there is no '{}'{}", name,
                           suggestion(name, all_names(graph()), "; there are ")));
    values[name] = *value;
    program += name + " = input(\"" + name + "\")\n";
  }
  // A program ends in an op, so a bare name or number is multiplied by one.
  program += "answer_ = 1 * (" + expression + ")";
  try {
    const Graph computed = read_program(program, values);
    forward_pass(computed);
    return computed.node(computed.loss()).value[0];
  } catch (const ProgramError& error) {
    std::string message = error.message;
    if (message.find("the loss must be 1×1") == 0) message = "it is not one number";
    throw FileError(message);
  }
}

std::optional<Matrix> LessonNumbers::named(const std::string& name) {
  if (const auto found = known_.find(name); found != known_.end()) return found->second;
  const auto value_in = [](const Graph& graph, const std::string& node) -> std::optional<Matrix> {
    const int index = graph.find(node);
    if (index < 0) return {};
    return copy_of(graph.node(index).value);
  };
  std::string rest;
  std::optional<Matrix> value = value_in(graph(), name);
  if (!value && after_prefix(name, "grad_", rest)) {
    const int node = graph().find(rest);
    if (node >= 0 && graph().node(node).reaches_loss) value = copy_of(graph().node(node).gradient);
  }
  if (!value && after_prefix(name, "after_", rest)) value = value_in(*updated_, rest);
  if (!value && after_prefix(name, "size_", rest)) {
    const int node = graph().find(rest);
    if (node >= 0) value = number(static_cast<double>(graph().node(node).value.shape.size()));
  }
  if (!value && after_prefix(name, "norm_", rest)) {
    const int layer = layer_called(graph(), rest);
    if (layer >= 0) value = number(gradient_norm(graph(), layer));
  }
  if (!value)
    if (const auto found = about_the_run(name)) value = number(*found);
  if (value) known_[name] = *value;
  return value;
}

std::optional<double> LessonNumbers::about_the_run(const std::string& name) {
  const Timeline& run = timeline();
  const Batches& batches = run.batches();
  if (name == "learning_rate") return run.learning_rate();
  if (name == "batch_size") return static_cast<double>(batches.batch_size());
  if (name == "samples") return static_cast<double>(batches.samples());
  if (name == "epoch") return static_cast<double>(batches.epoch_of(position_.update));
  if (name == "parameters") {
    Index count = 0;
    for (int parameter : graph().parameters()) count += graph().node(parameter).value.shape.size();
    return static_cast<double>(count);
  }
  if (name == "train_loss") return loss_of(experiment_->data().train);
  if (name == "test_loss" && !experiment_->data().test.empty())
    return loss_of(experiment_->data().test);
  return {};
}

// The loss over a whole split, computed as at inference, with the parameters from
// before this pass.
double LessonNumbers::loss_of(const NamedData& split) {
  if (split.empty()) return graph().node(graph().loss()).value[0];
  DatasetLoss loss(experiment_->make(), split);
  loss.begin(*start_);
  loss.work(Deadline::never());
  return loss.loss();
}

}  // namespace backstep
