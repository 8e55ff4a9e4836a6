#include "app/panels/dialogs/data_dialog.h"

#include <imgui.h>

#include <algorithm>

#include "app/paint/text_fit.h"
#include "app/panels/dialogs/dialogs.h"
#include "app/panels/setup/setup_edit.h"
#include "app/panels/setup/setup_rows.h"
#include "app/widgets/setup_focus.h"
#include "app/widgets/widgets.h"
#include "core/base/number_words.h"
#include "core/base/text.h"
#include "core/runs/fitted_network.h"

namespace backstep {

namespace {

constexpr long rows_shown = 8;
constexpr float check_width = 160, dialog_foot_height = 128;
constexpr const char* no_split = "";

// Makes the samples of the choice.
void look_at(DataDialog& dialog) {
  dialog.samples.reset();
  dialog.facts = {};
  dialog.problem.clear();
  try {
    dialog.samples = samples_of(dialog.table, dialog.choice);
    dialog.facts = facts_of(dialog.table, dialog.choice);
  } catch (const FileError& error) {
    dialog.problem = error.what();
  }
}

bool is_input(const DataDialog& dialog, const std::string& column) {
  const auto& inputs = dialog.choice.inputs;
  return std::find(inputs.begin(), inputs.end(), column) != inputs.end();
}

// A column has one role: the target is no longer an input.
void set_inputs(DataDialog& dialog, const std::string& column, bool on) {
  std::vector<std::string> inputs;
  for (const CsvColumn& other : dialog.table.columns)
    if (other.name == column ? on : is_input(dialog, other.name)) inputs.push_back(other.name);
  dialog.choice.inputs = std::move(inputs);
  if (on && dialog.choice.target == column) dialog.choice.target.clear();
  if (on && dialog.choice.split == column) dialog.choice.split.clear();
}

std::vector<Choice> column_choices(const DataDialog& dialog) {
  std::vector<Choice> choices;
  for (const CsvColumn& column : dialog.table.columns)
    choices.push_back({column.name, column.name, ""});
  return choices;
}

void draw_target(const PanelContext& context, DataDialog& dialog) {
  choice_row(context, {"Target", "data.target", "The column to be predicted."},
             column_choices(dialog), dialog.choice.target, [&](const std::string& name) {
               set_inputs(dialog, name, false);
               if (dialog.choice.split == name) dialog.choice.split.clear();
               dialog.choice.target = name;
               const int column = dialog.table.find(name);
               dialog.choice.kind =
                   suggested_kind(dialog.table.columns[static_cast<std::size_t>(column)]);
               look_at(dialog);
             });
  const std::vector<Choice> kinds = {{"classes", "classes", "every text or number is a class"},
                                     {"numbers", "numbers", "a value to come close to"}};
  const bool classes = dialog.choice.kind == TargetKind::classes;
  choice_row(context, {"Targets are", "data.kind", "What the target's cells mean."}, kinds,
             classes ? "classes" : "numbers", [&](const std::string& name) {
               dialog.choice.kind = name == "classes" ? TargetKind::classes : TargetKind::numbers;
               look_at(dialog);
             });
}

void draw_split(const PanelContext& context, DataDialog& dialog) {
  std::vector<Choice> choices = column_choices(dialog);
  choices.insert(choices.begin(), {no_split, "at random", "by the fraction and the seed below"});
  choice_row(context, {"Train and test", "data.split", "A column whose cells say train or test."},
             choices, dialog.choice.split, [&](const std::string& name) {
               if (!name.empty()) set_inputs(dialog, name, false);
               if (!name.empty() && dialog.choice.target == name) dialog.choice.target.clear();
               dialog.choice.split = name;
               look_at(dialog);
             });
  if (!dialog.choice.split.empty()) return;
  number_row(context,
             {"Train fraction", "data.train_fraction", "The share of the rows to train on."},
             dialog.choice.train_fraction, {0.01, 1, false, "", 0.3}, [&](double fraction) {
               dialog.choice.train_fraction = fraction;
               look_at(dialog);
             });
  number_row(context, {"Seed", "data.seed", "The same seed always gives the same split."},
             static_cast<double>(dialog.choice.seed), {0, highest_round_seed, true, "", 1},
             [&](double seed) {
               dialog.choice.seed = static_cast<std::uint64_t>(seed);
               look_at(dialog);
             });
}

bool has_missing_cells(const CsvTable& table) {
  return std::any_of(table.columns.begin(), table.columns.end(),
                     [](const CsvColumn& column) { return column.missing_cells > 0; });
}

void draw_missing(const PanelContext& context, DataDialog& dialog) {
  if (!has_missing_cells(dialog.table)) return;
  std::vector<Choice> choices;
  std::string now;
  for (const MissingWord& word : all_missing_words()) {
    choices.push_back({word.name, word.label, word.says});
    if (word.missing == dialog.choice.missing) now = word.name;
  }
  choice_row(
      context,
      {"Missing inputs", "data.missing",
       "What happens to rows with a missing input. A row without its target is always left out."},
      choices, now, [&](const std::string& name) {
        for (const MissingWord& word : all_missing_words())
          if (name == word.name) dialog.choice.missing = word.missing;
        look_at(dialog);
      });
}

// Reads the file again, and keeps the columns that were chosen.
void read_with(DataDialog& dialog, char decimal) {
  try {
    dialog.table = read_csv(dialog.file, decimal);
    dialog.decimal = decimal;
    look_at(dialog);
  } catch (const FileError& error) {
    dialog.problem = error.what();
  }
}

// Shown only where marks between digits may group thousands.
void draw_decimal(const PanelContext& context, DataDialog& dialog) {
  const auto& columns = dialog.table.columns;
  const bool matters =
      dialog.decimal != 0 ||
      std::any_of(columns.begin(), columns.end(), [](const CsvColumn& column) {
        return column.doubtful >= 0 || column.has_thousands || column.style.decimal == ',';
      });
  if (!matters) return;
  const std::vector<Choice> choices = {{"as it looks", "as it looks", "what the file's cells tell"},
                                       {".", "point", "1,234.5 is more than a thousand"},
                                       {",", "comma", "1.234,5 is more than a thousand"}};
  const std::string now = dialog.decimal ? std::string(1, dialog.decimal) : "as it looks";
  choice_row(
      context,
      {"Decimals", "data.decimal", "The sign between the whole part of a number and its decimals."},
      choices, now,
      [&](const std::string& name) { read_with(dialog, name.size() == 1 ? name[0] : '\0'); });
}

void draw_one_hot(const PanelContext& context, DataDialog& dialog) {
  const auto& columns = dialog.table.columns;
  if (std::all_of(columns.begin(), columns.end(),
                  [](const CsvColumn& column) { return column.has_numbers(); }))
    return;
  toggle_row(context,
             {"Texts as columns", "data.one_hot",
              "Each different text of an input becomes a column of 0 and 1 (one-hot)."},
             dialog.choice.one_hot, [&](bool on) {
               dialog.choice.one_hot = on;
               dialog.choice.inputs =
                   suggested_inputs(dialog.table, dialog.choice.target, dialog.choice.split, on);
               look_at(dialog);
             });
}

void draw_inputs(const PanelContext& context, DataDialog& dialog) {
  section(context, "INPUTS",
          text("{} of {} columns", dialog.choice.inputs.size(), dialog.table.columns.size()));
  const float room = line_width(context) / context.scale;
  const int columns = std::max(1, static_cast<int>(room / check_width));
  const float width = room / static_cast<float>(columns), height = 28;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  int at = 0;
  for (const CsvColumn& column : dialog.table.columns) {
    ImGui::SetCursorScreenPos({corner.x + static_cast<float>(at % columns) * context.px(width),
                               corner.y + static_cast<float>(at / columns) * context.px(height)});
    ++at;
    const bool on = is_input(dialog, column.name);
    const FieldLook look = {width - 6, height - 2, "data.input." + column.name};
    if (!check_box(context, look.probe_name, column.name, on, look)) continue;
    set_inputs(dialog, column.name, !on);
    look_at(dialog);
  }
  const int lines = (at + columns - 1) / columns;
  ImGui::SetCursorScreenPos({corner.x, corner.y + static_cast<float>(lines) * context.px(height)});
  gap(context, 4);
}

void draw_first_rows(const PanelContext& context, DataDialog& dialog) {
  const CsvTable& table = dialog.table;
  section(context, "FIRST ROWS", grouped(table.rows) + " " + plural(table.rows, "row"));
  TableRows rows;
  rows.head = table.names();
  rows.count = std::min(table.rows, rows_shown);
  rows.text = [&table](long row, std::size_t column) { return table.columns[column].text(row); };
  rows.color = [&](long, std::size_t column) {
    const std::string& name = table.columns[column].name;
    if (name == dialog.choice.target) return context.theme.value;
    return is_input(dialog, name) ? context.theme.text : context.theme.text_faint;
  };
  const float height = context.px(24) * static_cast<float>(rows.count + 1) + 1;
  draw_rows(context, "data.rows", rows, dialog.rows, {line_width(context), height});
  dialog.rows.lit = -1;
}

std::string words_of(const Samples& samples) {
  std::string words = grouped(samples.train) + " to train on, " +
                      grouped(samples.count() - samples.train) + " to test with";
  if (samples.kind == TargetKind::classes)
    words += "; " + std::to_string(samples.classes) + " classes";
  return words + ".";
}

// What was left out, and what is read differently from what one might expect.
std::string words_of(const DataFacts& facts) {
  std::string words;
  if (facts.rows_left_out > 0)
    words += text(" Left out: {} {}, {}.", grouped(facts.rows_left_out),
                  plural(facts.rows_left_out, "row"), facts.why_rows);
  for (const std::string& note : facts.notes) words += " " + capitalised(note) + ".";
  return words;
}

void take(const PanelContext& context, const DataDialog& dialog) {
  action::TakeData data;
  data.samples = *dialog.samples;
  data.source = source_of(dialog.table, dialog.choice);
  if (dialog.decimal) data.source.decimal = dialog.decimal;
  data.standardise = dialog.standardise;
  data.opens = dialog.opens;
  const Setup& setup = context.session.setup();
  if (setup.network) data.network = fitted(*setup.network, data.samples);
  context.actions.push(std::move(data));
}

void draw_foot(const PanelContext& context, Dialogs& dialogs, DataDialog& dialog) {
  const bool right = dialog.samples.has_value();
  ImGui::BeginChild("foot words",
                    {ImGui::GetContentRegionAvail().x, context.px(dialog_foot_height - 44)});
  text_wrapped(context, Face::ui, 12.5f, right ? context.theme.text_soft : context.theme.warning,
               right ? words_of(*dialog.samples) + words_of(dialog.facts) : dialog.problem);
  ImGui::EndChild();
  if (row_button(context, "Take these", 120, "data.take", "", true, right)) {
    take(context, dialog);
    dialogs.open = Dialog::none;
  }
  ImGui::SameLine(0, context.px(8));
  if (row_button(context, "Cancel", 100, "data.cancel")) dialogs.open = Dialog::none;
}

}  // namespace

void open_data_dialog(Dialogs& dialogs, const std::filesystem::path& path, bool opens,
                      const DataSource& before) {
  DataDialog dialog;
  dialog.file = path;
  dialog.opens = opens;
  const bool again = !opens && before.kind == DataSource::Kind::csv && before.file == path;
  if (again && !before.decimal.empty()) dialog.decimal = before.decimal[0];
  dialog.table = read_csv(path, dialog.decimal);
  dialog.choice = suggested_choice(dialog.table);
  if (again) {
    dialog.choice = choice_of(before);
    const int target = dialog.table.find(before.target);
    if (target >= 0)
      dialog.choice.kind = suggested_kind(dialog.table.columns[static_cast<std::size_t>(target)]);
  }
  look_at(dialog);
  dialogs.data = std::move(dialog);
  open_dialog(dialogs, Dialog::data_columns);
}

void draw_data_dialog(const PanelContext& context, Dialogs& dialogs, Point size) {
  if (!dialogs.data) return;
  DataDialog& dialog = *dialogs.data;
  text_line(context, Face::ui, 12.5f, context.theme.text_soft, dialog.file.filename().string());
  gap(context, 4);
  const float height =
      ImGui::GetWindowHeight() - ImGui::GetCursorPosY() - context.px(dialog_foot_height + 20);
  begin_fields(context);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::BeginChild("columns", {size.x, height});
  draw_target(context, dialog);
  draw_split(context, dialog);
  draw_missing(context, dialog);
  draw_decimal(context, dialog);
  draw_one_hot(context, dialog);
  toggle_row(
      context,
      {"Standardise", "data.standardise",
       "Scales inputs to mean 0 and standard deviation 1, measured on the training samples."},
      dialog.standardise, [&](bool on) { dialog.standardise = on; });
  draw_inputs(context, dialog);
  draw_first_rows(context, dialog);
  ImGui::EndChild();
  gap(context, 8);
  draw_foot(context, dialogs, dialog);
  ImGui::PopStyleVar();
  end_fields(context);
  draw_field_message(context);
}

}  // namespace backstep
