// DATA: which samples, how they are drawn, and the tools for points.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "app/panels/setup/setup_edit.h"
#include "app/panels/setup/setup_rows.h"
#include "app/panels/setup/setup_sections.h"
#include "app/plots/field_picture.h"
#include "app/widgets/tooltip.h"
#include "app/widgets/widgets.h"
#include "core/runs/fitted_network.h"

namespace backstep {

namespace {

constexpr long thumbnail_samples = 70;
constexpr float button_gap = 6;

using Kind = DataSource::Kind;

// ---- built-in sets ---------------------------------------------------------------

// A few samples of each set, for its picture in the list.
struct Thumbnails {
  std::map<std::string, Samples> drawn;
};

const Samples& thumbnail_of(const PanelContext& context, const DataSet& set) {
  auto& drawn = context.interaction.of<Thumbnails>().drawn;
  const auto found = drawn.find(set.name);
  if (found != drawn.end()) return found->second;
  DataSetOptions options;
  options.samples = thumbnail_samples;
  options.train_fraction = 1;
  return drawn[set.name] = draw_samples(set, options);
}

void draw_thumbnail(const PanelContext& context, Painter& painter, Rect rect, const DataSet& set) {
  const Samples& samples = thumbnail_of(context, set);
  painter.fill(rect, context.theme.field, context.px(4));
  const Rect inside = rect.inset(context.px(3));
  const InputRange range = input_range_of(samples);
  for (long i = 0; i < samples.count(); ++i) {
    const auto row = static_cast<std::size_t>(i);
    const auto columns = static_cast<std::size_t>(samples.inputs.shape.columns);
    const double target = samples.targets.entries[row];
    const double x = samples.inputs.entries[row * columns];
    const double y = columns > 1 ? samples.inputs.entries[row * columns + 1] : target;
    const bool positive = samples.kind == TargetKind::classes ? target > 0.5 : target > 0;
    painter.circle(place_in_field(inside, range, x, y), context.px(1.3f),
                   positive ? context.theme.positive : context.theme.negative);
  }
}

// The samples of `set` drawn anew, with a network that fits them.
void take_set(const PanelContext& context, const DataSet& set, const DataSetOptions& options,
              const std::string& burst) {
  const Setup& setup = context.session.setup();
  action::TakeData data;
  data.samples = draw_samples(set, options);
  data.source.kind = Kind::built_in;
  data.source.set = set.name;
  data.source.options = options;
  data.standardise = setup.standardise;
  data.burst = burst;
  if (setup.network) data.network = fitted(*setup.network, data.samples);
  context.actions.push(std::move(data));
}

void draw_set(const PanelContext& context) {
  const DataSource& source = context.session.source();
  const bool built_in = source.kind == Kind::built_in;
  std::vector<Choice> choices;
  for (const DataSet& set : all_data_sets()) {
    Choice choice = {set.name, set.label, set.description};
    choice.picture = [&context, &set](Painter& painter, Rect rect) {
      draw_thumbnail(context, painter, rect, set);
    };
    choices.push_back(std::move(choice));
  }
  const DataSet* now = built_in ? find_data_set(source.set) : nullptr;
  const std::string other = source.kind == Kind::csv          ? source.file.filename().string()
                            : context.session.setup().samples ? "own points"
                                                              : "of the program";
  choice_row(
      context, {"Set", "setup.set", now ? now->description : "Built-in data to learn from."},
      choices, built_in ? source.set : "",
      [&](const std::string& name) {
        const DataSetOptions options = built_in ? source.options : DataSetOptions();
        if (const DataSet* set = find_data_set(name)) take_set(context, *set, options, "");
      },
      built_in ? "" : other);
}

// A number of the options with which the set is drawn.
void draw_option(const PanelContext& context, const RowWords& words, double value,
                 const NumberRange& range, void (*set)(DataSetOptions&, double)) {
  number_row(context, words, value, range, [&](double edited) {
    DataSetOptions options = context.session.source().options;
    set(options, edited);
    take_set(context, *find_data_set(context.session.source().set), options, words.name);
  });
}

void draw_options(const PanelContext& context) {
  const DataSource& source = context.session.source();
  const DataSet* set = source.kind == Kind::built_in ? find_data_set(source.set) : nullptr;
  if (!set || set->fixed) return;
  const DataSetOptions& options = source.options;
  draw_option(context, {"Samples", "setup.samples", "For training and testing together."},
              static_cast<double>(options.samples), {2, 1e6, true, "", 20},
              [](DataSetOptions& o, double v) { o.samples = std::lround(v); });
  draw_option(context, {"Noise", "setup.noise", "How far points are scattered."}, options.noise,
              {0, 0.5, false, "none", 0.1}, [](DataSetOptions& o, double v) { o.noise = v; });
  draw_option(context,
              {"Train fraction", "setup.train_fraction",
               "The share of samples used for training; the others are for testing."},
              options.train_fraction, {0.01, 1, false, "", 0.3},
              [](DataSetOptions& o, double v) { o.train_fraction = v; });
  begin_row(context, {"Data seed", "setup.data_seed", "The same seed draws the same samples."});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = line_width(context) / context.scale;
  const auto reseed = [&](double seed, const std::string& burst) {
    DataSetOptions changed = options;
    changed.seed = static_cast<std::uint64_t>(seed);
    take_set(context, *set, changed, burst);
  };
  const double seed = static_cast<double>(options.seed);
  number_cell(context, {"", "setup.data_seed", ""}, seed, {0, highest_round_seed, true, "", 1},
              room - 64, [&](double edited) { reseed(edited, "setup.data_seed"); });
  ImGui::SetCursorScreenPos({at.x + context.px(room - 60), at.y});
  if (row_button(context, "another", 60, "setup.data_seed.another",
                 "Draw other samples with the next seed"))
    reseed(seed + 1, "");
  end_row(context);
}

void draw_standardise(const PanelContext& context) {
  const Setup& setup = context.session.setup();
  if (!setup.samples) return;
  toggle_row(context,
             {"Standardise", "setup.standardise",
              "Scales inputs to mean 0 and standard deviation 1 over the training samples."},
             setup.standardise, [&](bool on) {
               context.actions.push(action::TakeData{*setup.samples, context.session.source(), on,
                                                     std::nullopt, ""});
             });
}

void draw_balance(const PanelContext& context) {
  const Setup& setup = context.session.setup();
  const bool classes = setup.samples && setup.samples->kind == TargetKind::classes;
  if (!classes || is_compared(context, "balance")) return;
  toggle_row(context,
             {"Balance classes", "setup.balance",
              "Repeats samples of rarer classes until all classes are equally frequent."},
             setup.balance, [&](bool on) {
               change_setup(context, "", [&](Setup& changed) { changed.balance = on; });
             });
}

// ---- points ------------------------------------------------------------------------

struct Tool {
  std::string label, name, tooltip;
  PointTool tool;
  int point_class;
};

// A tool that adds points of each class, or of −1 and 1, and those that change them.
std::vector<Tool> tools_for(const Samples& samples) {
  constexpr int most_classes = 4;
  std::vector<Tool> tools;
  const bool named = samples.kind == TargetKind::classes && samples.classes > 2;
  const int classes = named ? std::min(samples.classes, most_classes) : 2;
  if (samples.inputs.shape.columns == 1 && samples.kind == TargetKind::numbers)
    tools.push_back(
        {"Add", "setup.points.add", "Click in the plot to add a point.", PointTool::add, 1});
  else
    for (int number = classes - 1; number >= 0; --number) {
      const auto at = static_cast<std::size_t>(number);
      const std::string sign = number ? "+" : "−";
      const bool known = named && at < samples.class_names.size();
      tools.push_back({"Add " + (known ? samples.class_names[at] : sign),
                       "setup.points.add." + std::to_string(number),
                       "Click in the plot to add a point of this class.", PointTool::add, number});
    }
  tools.push_back({"Move", "setup.points.move", "Drag a point in the plot.", PointTool::move, 0});
  tools.push_back({"Erase", "setup.points.erase", "Click a point in the plot to erase it.",
                   PointTool::erase, 0});
  return tools;
}

void draw_tools(const PanelContext& context) {
  const Setup& setup = context.session.setup();
  if (!setup.samples || setup.samples->inputs.shape.columns > 2) return;
  ViewState& view = context.view;
  const std::vector<Tool> tools = tools_for(*setup.samples);
  const float room = line_width(context) / context.scale;
  const int columns = tools.size() <= 4 && room > 250 ? static_cast<int>(tools.size()) : 2;
  const float width = (room + button_gap) / static_cast<float>(columns) - button_gap;
  gap(context, 2);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  int at = 0;
  for (const Tool& tool : tools) {
    ImGui::SetCursorScreenPos(
        {corner.x + static_cast<float>(at % columns) * context.px(width + button_gap),
         corner.y + static_cast<float>(at / columns) * context.px(28 + button_gap)});
    ++at;
    const bool lit = view.point_tool == tool.tool &&
                     (tool.tool != PointTool::add || view.point_class == tool.point_class);
    if (!row_button(context, tool.label, width, tool.name, tool.tooltip, lit)) continue;
    view.point_tool = lit ? PointTool::pick : tool.tool;
    if (!lit && tool.tool == PointTool::add) view.point_class = tool.point_class;
  }
  const int lines = (at + columns - 1) / columns;
  ImGui::SetCursorScreenPos(
      {corner.x, corner.y + static_cast<float>(lines) * context.px(28 + button_gap)});
}

void draw_files(const PanelContext& context) {
  const DataSource& source = context.session.source();
  const float half = (line_width(context) / context.scale - button_gap) / 2;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool samples = context.session.setup().samples.has_value();
  if (row_button(context, "Table…", half, "setup.table", "The samples as rows", false, samples))
    context.actions.push(action::ShowData{});
  ImGui::SetCursorScreenPos({at.x + context.px(half + button_gap), at.y});
  if (row_button(context, "Open CSV…", half, "setup.csv", "Data of your own, from a file"))
    context.actions.push(action::ChooseData{});
  ImGui::SetCursorScreenPos({at.x, at.y + context.px(28 + button_gap)});
  if (source.kind == Kind::csv &&
      row_button(context, "Columns…", half, "setup.columns", "Other columns of the same file"))
    context.actions.push(action::OpenData{source.file});
  if (source.kind == Kind::csv) gap(context, button_gap);
}

}  // namespace

void draw_data_section(const PanelContext& context) {
  // In Compare the data is one row of what the runs share.
  section(context, context.view.mode == Mode::compare ? "NETWORK" : "DATA");
  const RowWords words = {"Data", "setup.data", "What the network learns from."};
  const Setup& setup = context.session.setup();
  const bool is_read = setup.network || !context.session.timeline().graph().data_leaves().empty();
  const std::string summary = setup.samples && !is_read
                                  ? "not read by the program"
                                  : words_of_data(setup, context.session.source());
  if (!fold_row(context, words, summary, context.view.mode == Mode::train)) return;
  draw_set(context);
  draw_options(context);
  draw_standardise(context);
  draw_balance(context);
  draw_tools(context);
  draw_files(context);
}

}  // namespace backstep
