// NETWORK: layers, activations, how weights start, output and loss.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <variant>

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

constexpr std::size_t widths_shown = 8;  // with more layers, one field sets all widths
constexpr float width_cell = 40, width_cell_gap = 5;
constexpr const char* per_layer = "per layer";

const Network& network_of(const PanelContext& context) { return *context.session.setup().network; }

// The formula in the row of an activation or a loss.
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

// One field for each layer's width, as many in a line as fit.
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
    number_cell(context, {"", name, ""}, widths[i], {1, widest_layer, true, "", 1}, cell,
                [&](double width) {
                  change_network(context, name,
                                 [&](Network& n) { n.widths[i] = static_cast<int>(width); });
                });
  }
  const int lines = (at + columns - 1) / columns;
  ImGui::SetCursorScreenPos(
      {corner.x, corner.y + static_cast<float>(lines) * context.px(28 + width_cell_gap)});
}

// One field that sets the width of all layers.
void draw_one_width(const PanelContext& context) {
  const std::vector<int>& widths = network_of(context).widths;
  const bool alike =
      std::all_of(widths.begin(), widths.end(), [&](int width) { return width == widths[0]; });
  number_row(context,
             {alike ? "Neurons in each" : "Neurons in first", "setup.width",
              "Sets the width of all hidden layers."},
             widths[0], {1, widest_layer, true, "", 1}, [&](double width) {
               change_network(context, "setup.width", [&](Network& n) {
                 n = with_widths(std::move(n), static_cast<int>(width));
               });
             });
}

// The number of layers between two buttons: − 6 +
void draw_layer_count(const PanelContext& context) {
  const std::size_t count = network_of(context).widths.size();
  begin_row(context,
            {"How many", "setup.layers", "Hidden layers, between the inputs and the output."});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = line_width(context) / context.scale;
  if (row_button(context, "−", 28, "setup.layers.remove", "Remove a layer", false, count > 0))
    set_layer_count(context, count - 1);
  ImGui::SetCursorScreenPos({at.x + context.px(32), at.y});
  number_cell(context, {"", "setup.layers", ""}, static_cast<double>(count),
              {0, static_cast<double>(most_hidden_layers), true, "none", 1}, room - 64,
              [&](double edited) {
                change_network(context, "setup.layers", [&](Network& n) {
                  n = with_layer_count(std::move(n), static_cast<std::size_t>(edited));
                });
              });
  ImGui::SetCursorScreenPos({at.x + context.px(room - 28), at.y});
  if (row_button(context, "+", 28, "setup.layers.add", "Add a layer", false,
                 count < most_hidden_layers))
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
  const std::string tooltip = "The function that every hidden neuron applies to its sum.";
  if (network.widths.size() > 1)
    choices.push_back({per_layer, "per layer", "each hidden layer its own"});
  choice_row(context, {"Activation", "setup.activation", tooltip}, choices,
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
    choice_row(context, {"of layer " + number, "setup.activation." + number, tooltip}, choices,
               network.activations[i], [&](const std::string& name) {
                 change_network(context, "", [&](Network& n) { n.activations[i] = name; });
               });
  }
}

// ---- settings of one value ----------------------------------------------------------

// Makes the change; after it the weights may have to start as the network tooltip.
void change_setting(const PanelContext& context, const NetworkSetting& setting,
                    const std::string& burst, const std::function<void(Network&)>& change) {
  if (!setting.is_of_start) return change_network(context, burst, change);
  change_setup(context, burst, [&](Setup& setup) {
    change(*setup.network);
    setup = with_fresh_weights(std::move(setup));
  });
}

RowWords row_words(const NetworkSetting& setting) {
  return {setting.label, std::string("setup.") + setting.name, setting.description};
}

NumberRange number_range(const NetworkSetting& setting) {
  return {setting.lowest_offered, setting.highest_offered,
          std::holds_alternative<std::uint64_t Network::*>(setting.field), setting.zero,
          setting.least_drag};
}

void draw_word(const PanelContext& context, const NetworkSetting& setting,
               const std::vector<Choice>& choices,
               const std::function<void(Network&, const std::string&)>& set) {
  const auto field = std::get<std::string Network::*>(setting.field);
  choice_row(context, row_words(setting), choices, network_of(context).*field,
             [&](const std::string& name) {
               change_setting(context, setting, "", [&](Network& n) { set(n, name); });
             });
}

// A number or a switch; what runs are compared by is left to the list of runs.
void draw_setting(const PanelContext& context, const NetworkSetting& setting) {
  if (is_compared(context, setting.name)) return;
  const RowWords words = row_words(setting);
  if (const auto on = std::get_if<bool Network::*>(&setting.field))
    return toggle_row(context, words, network_of(context).*(*on), [&](bool edited) {
      change_setting(context, setting, "", [&](Network& n) { n.*(*on) = edited; });
    });
  if (const auto number = std::get_if<double Network::*>(&setting.field))
    number_row(
        context, words, network_of(context).*(*number), number_range(setting), [&](double edited) {
          change_setting(context, setting, words.name, [&](Network& n) { n.*(*number) = edited; });
        });
}

const NetworkSetting& setting_named(const char* name) { return *find_network_setting(name); }

// ---- how weights start ------------------------------------------------------------

void draw_init(const PanelContext& context) {
  if (is_compared(context, "init")) return;
  std::vector<Choice> schemes;
  for (const InitialValues& row : all_initial_values())
    schemes.push_back({row.name, row.label, row.formula});
  draw_word(context, setting_named("init"), schemes,
            [](Network& n, const std::string& name) { n.init = name; });
}

void draw_seed(const PanelContext& context) {
  if (is_compared(context, "seed")) return;
  const NetworkSetting& setting = setting_named("seed");
  const RowWords words = row_words(setting);
  begin_row(context, words);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = line_width(context) / context.scale;
  const auto set = [&](double seed) {
    change_setting(context, setting, words.name,
                   [&](Network& n) { n.seed = static_cast<std::uint64_t>(seed); });
  };
  number_cell(context, {"", words.name, ""}, static_cast<double>(network_of(context).seed),
              number_range(setting), room - 64, set);
  ImGui::SetCursorScreenPos({at.x + context.px(room - 60), at.y});
  if (row_button(context, "another", 60, "setup.seed.another",
                 "Draw other weights with the next seed"))
    change_setting(context, setting, "", [](Network& n) { ++n.seed; });
  end_row(context);
}

void draw_start(const PanelContext& context) {
  const RowWords words = {"Initial weights", "setup.start", "What training starts from."};
  if (!fold_row(context, words, words_of_start(network_of(context)), false)) return;
  draw_init(context);
  // Runs with other scales of weights have no scale in common.
  const bool by_scale = is_compared(context, "weight_scale");
  for (const NetworkSetting& setting : all_network_settings())
    if (setting.is_of_start && !(by_scale && std::strcmp(setting.name, "init_scale") == 0))
      draw_setting(context, setting);
  draw_seed(context);
}

// ---- output and loss, and what is built in ------------------------------------------

void draw_output_rows(const PanelContext& context) {
  std::vector<Choice> outputs, losses;
  for (const char* name : all_outputs())
    outputs.push_back({name, function_label(name), formula_of(name)});
  for (const char* name : all_losses())
    losses.push_back({name, function_label(name), formula_of(name)});
  draw_word(context, setting_named("output"), outputs,
            [](Network& n, const std::string& name) { n = with_output(std::move(n), name); });
  draw_word(context, setting_named("loss"), losses,
            [](Network& n, const std::string& name) { n = with_loss(std::move(n), name); });
}

void draw_output(const PanelContext& context) {
  if (context.view.mode != Mode::compare) return draw_output_rows(context);
  const Network& network = network_of(context);
  const std::string summary = function_label(network.output) + " · " + function_label(network.loss);
  const RowWords words = {
      "Output, loss", "setup.output_and_loss",
      "The function of the last layer, and how the error of its answers is measured."};
  if (fold_row(context, words, summary, false)) draw_output_rows(context);
}

// Everything that neither layers nor weights start from: switches, and dropout, which in
// Compare stands with the settings of training.
void draw_built_in(const PanelContext& context) {
  const bool compare = context.view.mode == Mode::compare;
  for (const NetworkSetting& setting : all_network_settings())
    if (!setting.is_of_start && !(compare && std::strcmp(setting.name, "dropout") == 0))
      draw_setting(context, setting);
}

}  // namespace

bool has_dropout(const PanelContext& context) {
  const Setup& setup = context.session.setup();
  return setup.network && setup.network->dropout > 0;
}

void draw_dropout(const PanelContext& context) {
  if (context.session.setup().network) draw_setting(context, setting_named("dropout"));
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
