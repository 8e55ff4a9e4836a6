#include "app/panels/lesson/lesson_panel.h"

#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>

#include "app/commands/commands.h"
#include "app/commands/keyboard.h"
#include "app/explain/symbols.h"
#include "app/lessons/lesson_guide.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/panels/lesson/lesson_words.h"
#include "app/widgets/imgui_font.h"
#include "app/widgets/probe.h"
#include "app/widgets/tooltip.h"
#include "app/widgets/widgets.h"
#include "core/base/text.h"

namespace backstep {

namespace {

constexpr float heading_size = 11, lesson_title_size = 16, lesson_foot_height = 44,
                answer_height = 28;

LessonPanelState& panel_state(const PanelContext& context) {
  return context.interaction.of<LessonPanelState>();
}

// A step that was entered begins at its top; what is said of a new answer comes
// into sight, and the field goes on taking keys until the answer is right.
void follow(const LessonGuide& lesson, LessonPanelState& state) {
  if (std::exchange(state.visit, lesson.visit()) != lesson.visit()) {
    state.answers = lesson.answers();
    state.typed = lesson.answer() ? lesson.answer()->typed : "";
    state.scroll_up = true;
    state.answered = false;
    state.wants_keys = lesson.asks();
  }
  if (std::exchange(state.answers, lesson.answers()) != lesson.answers()) {
    state.answered = true;
    state.wants_keys = lesson.asks();
  }
}

// ---- the head -----------------------------------------------------------------------

std::string score_of(const LessonGuide& lesson) {
  if (lesson.asked() == 0) return "";
  return text("{} of {} predicted right", lesson.right(), lesson.asked());
}

void draw_close(const PanelContext& context, Painter& painter, Rect box) {
  ImGui::SetCursorScreenPos({box.x, box.y});
  if (ImGui::InvisibleButton("close lesson", {box.width, box.height}))
    context.actions.push(action::CloseLesson{});
  const bool hovered = ImGui::IsItemHovered();
  probe(context, "lesson.close", box);
  const Point middle = box.center();
  const float arm = context.px(4), thickness = std::max(1.0f, context.px(1.3f));
  const Color color = hovered ? context.theme.text : context.theme.text_soft;
  painter.line({middle.x - arm, middle.y - arm}, {middle.x + arm, middle.y + arm}, color,
               thickness);
  painter.line({middle.x - arm, middle.y + arm}, {middle.x + arm, middle.y - arm}, color,
               thickness);
  if (hovered) tooltip(context, command_of(CommandId::close_lesson).says);
}

// "LESSON 3   2 of 9", and the step's title. Returns the height in pixels.
float draw_head(const PanelContext& context, Rect rect, const LessonGuide& lesson) {
  ImGuiPainter painter = painter_for(context);
  const float small = context.px(heading_size), button = context.px(20);
  const int number = lesson.lesson().number;
  const std::string heading = number > 0 ? text("LESSON {}", number) : "LESSON";
  const std::string place = text("{} of {}", lesson.step() + 1, lesson.steps());
  painter.text({rect.x, rect.y}, heading, Face::bold, small, context.theme.text_faint);
  const float x = rect.x + painter.text_width(heading, Face::bold, small) + context.px(10);
  painter.text({x, rect.y}, place, Face::ui, small, context.theme.text_faint);
  const float used = x + painter.text_width(place, Face::ui, small) + context.px(12);
  draw_close(context, painter,
             {rect.right() - button + context.px(5), rect.y - context.px(4), button, button});
  const float right = rect.right() - button;
  const std::string score = score_of(lesson);
  if (!score.empty() && right - painter.text_width(score, Face::ui, small) > used)
    painter.text({right, rect.y}, score, Face::ui, small, context.theme.update, Align::right);
  probe(context, "lesson.head", {rect.x, rect.y, rect.width, context.px(20)});

  float y = rect.y + context.px(20);
  const float pixels = context.px(lesson_title_size);
  for (const std::string& line :
       wrapped(painter, lesson.now().title, Face::bold, pixels, rect.width)) {
    painter.text({rect.x, y}, line, Face::bold, pixels, context.theme.text);
    y += context.px(21);
  }
  return y + context.px(6) - rect.y;
}

// ---- predictions ----------------------------------------------------------------------

std::string revealed_words(const LessonGuide& lesson, const Judgement& judgement) {
  const double truth = judgement.truth;
  if (lesson.now().predict->value.asked != Asked::sign_of_gradient)
    return "It is " + with_minus(short_number(truth)) + ".";
  return truth > 0 ? "It is positive." : truth < 0 ? "It is negative." : "It is zero.";
}

// The field for the answer. Returns whether its text is to be checked.
bool draw_field(const PanelContext& context, const LessonGuide& lesson, float width, bool settled) {
  LessonPanelState& state = panel_state(context);
  const ImGuiFont font(context, Face::mono, 13);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, packed(context.theme.field));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      {context.px(8), (context.px(answer_height) - ImGui::GetFontSize()) / 2});
  ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, context.px(5));
  ImGui::SetNextItemWidth(width);
  const ImGuiInputTextFlags flags = ImGuiInputTextFlags_EnterReturnsTrue |
                                    ImGuiInputTextFlags_AutoSelectAll |
                                    (settled ? ImGuiInputTextFlags_ReadOnly : 0);
  const std::string id = "##answer" + std::to_string(lesson.step());
  const bool sign = lesson.now().predict->value.asked == Asked::sign_of_gradient;
  if (state.wants_keys && !a_popup_is_open()) context.interaction.of<Keyboard>().focus_next_field();
  const bool entered =
      ImGui::InputTextWithHint(id.c_str(), sign ? "+, 0 or -" : "", &state.typed, flags);
  if (ImGui::IsItemActive()) state.wants_keys = false;
  if (entered && state.typed.empty()) state.wants_keys = true;
  probe(context, "lesson.answer");
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
  return entered && !settled;
}

void draw_question(const PanelContext& context, const LessonGuide& lesson, bool settled) {
  const std::string question =
      question_words(lesson.now().predict->value, context.session.graph()) + "  =";
  const bool sign = lesson.now().predict->value.asked == Asked::sign_of_gradient;
  const std::string shown = sign ? question.substr(0, question.size() - 3) + ":" : question;
  ImGuiPainter painter = painter_for(context);
  const float pixels = context.px(14), width = line_width(context), check = context.px(72);
  const float words = painter.text_width(shown, Face::ui, pixels) + context.px(12);
  const float least = context.px(96);  // for a number of some digits
  const bool beside = width - words - check - context.px(8) >= least;
  if (!beside) {
    text_wrapped(context, Face::ui, 14, context.theme.text, shown);
    gap(context, 4);
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (beside)
    painter.text({at.x, at.y + (context.px(answer_height) - pixels) / 2}, shown, Face::ui, pixels,
                 context.theme.text);
  const float left = beside ? words : 0;
  ImGui::SetCursorScreenPos({at.x + left, at.y});
  const bool entered =
      draw_field(context, lesson, width - left - (settled ? 0 : check + context.px(8)), settled);
  const std::string& typed = panel_state(context).typed;
  bool pressed = false;
  if (!settled) {
    ImGui::SetCursorScreenPos({at.x + width - check, at.y});
    pressed = button(context, "Check", check / context.scale, ButtonKind::primary, !typed.empty(),
                     "lesson.check");
  }
  if ((entered || pressed) && !typed.empty()) context.actions.push(action::Predict{typed});
  ImGui::SetCursorScreenPos({at.x, at.y + context.px(answer_height)});
}

bool show_me(const PanelContext& context) {
  const bool pressed =
      text_link(context, "show me", Face::ui, 13, context.theme.text_soft, "Show me");
  probe(context, "lesson.show_me");
  return pressed;
}

void draw_prediction(const PanelContext& context, const LessonGuide& lesson) {
  const Theme& theme = context.theme;
  const auto& answer = lesson.answer();
  const bool settled = answer && answer->settled();
  begin_card(context);
  text_line(context, Face::bold, heading_size, theme.update, "PREDICT BEFORE YOU STEP");
  gap(context, 4);
  if (!lesson.now().ask.empty()) {
    text_wrapped(context, Face::ui, 13, theme.text, lesson.now().ask);
    gap(context, 4);
  }
  draw_question(context, lesson, settled);
  gap(context, 6);
  const float top = ImGui::GetCursorScreenPos().y;
  if (answer) {
    const bool shown = answer->typed.empty();
    const std::string words =
        shown ? revealed_words(lesson, answer->judgement) : answer->judgement.words;
    const Color color = shown ? theme.text : answer->judgement.right ? theme.update : theme.warning;
    text_wrapped(context, Face::ui, 13, color, words);
    probe(context, "lesson.judgement",
          {ImGui::GetCursorScreenPos().x, top, line_width(context),
           ImGui::GetCursorScreenPos().y - top});
  }
  if (!settled && show_me(context)) context.actions.push(action::ShowMe{});
  const Rect box = end_card(context);
  painter_for(context).frame(box, theme.update, context.px(8), std::max(1.0f, context.px(1)));
  probe(context, "lesson.predict", box);
  bool& answered = panel_state(context).answered;
  if (answered && ImGui::GetScrollMaxY() > 0) ImGui::SetScrollHereY(1);
  answered = false;
}

// ---- demands --------------------------------------------------------------------------

void draw_demand(const PanelContext& context, const LessonGuide& lesson) {
  const Theme& theme = context.theme;
  const bool done = !lesson.demands();
  begin_card(context);
  text_line(context, Face::bold, heading_size, done ? theme.update : theme.value,
            done ? "DONE" : "YOUR TURN");
  gap(context, 3);
  const bool own_words = !lesson.now().ask.empty() && !lesson.now().predict;
  text_wrapped(context, Face::ui, 13, done ? theme.text_soft : theme.text,
               own_words ? lesson.now().ask : lesson.demand_sentence());
  gap(context, 4);
  if (!done && show_me(context)) context.actions.push(action::ShowMe{});
  const Rect box = end_card(context);
  painter_for(context).frame(box, done ? theme.line : theme.value, context.px(8),
                             std::max(1.0f, context.px(1)));
  probe(context, "lesson.demand", box);
}

// ---- the transition ----------------------------------------------------------------------

void draw_transition(const PanelContext& context, const LessonGuide& lesson) {
  if (!lesson.transition()) return;
  const auto [from, to, shows_demand] = *lesson.transition();
  const long epoch = context.session.trainer().epoch();
  text_line(context, Face::ui, 12, context.theme.text_soft,
            text("training: epoch {} of {}", epoch, to));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const auto done = static_cast<float>(epoch - from) / static_cast<float>(std::max(1L, to - from));
  const Rect bar = {at.x, at.y, line_width(context), context.px(3)};
  ImGuiPainter painter = painter_for(context);
  painter.fill(bar, context.theme.line, context.px(1.5f));
  painter.fill({bar.x, bar.y, bar.width * std::clamp(done, 0.0f, 1.0f), bar.height},
               context.theme.value, context.px(1.5f));
  gap(context, 12);
}

// ---- the foot ---------------------------------------------------------------------------

void draw_foot(const PanelContext& context, Rect rect, const LessonGuide& lesson) {
  const float space = context.px(10), width = (rect.width - space) / 2 / context.scale;
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  if (button(context, "Previous", width, ButtonKind::plain, lesson.step() > 0, "lesson.previous"))
    context.actions.push(action::RunCommand{CommandId::previous_lesson_step});
  if (ImGui::IsItemHovered()) tooltip(context, command_of(CommandId::previous_lesson_step));
  ImGui::SetCursorScreenPos({rect.x + context.px(width) + space, rect.y});
  const char* label = !lesson.at_end()             ? "Next"
                      : lesson.lesson().number > 0 ? "Next lesson"
                                                   : "Done";
  const bool ready = lesson.may_go_on() && !lesson.transition();
  if (button(context, label, width, ready ? ButtonKind::primary : ButtonKind::plain, ready,
             "lesson.next"))
    context.actions.push(action::RunCommand{CommandId::next_lesson_step});
  if (ImGui::IsItemHovered()) tooltip(context, command_of(CommandId::next_lesson_step));
}

// ---- the text --------------------------------------------------------------------------

// While the pointer is on the name of a node, that node is ringed instead of those
// the step points at.
void draw_words(const PanelContext& context, const LessonGuide& lesson) {
  int pointed = -1, number = 0;
  for (const Paragraph& paragraph : lesson.now().paragraphs) {
    const int node = draw_paragraph(context, paragraph, "paragraph" + std::to_string(++number));
    if (node >= 0) pointed = node;
    gap(context, paragraph.bullet ? 4 : 10);
  }
  gap(context, 4);
  if (pointed >= 0) context.view.pointed_nodes = {pointed};
}

// What is to be predicted and done. Returns the height in pixels.
float draw_task(const PanelContext& context, const LessonGuide& lesson) {
  const float top = ImGui::GetCursorPosY();
  if (lesson.now().predict) draw_prediction(context, lesson);
  if (lesson.now().demand && !lesson.asks()) draw_demand(context, lesson);
  return ImGui::GetCursorPosY() - top;
}

}  // namespace

void draw_lesson(const PanelContext& context, Rect rect) {
  const LessonGuide& lesson = *context.lesson;
  LessonPanelState& state = panel_state(context);
  follow(lesson, state);
  const float head = draw_head(context, rect, lesson), foot = context.px(lesson_foot_height);
  const float room = rect.height - head - foot;
  // Heights are those of the last frame. The task stays in sight below the text,
  // unless that leaves too little room for the text.
  const bool pinned = !state.scroll_up && state.task_height < room * 0.7f;
  const float left = pinned ? room - state.task_height : room;
  const float height = pinned ? std::min(state.words_height, left) : left;
  const bool scrolls = state.words_height + (pinned ? 0 : state.task_height) > height + 1;
  // The scroll bar stands in the margin.
  const Rect text = {rect.x, rect.y + head, rect.width + (scrolls ? context.px(10) : 0), height};
  ImGui::SetCursorScreenPos({text.x, text.y});
  ImGui::BeginChild("lesson text", {text.width, text.height}, false,
                    scrolls ? 0 : ImGuiWindowFlags_NoScrollbar);
  if (state.scroll_up) ImGui::SetScrollY(0);
  state.scroll_up = false;
  const float top = ImGui::GetCursorPosY();
  draw_transition(context, lesson);
  draw_words(context, lesson);
  state.words_height = ImGui::GetCursorPosY() - top;
  if (!pinned) state.task_height = draw_task(context, lesson);
  ImGui::EndChild();
  if (pinned) {
    ImGui::SetCursorScreenPos({text.x, text.bottom()});
    ImGui::BeginChild("lesson task", {rect.width, rect.y + head + room - text.bottom()}, false,
                      ImGuiWindowFlags_NoScrollbar);
    state.task_height = draw_task(context, lesson);
    ImGui::EndChild();
  }
  probe(context, "lesson.text", {text.x, text.y, text.width, room});
  draw_foot(context, {rect.x, rect.bottom() - foot + context.px(12), rect.width, foot}, lesson);
}

int heading_switch(const PanelContext& context, Point at, const std::vector<const char*>& headings,
                   int chosen, const std::string& name) {
  ImGuiPainter painter = painter_for(context);
  const float pixels = context.px(heading_size), height = context.px(22);
  float x = at.x;
  for (int i = 0; i < static_cast<int>(headings.size()); ++i) {
    const char* heading = headings[static_cast<std::size_t>(i)];
    const Rect box = {x, at.y, painter.text_width(heading, Face::bold, pixels), height};
    const std::string id = name + "." + std::to_string(i);
    ImGui::SetCursorScreenPos({box.x, box.y});
    if (ImGui::InvisibleButton(id.c_str(), {box.width, box.height})) chosen = i;
    const bool hovered = ImGui::IsItemHovered();
    painter.text({box.x, box.y + (height - pixels) / 2}, heading, Face::bold, pixels,
                 i == chosen || hovered ? context.theme.text : context.theme.text_faint);
    if (i == chosen)
      painter.fill({box.x, box.bottom() - context.px(2), box.width, context.px(2)},
                   context.theme.value);
    probe(context, id, box);
    x = box.right() + context.px(16);
  }
  return chosen;
}

}  // namespace backstep
