// Fonts are the three faces Backstep writes in, built at several pixel sizes
// so that text stays crisp at every zoom: a size asked for is drawn from the
// next larger size built. Inter and JetBrains Mono lack a few mathematical
// signs; DejaVu Sans stands behind both.
#pragma once

#include <filesystem>
#include <string>

struct ImFont;
struct ImFontAtlas;

namespace backstep {

enum class Face { ui, bold, mono };

// The face for numbers drawn at `pixels`. The mono face marks its zero with a dot,
// which in small text makes it look like an 8; the other face has no dot.
constexpr Face number_face(float pixels) { return pixels < 11 ? Face::ui : Face::mono; }

class Fonts {
 public:
  // Adds the faces in `folder` to `atlas` and builds it. Throws
  // std::runtime_error naming the file when one is missing.
  void build(ImFontAtlas& atlas, const std::filesystem::path& folder);

  // The font to draw `face` with at `pixels` high; never null after build().
  ImFont* at(Face face, float pixels) const;

  // The size at which text of `pixels` is really drawn. Small text keeps to the sizes
  // that were built: shrunk any further, thin strokes such as a minus would fall
  // between the pixels.
  static float drawn_size(float pixels);

  // Width in pixels of one line of `text`.
  float width(Face face, float pixels, const std::string& text) const;

 private:
  static constexpr int size_count = 15;
  ImFont* fonts_[3][size_count] = {};
};

}  // namespace backstep
