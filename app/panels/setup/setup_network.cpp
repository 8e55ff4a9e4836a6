// NETWORK: layers, activations, how weights start, output and loss.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/paint/numbers.h"
#include "app/panels/setup/setup_edit.h"
#include "app/panels/setup/setup_rows.h"
#include "app/panels/setup/setup_sections.h"
#include "app/widgets/widgets.h"
#include "core/engine/ops.h"
#include "core/ops/op_table.h"
#include "core/program/initial_values.h"
#include "core/runs/fitted_network.h"

namespace backstep {

namespace {

constexpr std::size_t widths_shown = 8;  // more layers than these are set all at once
constexpr float width_cell = 40, width_cell_gap = 5;
constexpr const char* per_layer = "per layer";

const Network& network_of(const PanelContext& context) { return *context.session.setup().network; }

// The formula of a function as its op's row has it.
std::string formula_of(const std::string& function) {
  if (function == "linear") return "x";
  const Op* op = find_op(function, Spelling::call);
  return op ? fill_in(op->formula, [](const std::string& name, const std::string&,
                                      std::string_view) { return name; })
            : "";
}

// ---- layers ---------------------------------------------------------------------

void set_layer_count(const PanelContext& context, std::size_t count) {
  change_network(context, "", [&](Network& n) { n = with_layer_count(std::move(n), count); });
}

// A field for every layer's width, as many in a line as there is room for.
void draw_widths(const PanelContext& context) {
  const std::vector<int>& widths = network_of(context).widths;
  const float room = line_width(context) / context.scale;
  const int in_line =
      std::max(1, static_cast<int>((room + width_cell_gap) / (width_cell + width_cell_gap)));
  const int columns = std::min(in_line, std::max(4, static_cast<int>(widths.size())));
  const float cell = (room + width_cell_gap) / static_cast<float>(columns) - width_cell_gap;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  int at = 0;
  for (std::size_t i = 0; i < widths.size(); ++i, ++at) {
    const float x = static_cast<float>(at % columns) * context.px(cell + width_cell_gap);
    const float y = static_cast<float>(at / columns) * context.px(28 + width_cell_gap);
    ImGui::SetCursorScreenPos({corner.x + x, corner.y + y});
    const std::string name = "setup.width." + std::to_string(i);
    number_cell(context, {"", name, ""}, widths[i], {1, widest_layer_edited, true, "", 1}, cell,
                [&](double width) {
                  change_network(context, name,
                                 [&](Network& n) { n.widths[i] = static_cast<int>(width); });
                });
  }
  const int lines = (at + columns - 1) / columns;
  ImGui::SetCursorScreenPos(
      {corner.x, corner.y + static_cast<float>(lines) * context.px(28 + width_cell_gap)});
}

// Many layers: one width for all.
void draw_one_width(const PanelContext& context) {
  const std::vector<int>& widths = network_of(context).widths;
  const bool alike =
      std::all_of(widths.begin(), widths.end(), [&](int width) { return width == widths[0]; });
  number_row(context,
             {alike ? "Neurons in each" : "Neurons in first", "setup.width",
              "Sets the width of all hidden layers."},
             widths[0], {1, widest_layer_edited, true, "", 1}, [&](double width) {
               change_network(context, "setup.width", [&](Network& n) {
                 n = with_widths(std::move(n), static_cast<int>(width));
               });
             });
}

// − 6 +
void draw_layer_count(const PanelContext& context) {
  const std::size_t count = network_of(context).widths.size();
  begin_row(context,
            {"How many", "setup.layers", "Hidden layers, between the inputs and the output."});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = line_width(context) / context.scale;
  if (row_button(context, "−", 28, "setup.layers.remove", "One layer less", false, count > 0))
    set_layer_count(context, count - 1);
  ImGui::SetCursorScreenPos({at.x + context.px(32), at.y});
  number_cell(context, {"", "setup.layers", ""}, static_cast<double>(count),
              {0, static_cast<double>(most_layers_edited), true, "none", 1}, room - 64,
              [&](double edited) {
                change_network(context, "setup.layers", [&](Network& n) {
                  n = with_layer_count(std::move(n), static_cast<std::size_t>(edited));
                });
              });
  ImGui::SetCursorScreenPos({at.x + context.px(room - 28), at.y});
  if (row_button(context, "+", 28, "setup.layers.add", "One layer more", false,
                 count < most_layers_edited))
    set_layer_count(context, count + 1);
  end_row(context);
}

void draw_layers(const PanelContext& context, bool open) {
  const Network& network = network_of(context);
  if (is_compared(context, "width")) return;
  if (is_compared(context, "depth")) {
    if (!network.widths.empty()) draw_one_width(context);
    return;
  }
  const RowWords words = {"Hidden layers", "setup.hidden",
                          "The layers between the inputs and the output."};
  if (!fold_row(context, words, words_of_layers(network), open)) return;
  draw_layer_count(context);
  if (network.widths.empty()) return;
  if (network.widths.size() <= widths_shown)
    draw_widths(context);
  else
    draw_one_width(context);
}

// ---- activations ------------------------------------------------------------------

std::vector<Choice> activation_choices() {
  std::vector<Choice> choices;
  for (const char* name : all_activations())
    choices.push_back({name, function_label(name), formula_of(name)});
  return choices;
}

void draw_activation(const PanelContext& context) {
  if (is_compared(context, "activation")) return;
  const Network& network = network_of(context);
  const bool own = network.activations.size() > 1;
  std::vector<Choice> choices = activation_choices();
  const std::string says = "What every hidden neuron does to its sum.";
  if (network.widths.size() > 1)
    choices.push_back({per_layer, "per layer", "each hidden layer its own"});
  choice_row(context, {"Activation", "setup.activation", says}, choices,
             own ? per_layer : network.activations[0], [&](const std::string& name) {
               change_network(context, "", [&](Network& n) {
                 n = name == per_layer ? with_own_activations(std::move(n))
                                       : with_activation(std::move(n), name);
               });
             });
  if (!own) return;
  choices.pop_back();
  for (std::size_t i = 0; i < network.activations.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    choice_row(context, {"of layer " + number, "setup.activation." + number, says}, choices,
               network.activations[i], [&](const std::string& name) {
                 change_network(context, "", [&](Network& n) { n.activations[i] = name; });
               });
  }
}

// ---- how weights start ------------------------------------------------------------

// A change after which the weights are to start as the network says.
void change_start(const PanelContext& context, const std::string& burst,
                  const std::function<void(Network&)>& change) {
  change_setup(context, burst, [&](Setup& setup) {
    change(*setup.network);
    setup = with_fresh_weights(std::move(setup));
  });
}

void draw_start(const PanelContext& context) {
  const Network& network = network_of(context);
  const RowWords words = {"Initial weights", "setup.start", "What training starts from."};
  if (!fold_row(context, words, words_of_start(network), false)) return;
  std::vector<Choice> schemes;
  for (const InitialValues& row : all_initial_values())
    schemes.push_back({row.name, label_of_init(row.name), row.formula});
  if (!is_compared(context, "init"))
    choice_row(context, {"Drawn from", "setup.init", "What every weight is drawn from."}, schemes,
               network.init, [&](const std::string& name) {
                 change_start(context, "", [&](Network& n) { n.init = name; });
               });
  if (!is_compared(context, "weight_scale"))
    number_row(
        context, {"× scale", "setup.init_scale", "Weights are drawn, then multiplied by this."},
        network.init_scale, {0, 1000, false, "", 0.01}, [&](double scale) {
          change_start(context, "setup.init_scale", [&](Network& n) { n.init_scale = scale; });
        });
  number_row(context, {"Biases start at", "setup.bias", "What every bias starts as."}, network.bias,
             {-1000, 1000, false, "", 0.1}, [&](double bias) {
               change_start(context, "setup.bias", [&](Network& n) { n.bias = bias; });
             });
  if (is_compared(context, "seed")) return;
  begin_row(context, {"Seed", "setup.seed", "The same seed draws the same weights."});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = line_width(context) / context.scale;
  const auto set = [&](double seed) {
    change_start(context, "setup.seed",
                 [&](Network& n) { n.seed = static_cast<std::uint64_t>(seed); });
  };
  const double seed = static_cast<double>(network.seed);
  number_cell(context, {"", "setup.seed", ""}, seed, {0, 1e15, true, "", 1}, room - 64, set);
  ImGui::SetCursorScreenPos({at.x + context.px(room - 60), at.y});
  if (row_button(context, "another", 60, "setup.seed.another", "Other weights of the same kind"))
    change_start(context, "", [](Network& n) { ++n.seed; });
  end_row(context);
}

// ---- output and loss, and what is built in ------------------------------------------

void draw_output_rows(const PanelContext& context) {
  const Network& network = network_of(context);
  std::vector<Choice> outputs, losses;
  for (const char* name : all_outputs())
    outputs.push_back({name, function_label(name), formula_of(name)});
  for (const char* name : all_losses())
    losses.push_back({name, function_label(name), formula_of(name)});
  choice_row(context,
             {"Output", "setup.output",
              "What the last layer does to its sum. The loss follows where it must."},
             outputs, network.output, [&](const std::string& name) {
               change_network(context, "",
                              [&](Network& n) { n = with_output(std::move(n), name); });
             });
  choice_row(context,
             {"Loss", "setup.loss", "How wrong an answer is. The output follows where it must."},
             losses, network.loss, [&](const std::string& name) {
               change_network(context, "", [&](Network& n) { n = with_loss(std::move(n), name); });
             });
}

void draw_output(const PanelContext& context) {
  if (context.view.mode != Mode::compare) return draw_output_rows(context);
  const Network& network = network_of(context);
  const std::string summary = function_label(network.output) + " · " + function_label(network.loss);
  const RowWords words = {"Output, loss", "setup.output_and_loss",
                          "What the last layer does to its sum, and how wrong an answer is."};
  if (fold_row(context, words, summary, false)) draw_output_rows(context);
}

void draw_built_in(const PanelContext& context) {
  const Network& network = network_of(context);
  if (!is_compared(context, "batch_norm"))
    toggle_row(context,
               {"Batch norm", "setup.batch_norm",
                "Every layer's sums are brought to mean 0 and deviation 1 over the batch."},
               network.batch_norm, [&](bool on) {
                 change_network(context, "", [&](Network& n) { n.batch_norm = on; });
               });
  if (!is_compared(context, "skip_connections"))
    toggle_row(context,
               {"Skip connections", "setup.skip_connections",
                "A layer's input is added to its output where both are equally wide."},
               network.skip_connections, [&](bool on) {
                 change_network(context, "", [&](Network& n) { n.skip_connections = on; });
               });
  if (context.view.mode != Mode::compare) draw_dropout(context);
}

}  // namespace

bool has_dropout(const PanelContext& context) {
  const Setup& setup = context.session.setup();
  return setup.network && setup.network->dropout > 0;
}

void draw_dropout(const PanelContext& context) {
  if (!context.session.setup().network || is_compared(context, "dropout")) return;
  number_row(context,
             {"Dropout", "setup.dropout",
              "The share of hidden neurons left out of every pass of training."},
             network_of(context).dropout, {0, 0.95, false, "off", 0.1}, [&](double share) {
               change_network(context, "setup.dropout", [&](Network& n) { n.dropout = share; });
             });
}

void draw_network_section(const PanelContext& context) {
  if (context.view.mode != Mode::compare) section(context, "NETWORK");
  draw_layers(context, context.view.mode == Mode::train);
  draw_activation(context);
  draw_start(context);
  draw_output(context);
  draw_built_in(context);
}

}  // namespace backstep
