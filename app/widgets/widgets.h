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

// A fixed part of the window at `rect`, with the panel's background and padding. What
// does not fit can be scrolled to.
void begin_panel(const char* id, Rect rect, const PanelContext& context,
                 PanelScroll scroll = PanelScroll::vertical);
void end_panel(const PanelContext& context);

// A rounded box as high as its contents, with a small title and, to the right of it, a
// note. Cards cannot be nested. end_card() returns where the card lies.
void begin_card(const PanelContext& context, const std::string& title = "",
                const std::string& note = "");
Rect end_card(const PanelContext& context);
void forget_open_card(const PanelContext& context);  // after an exception

// The width in pixels that a line may take here, in a card or in the panel.
float line_width(const PanelContext& context);

// ---- text ----

// One line; a text wider than `width` pixels, or than the room here, ends in "…".
void text_line(const PanelContext& context, Face face, float size, Color color,
               const std::string& text, float width = 0);
// As many lines as it takes.
void text_wrapped(const PanelContext& context, Face face, float size, Color color,
                  const std::string& text);
// A heading such as "FORWARD", small, bold and faint, with a note at the right.
void section_title(const PanelContext& context, const std::string& title,
                   const std::string& note = "");
// Empty space.
void gap(const PanelContext& context, float height);
// A faint horizontal line.
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
  bool editable = true;     // otherwise the number can be read, selected and copied
  bool click_types = true;  // false: only a double click opens the text entry
  bool highlighted = false;
  bool whole = false;                                   // whole numbers only
  double lowest = -std::numeric_limits<double>::max();  // limits of what is typed
  double highest = std::numeric_limits<double>::max();
  bool brief = false;     // four digits rather than six decimals
  bool left = false;      // aligned left in the face of words, as settings are written
  bool lasting = false;   // typing goes on when the graph changes: it is not a number of the graph
  bool type_now = false;  // opens the text entry, as a click does
  const Color* background = nullptr;
  std::string shown;  // in place of the number while it is not typed
  std::string probe_name;
};

// `changed` in every frame that gave `value` another number; `finished` once, when a
// drag or typing that changed it ends; `clicked` when the field was pressed.
struct NumberEdit {
  bool changed = false, finished = false, clicked = false;
};

// A number that is dragged sideways (`drag_step` a unit of length; a tenth of
// it with Shift) or typed: a click opens the text, Enter or a click elsewhere
// takes it, Escape restores what it was. What is typed reads back exactly; text that
// is not a number changes nothing, a number beyond the limits becomes the limit, and
// both are answered by a message below the field.
NumberEdit number_field(const PanelContext& context, const std::string& id, double& value,
                        Color color, double drag_step, const NumberField& options = {});

// Draws the message of a field, above everything else. end_panel() calls this; windows
// other than panels that have number fields call it themselves.
void draw_field_message(const PanelContext& context);

// Ends typing and dragging in all fields that are not lasting, because the numbers
// they stood for are gone.
void forget_number_fields(InteractionState& interaction);

// Reads a number as a person types it: with spaces around it, "+", "−", and a comma
// before decimals. "1,000" may mean a thousand or one, so it is not a number. False
// for anything else, including NaN and infinities.
bool read_typed_number(const std::string& text, double& value);

}  // namespace backstep
