// A plot card is a plot with words in its corner that switch something: the
// scale of its axis, whether a run is frozen.
#pragma once

#include <string>
#include <vector>

#include "app/plots/plot.h"
#include "app/widgets/context.h"

namespace backstep {

// A word that can be pressed; `name` is that of its probe.
struct CardWord {
  std::string name, label, tip;
  bool chosen = false;
  Rect rect = {};
  bool hovered = false, pressed = false;
};

// Words side by side in small text. They are placed first, which notes where they
// are and what the pointer does, because ImGui gives the pointer to the item that was
// added first; they are drawn after what lies under them.
float words_width(const PanelContext& context, const Painter& painter,
                  const std::vector<CardWord>& words);
void place_words(const PanelContext& context, const Painter& painter, Point at,
                 std::vector<CardWord>& words);
void draw_words(const PanelContext& context, Painter& painter, const std::vector<CardWord>& words);

// The words "log scale" or "linear scale", which run this command.
CardWord scale_word(const std::string& plot, bool log, CommandId command);

// Where the pointer is over `rect`, and what it does.
Pointer pointer_over(Rect rect, const char* name);

struct PlotCard {
  const char* name = "";  // of its probe
  PlotOptions options;
  std::vector<CardWord> words;  // in its corner, from left to right
  bool zooms = true;            // false: it always shows everything
};

// Draws the card; which word was pressed, or -1.
int draw_plot_card(const PanelContext& context, Painter& painter, Rect rect, PlotCard card,
                   const std::vector<Series>& series, PlotView& view);

}  // namespace backstep
