// The cards of Train, one function each; where they lie is decided in
// train_layout.h.
#pragma once

#include "app/widgets/context.h"

namespace backstep {

class Painter;

void draw_field_card(const PanelContext& context, Painter& painter, Rect rect);
void draw_neurons_card(const PanelContext& context, Painter& painter, Rect rect);
void draw_loss_card(const PanelContext& context, Painter& painter, Rect rect);
void draw_norms_card(const PanelContext& context, Painter& painter, Rect rect);
void draw_profile_card(const PanelContext& context, Painter& painter, Rect rect);
void draw_updates_card(const PanelContext& context, Painter& painter, Rect rect);
void draw_layers_card(const PanelContext& context, Painter& painter, Rect rect);

// ---- what the cards share ----

// A card that is no plot, in the look of one. Returns the room in it; at most
// `title_width` pixels of its first line are taken by the title.
Rect begin_train_card(const PanelContext& context, Painter& painter, Rect rect,
                      const std::string& title, float title_width);
// A quiet sentence in the middle of `room`.
void draw_quiet_sentence(const PanelContext& context, Painter& painter, Rect room,
                         const std::string& sentence);

// Where the words in a card's corner begin, and the room they leave to a title.
constexpr float train_card_header = 40, train_card_padding = 14;
Point corner_of_words(const PanelContext& context, Rect card, float width);

// "layer 2", or the name the program gave it.
std::string name_of_layer(const Graph& graph, int layer);

}  // namespace backstep
