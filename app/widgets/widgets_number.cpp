// The field for a number: dragged, or typed.
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "app/commands/keyboard.h"
#include "app/paint/imgui_painter.h"
#include "app/paint/numbers.h"
#include "app/paint/text_fit.h"
#include "app/platform/imgui_keys.h"
#include "app/widgets/probe.h"
#include "app/widgets/widgets.h"
#include "core/base/number_words.h"
#include "core/base/text.h"

namespace backstep {
namespace {

constexpr double message_seconds = 3;
constexpr float field_padding = 10;  // of words at the left

// The one field that is typed into.
struct TypedField {
  ImGuiID id = 0;
  int frame = 0;  // the last one that drew the field; when it is gone, typing ends
  bool first = false;
  bool lasting = false;
  char text[64] = "";
};
// The one field that has something to say.
struct FieldMessage {
  ImGuiID id = 0;
  double until = 0;
  std::string text;
  bool shown = false;  // in this frame, with what follows
  Rect field;
};
// The one number that is dragged.
struct NumberDrag {
  double at = 0;  // unrounded
  bool changed = false;
  bool twice = false;  // pressed a second time in short order
  bool lasting = false;
};
struct NumberFields {
  TypedField typing;
  FieldMessage message;
  NumberDrag drag;
};

void start_typing(InteractionState& interaction, ImGuiID id, double value, bool lasting) {
  auto& [typing, message, drag] = interaction.of<NumberFields>();
  typing.id = id;
  typing.lasting = lasting;
  typing.frame = ImGui::GetFrameCount();
  typing.first = true;
  const std::string text = exact_number(value);
  std::snprintf(typing.text, sizeof typing.text, "%s", text.c_str());
  message.id = 0;
  interaction.of<Keyboard>().expect_focus();
}

// `value` with as many digits as there is room for. It is rounded and not cut off,
// since half a number reads as another number.
std::string fitting_number(const Painter& painter, double value, const NumberField& options,
                           float pixels, float room) {
  const std::string first = options.whole   ? fixed_number(value, 0)
                            : options.brief ? short_number(value)
                                            : full_number(value);
  for (const std::string& wish :
       {first, short_number(value), scientific_number(value, 2), scientific_number(value, 1)})
    if (painter.text_width(wish, Face::mono, pixels) <= room) return with_minus(wish);
  return with_minus(scientific_number(value, 0));
}

struct Drawn {
  const PanelContext& context;
  const NumberField& options;
  Rect box;
  Color color;
};

void draw_field_box(const Drawn& field, Color border) {
  const PanelContext& context = field.context;
  ImGuiPainter painter = painter_for(context);
  const Color background =
      field.options.background ? *field.options.background : context.theme.field;
  painter.fill(field.box, background, context.px(5));
  painter.frame(field.box, border, context.px(5), std::max(1.0f, context.px(1)));
}

// The number at the right, as in a column of a table, or as a word at the left.
void draw_number(const Drawn& field, double value) {
  const PanelContext& context = field.context;
  ImGuiPainter painter = painter_for(context);
  const float pixels = context.px(field.options.text_size);
  const float padding = std::min(context.px(8), field.box.width * 0.08f);
  const float room = field.box.width - 2 * padding;
  const std::string& shown = field.options.shown;
  const std::string text =
      shown.empty() ? fitting_number(painter, value, field.options, pixels, room) : shown;
  if (field.options.left) {
    painter.text(
        {field.box.x + context.px(field_padding), field.box.y + (field.box.height - pixels) / 2},
        elided(painter, text, Face::ui, pixels, field.box.width - context.px(2 * field_padding)),
        Face::ui, pixels, field.color);
    return;
  }
  painter.text({field.box.right() - padding, field.box.y + (field.box.height - pixels) / 2},
               elided(painter, text, Face::mono, pixels, room), Face::mono, pixels, field.color,
               Align::right);
}

// Notes where the message of this field belongs; it is drawn after everything else.
void place_message(const Drawn& field, ImGuiID id) {
  FieldMessage& message = field.context.interaction.of<NumberFields>().message;
  if (message.id != id) return;
  message.shown = ImGui::GetTime() <= message.until;
  if (!message.shown) {
    message.id = 0;
    return;
  }
  message.field = field.box;
}

// Begins a message about what was typed into the field.
void say(NumberFields& fields, ImGuiID id, const std::string& what) {
  const std::string typed = fields.typing.text;
  FieldMessage& message = fields.message;
  message = {};
  message.id = id;
  message.until = ImGui::GetTime() + message_seconds;
  message.text = text("“{}” {}", typed.size() > 16 ? "…" : typed, what);
}

// Clamps a number to the field's limits, with a message if that changed it.
double limited(NumberFields& fields, ImGuiID id, double number, const NumberField& options) {
  if (number < options.lowest)
    say(fields, id,
        text("is too small: the minimum is {}", with_minus(exact_number(options.lowest))));
  if (number > options.highest)
    say(fields, id,
        text("is too large: the maximum is {}", with_minus(exact_number(options.highest))));
  return std::clamp(number, options.lowest, options.highest);
}

// Takes what was typed, unless the field is read-only.
void take_text(NumberFields& fields, ImGuiID id, double& value, const NumberField& options,
               NumberEdit& edit) {
  double typed = 0;
  if (!options.editable) return;
  if (!read_typed_number(fields.typing.text, typed) ||
      (options.whole && typed != std::round(typed)))
    return say(fields, id, options.whole ? "is not a whole number" : "is not a number");
  typed = limited(fields, id, typed, options);
  if (std::memcmp(&typed, &value, sizeof value) == 0) return;
  value = typed;
  edit.changed = edit.finished = true;
}

NumberEdit type_in(const Drawn& field, ImGuiID id, double& value) {
  const PanelContext& context = field.context;
  const NumberField& options = field.options;
  NumberFields& fields = context.interaction.of<NumberFields>();
  TypedField& typing = fields.typing;
  draw_field_box(field, options.editable ? field.color : context.theme.edge);
  ImFont* font = context.fonts.at(Face::mono, context.px(options.text_size));
  ImGui::PushFont(font);
  ImGui::SetWindowFontScale(context.px(options.text_size) / font->FontSize);
  const float above = (field.box.height - context.px(options.text_size)) / 2;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {context.px(8), above});
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
  ImGui::SetNextItemWidth(field.box.width);
  if (typing.first) context.interaction.of<Keyboard>().focus_next_field();
  ImGui::InputText(
      "##text", typing.text, sizeof typing.text,
      ImGuiInputTextFlags_AutoSelectAll | (options.editable ? 0 : ImGuiInputTextFlags_ReadOnly));
  const bool left = !typing.first && (ImGui::IsItemDeactivated() || !ImGui::IsItemActive());
  const bool cancelled = key_pressed(ImGuiKey_Escape);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  ImGui::SetWindowFontScale(1);
  ImGui::PopFont();

  NumberEdit edit;
  typing.frame = ImGui::GetFrameCount();
  if (!left) {
    // The entry is active from the frame after the one that asks for the focus.
    typing.first = typing.first && !ImGui::IsItemActive();
    return edit;
  }
  if (!cancelled) take_text(fields, id, value, options, edit);
  typing.id = 0;
  return edit;
}

void drag_number(const PanelContext& context, double step, double& value, NumberEdit& edit) {
  const ImGuiIO& io = ImGui::GetIO();
  NumberDrag& drag = context.interaction.of<NumberFields>().drag;
  if (io.KeyShift) step /= 10;
  const double moved = static_cast<double>(io.MouseDelta.x / context.scale) * step;
  if (moved == 0) return;
  drag.at += moved;
  const double now = rounded_to_step(drag.at, step);
  edit.changed = now != value;
  drag.changed |= edit.changed;
  value = now;
}

NumberEdit drag_or_click(const Drawn& field, ImGuiID id, double& value, double drag_step) {
  const PanelContext& context = field.context;
  const NumberField& options = field.options;
  NumberDrag& drag = context.interaction.of<NumberFields>().drag;
  NumberEdit edit;
  ImGui::InvisibleButton("##number", {field.box.width, field.box.height});
  const bool hovered = ImGui::IsItemHovered(), active = ImGui::IsItemActive();
  const bool moved = ImGui::IsMouseDragPastThreshold(0, context.px(3));
  if (ImGui::IsItemActivated()) {
    drag = {value, false, ImGui::IsMouseDoubleClicked(0), options.lasting};
    edit.clicked = true;
  }
  if (active && moved && options.editable) drag_number(context, drag_step, value, edit);
  if (ImGui::IsItemDeactivated()) {
    edit.finished = drag.changed;
    const bool still = hovered && !drag.changed && !moved;
    if (still && (options.click_types || drag.twice))
      start_typing(context.interaction, id, value, options.lasting);
  }
  if (options.editable && (hovered || active)) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);

  const Theme& theme = context.theme;
  const bool lit = options.highlighted || (options.editable && (hovered || active));
  draw_field_box(field, lit ? field.color : theme.line);
  draw_number(field, value);
  return edit;
}

}  // namespace

void draw_field_message(const PanelContext& context) {
  FieldMessage& message = context.interaction.of<NumberFields>().message;
  if (!message.shown) return;
  message.shown = false;
  const Theme& theme = context.theme;
  ImGuiPainter painter = painter_above(context);
  const float pixels = context.px(12), padding = context.px(8);
  const float width = painter.text_width(message.text, Face::ui, pixels) + 2 * padding;
  const float right = std::min(message.field.right(), ImGui::GetIO().DisplaySize.x);
  const Rect box = {std::max(0.0f, right - width), message.field.bottom() + context.px(3), width,
                    pixels + 1.4f * padding};
  painter.fill(box, theme.error_soft, context.px(5));
  painter.frame(box, theme.error, context.px(5), std::max(1.0f, context.scale));
  painter.text({box.x + padding, box.y + 0.7f * padding}, message.text, Face::ui, pixels,
               theme.error);
}

void forget_number_fields(InteractionState& interaction) {
  auto& [typing, message, drag] = interaction.of<NumberFields>();
  if (!typing.lasting) typing = {};
  if (!drag.lasting) drag = {};
  message = {};
}

namespace {

// Replaces a decimal comma by a point, but not one that may separate thousands.
void take_decimal_comma(std::string& number) {
  const std::size_t comma = number.find(',');
  if (comma == std::string::npos || number.find('.') != std::string::npos) return;
  const std::size_t first = number.find_first_not_of("+-");
  const std::size_t decimals = number.find_first_not_of("0123456789", comma + 1);
  const std::size_t count = std::min(decimals, number.size()) - comma - 1;
  const bool after_zero = number.substr(first, comma - first) == "0";
  if (count != 3 || after_zero) number[comma] = '.';
}

}  // namespace

bool read_typed_number(const std::string& text, double& value) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 3, "−") == 0) {
      plain += '-';
      i += 2;
    } else {
      plain += text[i];
    }
  }
  plain = trimmed(plain);
  if (plain.starts_with('+') && !plain.starts_with("+-")) plain.erase(0, 1);
  take_decimal_comma(plain);
  return read_number(plain, value);
}

NumberEdit number_field(const PanelContext& context, const std::string& id, double& value,
                        Color color, double drag_step, const NumberField& options) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = options.width > 0 ? context.px(options.width) : line_width(context);
  const Drawn field = {context, options, {at.x, at.y, width, context.px(options.height)}, color};
  ImGui::PushID(id.c_str());
  const ImGuiID own = ImGui::GetID("");
  TypedField& typing = context.interaction.of<NumberFields>().typing;
  if (typing.id == own && typing.frame + 1 < ImGui::GetFrameCount()) typing.id = 0;
  if (options.type_now && typing.id != own)
    start_typing(context.interaction, own, value, options.lasting);
  const NumberEdit edit =
      typing.id == own ? type_in(field, own, value) : drag_or_click(field, own, value, drag_step);
  place_message(field, own);
  ImGui::PopID();
  if (!options.probe_name.empty()) probe(context, options.probe_name, field.box);
  return edit;
}

}  // namespace backstep
