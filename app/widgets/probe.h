// Probes tell tests where things are: a panel notes the rectangle of each
// widget by name ("transport.step", "node.W1"). Nothing is kept unless a test
// listens.
#pragma once

#include <map>
#include <string>

#include "app/paint/painter.h"

namespace backstep {

// Notes `rect` under `name`.
void probe(const std::string& name, Rect rect);
// Notes the last ImGui item under `name`.
void probe(const std::string& name);

// From the next frame on, keep probes (cleared at each frame's start).
void listen_to_probes(bool on);
void clear_probes();
const std::map<std::string, Rect>& probes();

}  // namespace backstep
