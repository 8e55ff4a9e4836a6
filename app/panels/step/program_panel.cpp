#include "app/panels/step/program_panel.h"

#include <imgui.h>

#include <algorithm>

#include "app/commands/commands.h"
#include "app/explain/training_words.h"
#include "app/lessons/lesson.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/panels/lesson/lesson_panel.h"
#include "app/panels/step/program_editor.h"
#include "app/panels/step/transport_panel.h"
#include "app/widgets/probe.h"
#include "app/widgets/tooltip.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"
#include "core/stepping/training.h"

namespace backstep {

namespace {

void draw_heading(const PanelContext& context, Painter& painter, Rect rect,
                  const std::string& title, const std::string& note, Color note_color) {
  painter.text({rect.x, rect.y}, title, Face::bold, context.px(11), context.theme.text_faint);
  painter.text({rect.right(), rect.y}, note, Face::ui, context.px(11), note_color, Align::right);
}

// The mistake, wrapped, in a box; returns its height (0 without a mistake).
float mistake_height(const PanelContext& context, const Painter& painter, float width) {
  if (!context.session.mistake()) return 0;
  const auto lines = wrapped(painter, context.session.mistake()->what(), Face::ui,
                             context.px(12.5f), width - context.px(20));
  return context.px(17) * static_cast<float>(lines.size()) + context.px(16);
}

void draw_mistake(const PanelContext& context, Painter& painter, Rect rect) {
  const auto lines = wrapped(painter, context.session.mistake()->what(), Face::ui,
                             context.px(12.5f), rect.width - context.px(20));
  painter.fill(rect, context.theme.error_soft, context.px(6));
  painter.fill({rect.x, rect.y, context.px(3), rect.height}, context.theme.error);
  float y = rect.y + context.px(8);
  for (const std::string& line : lines) {
    painter.text({rect.x + context.px(12), y}, line, Face::ui, context.px(12.5f),
                 context.theme.text);
    y += context.px(17);
  }
  probe(context, "program.mistake", rect);
}

// A title and a line below it; true when it was pressed.
bool list_entry(const PanelContext& context, Painter& painter, Rect rect, const std::string& name,
                const std::string& title, const std::string& line, bool open) {
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  const bool pressed = ImGui::InvisibleButton(name.c_str(), {rect.width, rect.height});
  const bool hovered = ImGui::IsItemHovered();
  if (hovered || open)
    painter.fill(rect, hovered ? context.theme.button_hover : context.theme.button, context.px(6));
  const float left = rect.x + context.px(10), width = rect.width - context.px(20);
  painter.text({left, rect.y + context.px(7)},
               elided(painter, title, Face::ui, context.px(13), width), Face::ui, context.px(13),
               context.theme.text);
  const std::string shown = elided(painter, line, Face::ui, context.px(11.5f), width);
  painter.text({left, rect.y + context.px(25)}, shown, Face::ui, context.px(11.5f),
               context.theme.text_soft);
  if (hovered && shown != line) tooltip(context, line);
  probe(context, name, rect);
  return pressed;
}

// Lessons or examples, in a list that scrolls.
void draw_lessons_or_examples(const PanelContext& context, Rect rect,
                              const std::vector<Example>& examples, bool show_examples) {
  const std::vector<Lesson>& lessons = all_lessons().lessons;
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  ImGui::BeginChild(show_examples ? "examples" : "lessons", {rect.width, rect.height}, false);
  ImGuiPainter painter = painter_for(context);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const std::size_t count = show_examples ? examples.size() : lessons.size();
  const float row = context.px(46), all = row * static_cast<float>(count);
  const float bar = all > rect.height ? context.px(12) : 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Rect box = {origin.x, origin.y + row * static_cast<float>(i), rect.width - bar,
                      row - context.px(3)};
    if (show_examples) {
      const Example& example = examples[i];
      if (list_entry(context, painter, box, "example." + example.id, example.title, example.line,
                     context.session.title() == example.title))
        context.actions.push(action::OpenExample{static_cast<int>(i)});
    } else {
      const Lesson& lesson = lessons[i];
      if (list_entry(context, painter, box, "lesson.open." + lesson.id,
                     std::to_string(lesson.number) + "   " + lesson.title, lesson.line, false))
        context.actions.push(action::OpenLesson{lesson.id});
    }
  }
  ImGui::SetCursorScreenPos({origin.x, origin.y + all});
  ImGui::Dummy({1, 1});
  ImGui::EndChild();
}

// Which of the two lists is shown is kept by ImGui; nothing else depends on it.
bool choose_list(const PanelContext& context, Point at) {
  ImGuiStorage& storage = *ImGui::GetStateStorage();
  const ImGuiID id = ImGui::GetID("shows examples");
  const int chosen =
      heading_switch(context, at, {"LESSONS", "EXAMPLES"}, storage.GetInt(id, 0), "program.list");
  storage.SetInt(id, chosen);
  return chosen == 1;
}

std::string progress_note(const Session& session) {
  const Timeline& timeline = session.training_timeline();
  return counted(updates_done(timeline) / timeline.training().accumulate, "update");
}

void command_button(const PanelContext& context, CommandId id, const std::string& label,
                    float width, ButtonKind kind, const char* name) {
  const Command& command = command_of(id);
  if (button(context, label, width, kind, context.session.runs(), name))
    context.actions.push(action::RunCommand{id});
  if (ImGui::IsItemHovered())
    tooltip(context, std::string(command.says) + "   " + name_of(command.keys));
}

constexpr float training_height = 142, training_line = 16, training_pixels = 11.5f;

// How training differs from plain gradient descent on all samples, and where it
// stands.
std::vector<std::string> training_lines(const PanelContext& context, const Painter& painter,
                                        float width) {
  const Timeline& timeline = context.session.training_timeline();
  std::string text = training_words(timeline);
  if (text.empty() || !context.session.runs()) return {};
  const std::string batch = batch_words(timeline, ", ");
  if (!batch.empty()) text += " · " + batch;
  auto lines = wrapped(painter, text, Face::ui, context.px(training_pixels), width);
  constexpr std::size_t most = 3;
  if (lines.size() > most) {
    lines.resize(most);
    lines.back() =
        elided(painter, lines.back() + " …", Face::ui, context.px(training_pixels), width);
  }
  return lines;
}

// Learning rate, the rest of the training, Train, One epoch, Restart.
void draw_training(const PanelContext& context, Painter& painter, Rect rect) {
  draw_heading(context, painter, rect, "TRAINING", progress_note(context.session),
               context.theme.text_soft);
  const float units = rect.width / context.scale;
  float y = rect.y + context.px(22);
  painter.text({rect.x, y + context.px(6)}, "Learning rate", Face::ui, context.px(13),
               context.theme.text);
  ImGui::SetCursorScreenPos({rect.right() - context.px(110), y});
  double rate = context.session.timeline().learning_rate();
  const TrainingSetting& setting = *find_training_setting("learning_rate");
  NumberField field;
  field.lowest = setting.lowest;
  field.highest = setting.highest;
  field.width = 110;
  field.height = 26;
  field.shown = exact_number(rate);
  field.probe_name = "training.learning_rate";
  const NumberEdit edit = number_field(context, "learning rate", rate, context.theme.text,
                                       std::max(rate, 1e-4) * 0.01, field);
  if (edit.changed && rate >= setting.lowest && rate <= setting.highest)
    context.actions.push(action::SetLearningRate{rate});
  if (edit.finished) context.actions.push(action::EndEdit{});
  y += context.px(36);
  const float first = y;
  for (const std::string& line : training_lines(context, painter, rect.width)) {
    painter.text({rect.x, y - context.px(4)}, line, Face::ui, context.px(training_pixels),
                 context.theme.text_soft);
    y += context.px(training_line);
  }
  if (y > first)
    probe(context, "training.words", {rect.x, first - context.px(4), rect.width, y - first});
  ImGui::SetCursorScreenPos({rect.x, y});
  command_button(context, CommandId::train, context.view.training ? "Pause" : "Train", units,
                 ButtonKind::primary, "training.train");
  y += context.px(38);
  ImGui::SetCursorScreenPos({rect.x, y});
  command_button(context, CommandId::one_epoch, "One epoch", (units - 8) / 2, ButtonKind::plain,
                 "training.epoch");
  ImGui::SetCursorScreenPos({rect.x + rect.width / 2 + context.px(4), y});
  command_button(context, CommandId::restart, "Restart", (units - 8) / 2, ButtonKind::plain,
                 "training.restart");
}

constexpr float margin_size = 18, heading_height = 24;

// The height at which the whole program is visible.
float wanted_height(const PanelContext& context) {
  const std::string& program = context.session.program();
  const auto lines = std::count(program.begin(), program.end(), '\n') + 2;
  return context.px(13 * 1.6f) * static_cast<float>(lines) + context.px(10);
}

// The heading, the text, and the mistake in it; returns where that ends.
float draw_program(const PanelContext& context, Painter& painter, Rect rect, float text_height) {
  const float margin = context.px(margin_size), inner = rect.width - 2 * margin;
  float y = rect.y + context.px(16);
  const bool right = !context.session.mistake();
  draw_heading(context, painter, {rect.x + margin, y, inner, context.px(heading_height)}, "PROGRAM",
               right ? "valid Python" : "error",
               right ? context.theme.text_faint : context.theme.error);
  y += context.px(heading_height);
  draw_program_editor(context, {rect.x, y, rect.width, text_height - context.px(8)});
  y += text_height;
  const float mistake = mistake_height(context, painter, inner);
  if (mistake > 0)
    draw_mistake(context, painter, {rect.x + margin, y, inner, mistake - context.px(8)});
  return y + mistake;
}

// With a lesson open the program gets the height it needs, up to a share, and the
// lesson the rest.
void draw_with_lesson(const PanelContext& context, Painter& painter, Rect rect) {
  const float margin = context.px(margin_size);
  const float share = rect.height < context.px(480) ? 0.2f : 0.36f;  // less in a low window
  const float text = std::min(wanted_height(context), rect.height * share);
  const float y = draw_program(context, painter, rect, text);
  painter.line({rect.x + margin, y}, {rect.right() - margin, y}, context.theme.line);
  const float top = y + context.px(16);
  draw_lesson(context,
              {rect.x + margin, top, rect.width - 2 * margin, rect.bottom() - top - context.px(6)});
}

void draw_with_lists(const PanelContext& context, Painter& painter, Rect rect,
                     const std::vector<Example>& examples) {
  const float margin = context.px(margin_size), inner = rect.width - 2 * margin,
              heading = context.px(heading_height);
  const float words = static_cast<float>(training_lines(context, painter, inner).size());
  const float training = context.px(training_height + training_line * words),
              training_top = rect.bottom() - training;
  const float mistake = mistake_height(context, painter, inner);
  const float room = training_top - rect.y - 2 * heading - margin - mistake;
  const bool show_list = room > context.px(300);
  const float least_list = room > context.px(520) ? room * 0.35f : context.px(100);
  const float text =
      show_list ? std::min(wanted_height(context), room - least_list) : room + heading;
  float y = draw_program(context, painter, rect, text);
  if (show_list) {
    painter.line({rect.x + margin, y}, {rect.right() - margin, y}, context.theme.line);
    y += context.px(9);
    const bool show_examples = choose_list(context, {rect.x + margin, y});
    y += heading + context.px(3);
    draw_lessons_or_examples(context,
                             {rect.x + margin - context.px(10), y, inner + context.px(20),
                              training_top - y - context.px(10)},
                             examples, show_examples);
  }
  painter.line({rect.x + margin, training_top - context.px(8)},
               {rect.right() - margin, training_top - context.px(8)}, context.theme.line);
  draw_training(context, painter, {rect.x + margin, training_top + context.px(4), inner, training});
}

}  // namespace

void draw_program_panel(const PanelContext& context, Rect rect,
                        const std::vector<Example>& examples) {
  begin_panel("program_panel", rect, context, PanelScroll::none);
  ImGuiPainter painter = painter_for(context);
  if (context.lesson)
    draw_with_lesson(context, painter, rect);
  else
    draw_with_lists(context, painter, rect, examples);
  painter.line({rect.right() - 1, rect.y}, {rect.right() - 1, rect.bottom()}, context.theme.line);
  end_panel(context);
}

}  // namespace backstep
