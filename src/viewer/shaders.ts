/**
 * The two GLSL programs' sources of the heatmap renderer. Values are read by
 * texelFetch from a linear store, so that planes of any size share a texture.
 */

/** Stripes that stand for NaN, red, green, blue: far from every colour of every map. */
export const NAN_COLORS: readonly [number, number, number][] = [
  [200, 0, 200],
  [225, 150, 225]
];

/** Width of a NaN stripe, in device pixels. */
export const NAN_STRIPE = 3;

const rgb = ([red, green, blue]: readonly [number, number, number]): string =>
  `vec3(${red}.0, ${green}.0, ${blue}.0) / 255.0`;

export const VERTEX_SHADER = `#version 300 es
precision highp float;

uniform vec2 uSize;

layout(location = 0) in vec4 aRect;
layout(location = 1) in vec4 aSeen;
layout(location = 2) in vec2 aRange;
layout(location = 3) in float aChannel;

flat out vec4 vRect;
flat out vec4 vSeen;
flat out vec2 vRange;
flat out int vChannel;

void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 position = (aRect.xy + corner * aRect.zw) / uSize;
  vRect = aRect;
  vSeen = aSeen;
  vRange = aRange;
  vChannel = int(aChannel + 0.5);
  gl_Position = vec4(position.x * 2.0 - 1.0, 1.0 - position.y * 2.0, 0.0, 1.0);
}
`;

export const FRAGMENT_SHADER = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;

uniform sampler2D uValues;
uniform sampler2D uColormaps;
// Height of the whole drawing buffer: gl_FragCoord counts from its bottom.
uniform float uTop;
uniform ivec2 uShape;
uniform int uWidthBits;
uniform int uColormap;
uniform bool uReversed;
uniform bool uSmooth;

flat in vec4 vRect;
flat in vec4 vSeen;
flat in vec2 vRange;
flat in int vChannel;

out vec4 fColor;

// Compilers may assume that there are no NaN and drop isnan(); bits they keep.
bool isMissing(float value) {
  return (floatBitsToUint(value) & 0x7fffffffu) > 0x7f800000u;
}

float valueAt(ivec2 cell) {
  int index = (vChannel * uShape.y + cell.y) * uShape.x + cell.x;
  return texelFetch(uValues, ivec2(index & ((1 << uWidthBits) - 1), index >> uWidthBits), 0).r;
}

// Bilinear with half-pixel centres, edges held. Missing neighbours drop out and
// the other weights are scaled up, so that a NaN does not eat what is around it.
float smoothAt(vec2 place) {
  vec2 p = place - 0.5;
  vec2 base = floor(p);
  vec2 f = p - base;
  float sum = 0.0;
  float total = 0.0;
  for (int i = 0; i < 4; i++) {
    ivec2 step = ivec2(i & 1, i >> 1);
    float value = valueAt(clamp(ivec2(base) + step, ivec2(0), uShape - 1));
    float weight = (step.x == 1 ? f.x : 1.0 - f.x) * (step.y == 1 ? f.y : 1.0 - f.y);
    if (!isMissing(value)) {
      // An infinity times a weight of zero would be NaN.
      sum += weight * clamp(value, -3.4e38, 3.4e38);
      total += weight;
    }
  }
  return sum / total;
}

int entryOf(float value) {
  float span = vRange.y - vRange.x;
  uint bits = floatBitsToUint(value);
  if (bits == 0x7f800000u) {
    return 255;
  }
  if (bits == 0xff800000u || !(span > 0.0)) {
    return 0;
  }
  return int(clamp(floor((value - vRange.x) / span * 256.0), 0.0, 255.0));
}

void main() {
  vec2 pixel = vec2(gl_FragCoord.x, uTop - gl_FragCoord.y);
  vec2 seen = mix(vSeen.xy, vSeen.zw, (pixel - vRect.xy) / vRect.zw);
  if (any(lessThan(seen, vec2(0.0))) || any(greaterThanEqual(seen, vec2(1.0)))) {
    discard;
  }
  vec2 place = seen * vec2(uShape);
  float value = valueAt(min(ivec2(place), uShape - 1));
  if (isMissing(value)) {
    bool odd = (int(pixel.x + pixel.y) / ${NAN_STRIPE} & 1) == 1;
    fColor = vec4(odd ? ${rgb(NAN_COLORS[1])} : ${rgb(NAN_COLORS[0])}, 1.0);
    return;
  }
  if (uSmooth) {
    value = smoothAt(place);
  }
  int entry = entryOf(value);
  fColor = vec4(texelFetch(uColormaps, ivec2(uReversed ? 255 - entry : entry, uColormap), 0).rgb, 1.0);
}
`;
