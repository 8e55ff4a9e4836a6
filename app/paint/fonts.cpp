#include "app/paint/fonts.h"

#include <imgui.h>

#include <cassert>
#include <cfloat>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

#include "core/base/text.h"

namespace backstep {

namespace {

using Bytes = std::vector<char>;

// Close together where text is small and every pixel shows; further apart
// above, where shrinking by a third is invisible.
constexpr float sizes[] = {8, 9, 10, 11, 12, 13, 14, 16, 18, 21, 26, 34, 44, 58, 78};

// From this size on, placing letters on thirds of a pixel gains nothing.
constexpr float coarse_from = 18;

// Only mathematics and titles are written above this size. They do without the
// letters of Latin Extended, which would cost a tenth of the time to start.
constexpr float all_letters_to = 34;

constexpr ImWchar letters[] = {
    0x0020, 0x00ff,  // Latin
    0x0391, 0x03c9,  // Greek
    0x2070, 0x209c,  // superscripts and subscripts
    0,
};
constexpr ImWchar more_letters[] = {0x0100, 0x017f, 0};

constexpr const char* signs =
    "ŷϕϵ"
    "∂∇∑∏√∞∈∫·×⊙⊕⊗÷±−≤≥≈≠≡≪≫∝‖|½¼¾⅓"
    "²³¹ᵀᵢⱼₖᵗˡˣʸᵏⁱᴸ′″‴ℓ"
    "←→↑↓↔↦⇒⟵⟶↩↪↺↻"
    "▶◀▲▼◂▸▾▴■□●○•◆◇◦✓✗★⚠"
    "‹›«»‘’“”…–—‐‑€";

Bytes load(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(text("The font {} cannot be read.", path.string()));
  return Bytes(std::istreambuf_iterator<char>(file), {});
}

ImFont* add(ImFontAtlas& atlas, Bytes& bytes, float pixels, const ImWchar* ranges, bool behind) {
  ImFontConfig config;
  config.OversampleH = pixels < coarse_from ? 2 : 1;
  config.PixelSnapH = pixels >= coarse_from;
  config.MergeMode = behind;
  config.FontDataOwnedByAtlas = false;
  return atlas.AddFontFromMemoryTTF(bytes.data(), static_cast<int>(bytes.size()), pixels, &config,
                                    ranges);
}

ImVector<ImWchar> glyph_ranges(bool all_letters) {
  ImFontGlyphRangesBuilder builder;
  builder.AddRanges(letters);
  if (all_letters) builder.AddRanges(more_letters);
  builder.AddText(signs);
  ImVector<ImWchar> ranges;
  builder.BuildRanges(&ranges);
  return ranges;
}

}  // namespace

void Fonts::build(ImFontAtlas& atlas, const std::filesystem::path& folder) {
  static_assert(std::size(sizes) == size_count);
  Bytes faces[] = {load(folder / "ui.font"), load(folder / "bold.font"),
                   load(folder / "mono.font")};
  Bytes behind = load(folder / "signs.font");
  const ImVector<ImWchar> small = glyph_ranges(true), large = glyph_ranges(false);

  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  for (int face = 0; face < 3; ++face) {
    for (int size = 0; size < size_count; ++size) {
      const ImWchar* ranges = sizes[size] <= all_letters_to ? small.Data : large.Data;
      fonts_[face][size] = add(atlas, faces[face], sizes[size], ranges, false);
      add(atlas, behind, sizes[size], ranges, true);
    }
  }
  if (!atlas.Build()) {
    throw std::runtime_error(text("A font in {} is not a valid font file.", folder.string()));
  }
  atlas.ClearInputData();  // one copy of each file a size: some 30 MB
}

ImFont* Fonts::at(Face face, float pixels) const {
  int size = 0;
  // Slightly above a built size counts as that size, not as the next one shrunk.
  while (size + 1 < size_count && sizes[size] < pixels - 0.25f) ++size;
  ImFont* font = fonts_[static_cast<int>(face)][size];
  assert(font && "fonts are asked for before they are built");
  return font;
}

float Fonts::drawn_size(float pixels) {
  constexpr float exact_below = 16;
  if (pixels >= exact_below) return pixels;
  float size = sizes[0];
  for (float built : sizes)
    if (built <= pixels + 0.01f) size = built;
  return size;
}

float Fonts::width(Face face, float asked, const std::string& text) const {
  const float pixels = drawn_size(asked);
  return at(face, pixels)
      ->CalcTextSizeA(pixels, FLT_MAX, 0, text.data(), text.data() + text.size())
      .x;
}

}  // namespace backstep
