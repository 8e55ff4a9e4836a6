// The text about the node under the pointer names its layer once.
#include "app/graph/hover_text.h"

#include <gtest/gtest.h>

#include "core/program/program.h"

namespace backstep {
namespace {

TEST(HoverText, NamesALayerOnce) {
  for (const char* layer : {"layer 1", "1", "hidden"}) {
    const std::string program =
        "layer(\"" + std::string(layer) + "\")\nx = input(2.0)\nw = param(3.0)\nL = x * w\n";
    const Timeline timeline(read_program(program));
    const Hit hit = {timeline.graph().find("w"), HitPart::card, 0};
    const std::string text = hover_text(timeline, hit, program);
    const std::string name =
        std::string(layer).starts_with("layer") ? layer : "layer " + std::string(layer);
    EXPECT_NE(text.find("·  " + name), std::string::npos) << text;
    EXPECT_EQ(text.find("layer layer"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace backstep
