// Corners of a picture as Dear ImGui hands them over; texture coordinates are in texels.
#version 450

layout(location = 0) in vec2 position;
layout(location = 1) in vec2 texel;
layout(location = 0) out vec2 texel_out;
layout(push_constant) uniform Placement {
  vec2 scale;
  vec2 translation;
} placement;

void main() {
  texel_out = texel;
  gl_Position = vec4(position * placement.scale + placement.translation, 0, 1);
}
