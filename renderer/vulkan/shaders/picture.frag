// The texel under the pixel, as it is: no filter, no blending.
#version 450
#extension GL_EXT_samplerless_texture_functions : require

layout(set = 0, binding = 0) uniform texture2D picture;
layout(location = 0) in vec2 texel;
layout(location = 0) out vec4 colour;

void main() {
  colour = vec4(texelFetch(picture, ivec2(texel), 0).rgb, 1);
}
