// How the lines of plots look: a layer has the same colour and dash in every
// plot, and what is laid under a run is grey.
#pragma once

#include <string>

#include "app/paint/theme.h"
#include "app/plots/plot.h"

namespace backstep {

// A line for layer `number` of `count`, without numbers yet. The last layer is
// the brightest; earlier ones fade toward the background and take turns in line
// style, so that neighbours differ in both. Of very many only the first and the
// last are named.
Series layer_series(const Theme& theme, const std::string& layer, int number, int count);

// The same line for a run that lies under the present one.
Series under(const Theme& theme, Series series);

}  // namespace backstep
