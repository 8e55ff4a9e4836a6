#version 330 core
// Each instance is one rectangle, a strip of four vertices whose number says which
// corner they are, so that a heatmap of any size needs only four vertices.
layout(location = 0) in vec4 rect;   // left, top, width, height, in window pixels
layout(location = 1) in ivec4 cells; // rows, columns, index of the first level, smooth

uniform vec4 window;        // left, top, width, height
uniform float pixel_scale;  // frame buffer pixels per window pixel

out vec2 at;  // in pixels from the upper left corner
flat out vec2 size;
flat out ivec4 grid;

void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  size = rect.zw * pixel_scale;
  at = corner * size;
  grid = cells;
  vec2 unit = (rect.xy + corner * rect.zw - window.xy) / window.zw;
  gl_Position = vec4(unit.x * 2.0 - 1.0, 1.0 - unit.y * 2.0, 0.0, 1.0);
}
