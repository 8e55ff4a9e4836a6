// Places, entries and settings of a lesson, found in the network it is about.
#include <algorithm>
#include <cmath>

#include "app/documents/document_graph.h"
#include "app/lessons/lesson_moment.h"
#include "core/base/number_words.h"
#include "core/base/suggestions.h"
#include "core/base/text.h"
#include "core/runs/setup.h"

namespace backstep {

namespace {

// The tick after which a node's gradient is complete.
int last_contribution(const Timeline& timeline, int node) {
  int last = 0;
  for (int edge : timeline.graph().node(node).edges_out)
    if (timeline.graph().edge(edge).carries_gradient)
      last = std::max(last, timeline.tick_of(Phase::backward, timeline.graph().edge(edge).to));
  return last;
}

int tick_after(const Place& place, const Timeline& timeline, std::string& mistake) {
  const Graph& graph = timeline.graph();
  const int forward = timeline.forward_ticks(), backward = timeline.backward_ticks();
  using After = Place::After;
  if (place.after == After::start) return 0;
  if (place.node.empty())
    return place.after == After::forward    ? forward
           : place.after == After::backward ? forward + backward
                                            : timeline.ticks();
  mistake = missing_node(place.node, graph);
  if (!mistake.empty()) return 0;
  const int node = graph.find(place.node);
  if (place.after == After::forward) return timeline.tick_of(Phase::forward, node);
  const bool updates = place.after == After::update;
  int tick = timeline.tick_of(updates ? Phase::update : Phase::backward, node);
  if (!updates && tick == 0) tick = last_contribution(timeline, node);
  if (tick == 0)
    mistake = "'" + place.node +
              (updates ? "' is not updated; parameters are" : "': no gradient comes back to it");
  return tick;
}

std::string set_number(Training& training, const TrainingSetting& setting,
                       const std::string& value) {
  double number = value == "on" ? 1 : 0;
  const bool word = value == "on" || value == "off" || (setting.zero && value == setting.zero);
  const bool right =
      word || (read_number(value, number) && number >= setting.lowest && number <= setting.highest);
  if (!right)
    return text("{}: it is a number from {} to {}", setting.name, two_digits(setting.lowest),
                two_digits(setting.highest));
  set_value(training, setting, number);
  return "";
}

std::string set_network(Network& network, const Change& change) {
  const Network before = network;
  (change.setting == "loss" ? network.loss : network.output) = change.value;
  std::string mistake = mistake_in(network);
  if (!mistake.empty()) network = before;
  return mistake;
}

bool same_text(const std::string& a, const std::string& b) {
  double x = 0, y = 0;
  return a == b || (read_number(a, x) && read_number(b, y) && x == y);
}

}  // namespace

std::string missing_node(const std::string& name, const Graph& graph) {
  if (graph.find(name) >= 0) return "";
  std::vector<std::string> known;
  for (const auto& [word, node] : graph.names()) known.push_back(word);
  return text("there is no node '{}'{}", name, suggestion(name, known, "; there are "));
}

EntryPlace entry_of(const EntryName& name, const Graph& graph, std::string& mistake) {
  mistake = missing_node(name.node, graph);
  if (!mistake.empty()) return {};
  const int node = graph.find(name.node);
  const Shape shape = graph.node(node).value.shape;
  const bool fits =
      name.row ? *name.row < shape.rows && name.column < shape.columns : name.column < shape.size();
  if (!fits) mistake = text("'{}' is {}; entries count from 0", name.node, to_string(shape));
  return {node, name.row.value_or(0) * shape.columns + name.column};
}

Position position_of(const Place& place, const Timeline& timeline, std::string& mistake) {
  mistake.clear();
  const long update = place.epochs * timeline.batches().per_epoch() + place.passes;
  return {update, tick_after(place, timeline, mistake)};
}

std::string set_field(Document& document, const Change& change) {
  std::string mistake;
  if (find_changeable(change.setting)) {
    document.setup = with_change(document.setup, change, mistake);
  } else if (const TrainingSetting* setting = find_training_setting(change.setting)) {
    mistake = set_number(document.setup.training, *setting, change.value);
  } else if (document.setup.network && (change.setting == "output" || change.setting == "loss")) {
    mistake = set_network(*document.setup.network, change);
  } else {
    std::vector<std::string> known = {"output", "loss"};
    for (const Changeable& row : all_changeables()) known.emplace_back(row.setting);
    for (const TrainingSetting& row : all_training_settings()) known.emplace_back(row.name);
    mistake =
        text("'{}' cannot be set{}", change.setting, suggestion(change.setting, known, "; try "));
  }
  if (document.setup.network) document.setup.program = program_of(document.setup);
  return mistake;
}

std::string edit_leaf(Document& document, const LeafEdit& edit) {
  const Graph graph = graph_of(document);
  std::string mistake;
  const EntryPlace place = entry_of(edit.entry, graph, mistake);
  if (!mistake.empty()) return mistake;
  const Node& node = graph.node(place.node);
  const std::string name = text("edit: '{}'", edit.entry.node);
  if (!node.is_editable()) return name + " is computed; edited are inputs, targets, parameters";
  if (!node.data_name.empty()) return name + " has its numbers from the data";
  if (edit.whole && edit.value.shape != node.value.shape)
    return text("{} is {}, and this is {}", name, to_string(node.value.shape),
                to_string(edit.value.shape));
  if (!edit.whole && edit.value.shape != Shape{}) return name + ": one entry is one number";
  Matrix value = edit.whole ? edit.value : copy_of(node.value);
  if (!edit.whole) value.entries[static_cast<std::size_t>(place.entry)] = edit.value.entries[0];
  document.setup.parameters[edit.entry.node] = std::move(value);
  return "";
}

// A relative setting such as weight_scale has no value of its own to compare, so the
// setup it leads to is compared.
bool is_set(const Setup& now, const Document& before, const Change& change) {
  Document wanted = before;
  if (!set_field(wanted, change).empty()) return false;
  if (change.setting == "weight_scale")
    return now.network && now.network->init_scale == wanted.setup.network->init_scale;
  if (const Changeable* row = find_changeable(change.setting))
    return (now.network || !row->needs_network) &&
           same_text(row->read(now), row->read(wanted.setup));
  if (const TrainingSetting* setting = find_training_setting(change.setting))
    return value_of(now.training, *setting) == value_of(wanted.setup.training, *setting);
  return now.network && now.network->loss == wanted.setup.network->loss &&
         now.network->output == wanted.setup.network->output;
}

}  // namespace backstep
