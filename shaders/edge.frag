#version 330 core
// Draws an edge's line, antialiased at any slope, and on it the light of a moving
// gradient: a bright head with a tail behind it.
in float across;
in float along;
flat in float curve_length;
flat in float half_thickness;
flat in vec2 flow;
flat in vec4 edge_color;

uniform vec3 light;          // the colour that the head of the light approaches
uniform float pixel_scale;   // frame buffer pixels per window pixel

out vec4 color;

// The strength of the light: 1 at the head, fading quickly ahead of it and slowly behind.
float comet() {
  float behind = flow.y * curve_length - along;
  float tail = clamp(curve_length * 0.4, 16.0, 70.0) / 2.5;
  float front = 2.0 * half_thickness + 1.5;
  float shape = behind >= 0.0 ? exp(-behind / tail) : exp(-behind * behind / (front * front));
  // The light fades in at one end and out at the other instead of popping.
  return shape * smoothstep(0.0, 0.1, flow.y) * smoothstep(1.0, 0.9, flow.y);
}

void main() {
  float strength = flow.x > 0.0 ? comet() * min(flow.x, 1.0) : 0.0;
  float from_rim = half_thickness * (1.0 + 0.9 * strength) - abs(across);
  float line = clamp(from_rim * pixel_scale + 0.5, 0.0, 1.0);
  float radius = 3.0 * half_thickness + 2.0;
  float glow = strength * 0.55 * exp(-across * across * 3.0 / (radius * radius));
  float own = edge_color.a + (1.0 - edge_color.a) * strength;
  color = vec4(mix(edge_color.rgb, light, 0.7 * strength * line), max(line * own, glow));
}
