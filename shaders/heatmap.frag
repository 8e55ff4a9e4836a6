#version 330 core
// Colours a pixel by the cell it lies in. Levels run from -1 to 1; 2 stands for NaN,
// since not every driver keeps a NaN in a texture. The sizes here repeat those of
// app/paint/heat.cpp, so that SVG files show the same cells.
in vec2 at;
flat in vec2 size;
flat in ivec4 grid;  // rows, columns, index of the first level, smooth

uniform sampler2D levels;   // the levels of every heatmap, one after another
uniform sampler2D colors;   // 511 colours from -1 to 1, then the one for NaN
uniform vec4 tick_color;    // the small minus sign of a negative cell
uniform vec3 hatch_color;   // the stripes of a NaN

out vec4 color;

float level_of(ivec2 cell) {
  int place = grid.z + cell.y * grid.y + cell.x;
  int width = textureSize(levels, 0).x;
  return texelFetch(levels, ivec2(place % width, place / width), 0).r;
}

vec4 color_of(float level) {
  int place = level > 1.5 ? 511 : int(round(level * 255.0)) + 255;
  return texelFetch(colors, ivec2(place, 0), 0);
}

vec4 blended(vec2 pitch, ivec2 last) {
  vec2 place = clamp(at / pitch - 0.5, vec2(0.0), vec2(last));
  ivec2 cell = ivec2(place);
  ivec2 next = min(cell + 1, last);
  vec2 t = fract(place);
  float a = level_of(cell), b = level_of(ivec2(next.x, cell.y));
  float c = level_of(ivec2(cell.x, next.y)), d = level_of(next);
  if (max(max(a, b), max(c, d)) > 1.5) return color_of(level_of(ivec2(round(place))));
  return color_of(mix(mix(a, b, t.x), mix(c, d, t.x), t.y));
}

bool on_tick(vec2 inside, vec2 cell) {
  float extent = min(cell.x, cell.y);
  vec2 tick = vec2(clamp(floor(extent * 0.28), 4.0, 10.0), extent < 48.0 ? 1.0 : 2.0);
  vec2 from = inside - floor((cell - tick) / 2.0);
  return all(greaterThanEqual(from, vec2(0.0))) && all(lessThan(from, tick));
}

void main() {
  ivec2 last = grid.yx - 1;
  vec2 pitch = size / vec2(grid.yx);
  if (grid.w != 0) {
    color = blended(pitch, last);
    return;
  }
  vec2 pixel = floor(at);
  ivec2 cell = clamp(ivec2((pixel + 0.5) / pitch), ivec2(0), last);
  float least = min(pitch.x, pitch.y);
  float gap = least < 4.0 ? 0.0 : least < 40.0 ? 1.0 : 2.0;
  vec2 first = ceil(vec2(cell) * pitch - 0.5);
  vec2 extent = ceil(vec2(cell + 1) * pitch - 0.5) - first - gap * vec2(lessThan(cell, last));
  vec2 inside = pixel - first;
  if (any(greaterThanEqual(inside, extent))) discard;

  float level = level_of(cell);
  color = color_of(level);
  if (level > 1.5 && least >= 4.0 && mod(pixel.x + pixel.y, 6.0) < 3.0) color.rgb = hatch_color;
  if (level < 0.0 && min(extent.x, extent.y) >= 14.0 && on_tick(inside, extent))
    color.rgb = mix(color.rgb, tick_color.rgb, tick_color.a);
}
