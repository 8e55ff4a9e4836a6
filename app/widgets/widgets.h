// Widgets are the small parts every panel is made of, in the look of Backstep:
// panels, cards, lines of text, buttons, and fields for numbers. Lengths are in
// units of the design, not pixels. A widget given a `probe_name` notes where it
// is, for tests.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "app/paint/painter.h"
#include "app/paint/styled_text.h"
#include "app/widgets/context.h"

namespace backstep {

class ImGuiPainter;

// Draws into the ImGui window being filled, onto what it holds so far.
ImGuiPainter painter_for(const PanelContext& context);
// Draws below all windows, or above them all.
ImGuiPainter painter_below(const PanelContext& context);
ImGuiPainter painter_above(const PanelContext& context);

// ---- panels and cards ----

enum class PanelScroll { none, vertical };

// A part of the window: fixed at `rect`, with the panel's background and
// padding. Whatever does not fit is scrolled.
void begin_panel(const char* id, Rect rect, const PanelContext& context,
                 PanelScroll scroll = PanelScroll::vertical);
void end_panel(const PanelContext& context);

// A rounded box as high as what is put into it, with a small title and, at the
// right of it, a note. Cards do not hold cards. Its end says where it lies.
void begin_card(const PanelContext& context, const std::string& title = "",
                const std::string& note = "");
Rect end_card(const PanelContext& context);
void forget_open_card(const PanelContext& context);  // one that will not be ended

// Width in pixels that a line may take here: in a card, that of the card.
float line_width(const PanelContext& context);

// ---- text ----

// One line; what does not fit, here or into `width` pixels, ends in "…".
void text_line(const PanelContext& context, Face face, float size, Color color,
               const std::string& text, float width = 0);
// As many lines as it takes.
void text_wrapped(const PanelContext& context, Face face, float size, Color color,
                  const std::string& text);
// Small capitals' stand-in: "FORWARD", bold and faint, with a note at the right.
void section_title(const PanelContext& context, const std::string& title,
                   const std::string& note = "");
// Nothing, `height` high.
void gap(const PanelContext& context, float height);
// A quiet line across.
void rule(const PanelContext& context);

// Text in several colours, broken at spaces; the first line starts `start` pixels
// in, the others `indent`. Returns the height in pixels.
float flowing_text(const PanelContext& context, Face face, float size, const StyledText& text,
                   float indent = 0, float start = 0);
// Text that can be clicked, such as the name of a node; at most `width` pixels.
bool text_link(const PanelContext& context, const std::string& id, Face face, float size,
               Color color, const std::string& text, float width = 0);

// ---- buttons ----

enum class ButtonKind { plain, primary, quiet };

// True when pressed. A width of 0 fits the label. What follows "##" in the
// label is not shown.
bool button(const PanelContext& context, const std::string& label, float width = 0,
            ButtonKind kind = ButtonKind::plain, bool enabled = true,
            const std::string& probe_name = "");

// ---- numbers ----

struct NumberField {
  float width = 0;  // 0: as wide as there is room
  float height = 24;
  float text_size = 12.5f;
  bool editable = true;     // otherwise it can be read, selected and copied
  bool click_types = true;  // false: only a double click opens the text entry
  bool highlighted = false;
  bool whole = false;                                   // whole numbers only
  double lowest = -std::numeric_limits<double>::max();  // limits of what is typed
  double highest = std::numeric_limits<double>::max();
  bool brief = false;     // four digits rather than six decimals
  bool left = false;      // at the left in the face of words, as settings are written
  bool lasting = false;   // another graph does not let go of it: it is no number of a graph
  bool type_now = false;  // opens the text entry, as a click does
  const Color* background = nullptr;
  std::string shown;  // in place of the number while it is not typed
  std::string probe_name;
};

// `changed` in every frame that gave `value` another number; `finished` once,
// when the hand lets go of what it changed; `clicked` when it was pressed.
struct NumberEdit {
  bool changed = false, finished = false, clicked = false;
};

// A number that is dragged sideways (`drag_step` a unit of length; a tenth of
// it with Shift) or typed: a click opens the text, Enter or a click elsewhere
// takes it, Escape leaves everything as it was. What is typed reads back
// exactly; what is no number changes nothing, what is beyond the limits becomes
// the limit, and both are answered below the field.
NumberEdit number_field(const PanelContext& context, const std::string& id, double& value,
                        Color color, double drag_step, const NumberField& options = {});

// What a field answers to text that is no number, above everything; end_panel()
// draws it, others that have number fields call it themselves.
void draw_field_message(const PanelContext& context);

// Lets go of any number that is being typed or dragged and is not lasting: its
// field now belongs to something else.
void forget_number_fields(InteractionState& interaction);

// The number that `text` is, as a person types it: spaces around it, "+" and
// "−" are fine, and a comma before decimals. "1,000" may be a thousand or one:
// it is no number. False for anything else, NaN and infinities among it.
bool read_typed_number(const std::string& text, double& value);

}  // namespace backstep
