#version 330 core
// A ribbon around a flattened Bézier curve. The CPU has placed its vertices, so this
// only converts them from window pixels to clip space.
layout(location = 0) in vec2 position;
layout(location = 1) in vec4 shape;   // across, along, length, half thickness, in pixels
layout(location = 2) in vec2 flow_at; // strength, phase
layout(location = 3) in vec4 color;

uniform vec4 window;  // left, top, width, height

out float across;
out float along;
flat out float curve_length;
flat out float half_thickness;
flat out vec2 flow;
flat out vec4 edge_color;

void main() {
  across = shape.x;
  along = shape.y;
  curve_length = shape.z;
  half_thickness = shape.w;
  flow = flow_at;
  edge_color = color;
  vec2 unit = (position - window.xy) / window.zw;
  gl_Position = vec4(unit.x * 2.0 - 1.0, 1.0 - unit.y * 2.0, 0.0, 1.0);
}
