// The cards of Train are rows of one table: what each is called where not all have
// room, where it stands, and how it is drawn. A new card is a file that draws it
// and a row in train_cards.cpp.
#pragma once

#include <span>
#include <string>

#include "app/widgets/context.h"

namespace backstep {

class Painter;

// From top to bottom, where everything is shown at once.
enum class TrainRow { field, epochs, layers };

struct TrainCard {
  const char* label;  // of its page in a narrow window, which shows a card at a time
  const char* page;   // of its page in a wider one: neighbours with the same one share it
  TrainRow row;
  float width;  // compared with the others of its row; the field takes what it needs
  void (*draw)(const PanelContext& context, Painter& painter, Rect rect);
};

// Row by row, from left to right.
std::span<const TrainCard> train_cards();

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
constexpr float quiet_sentence_pixels = 14;
Point corner_of_words(const PanelContext& context, Rect card, float width);

// "layer 2", or the name the program gave it.
std::string name_of_layer(const Graph& graph, int layer);

}  // namespace backstep
