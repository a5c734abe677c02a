/**
 * GLSL of the heatmap renderer. Values are read by texelFetch from a linear store,
 * so that planes of any size share a texture. Selects instead of branches, and a
 * program each for cells and smooth maps: software renderers run twice as fast.
 */

import { SYMLOG_SPAN } from '../values/scale';

/** Stripes that stand for NaN, red, green, blue: far from every colour of every map. */
export const NAN_COLORS: readonly [number, number, number][] = [
  [200, 0, 200],
  [225, 150, 225]
];

/** Width of a NaN stripe, in device pixels. */
const NAN_STRIPE = 3;

const rgb = ([red, green, blue]: readonly [number, number, number]): string =>
  `vec3(${red}.0, ${green}.0, ${blue}.0) / 255.0`;

export const VERTEX_SHADER = `#version 300 es
precision highp float;

uniform vec2 uSize;
// 0 linear, 1 logarithmic, 2 symlog: see scale.ts.
uniform int uScale;

layout(location = 0) in vec4 aRect;
layout(location = 1) in vec4 aPlace;
layout(location = 2) in vec2 aRange;
layout(location = 3) in float aChannel;

flat out vec4 vPlace;
flat out vec2 vRange;
// Smallest and largest value.
flat out vec2 vBounds;
flat out float vConstant;
// One over the largest magnitude of the range, on the scale.
flat out float vPerUnit;
flat out int vChannel;

float scaled(float value, float constant) {
  return uScale == 1 ? log(max(value, 1e-37)) : sign(value) * log(1.0 + abs(value) / constant);
}

void main() {
  vec2 corner = vec2(gl_VertexID & 1, (gl_VertexID >> 1) & 1);
  vec2 position = (aRect.xy + corner * aRect.zw) / uSize;
  vPlace = aPlace;
  vRange = aRange;
  vBounds = vec2(aRange.x, aRange.x + aRange.y);
  vConstant = max(max(abs(vBounds.x), abs(vBounds.y)) / ${SYMLOG_SPAN}.0, 1e-37);
  if (uScale != 0 && aRange.x < 3e38) {
    float low = scaled(vBounds.x, vConstant);
    vRange = vec2(low, max(scaled(vBounds.y, vConstant) - low, 1e-37));
  }
  // Of an empty range every value but zero is the largest.
  vPerUnit = aRange.x < 3e38 ? 1.0 / max(max(abs(vRange.x), abs(vRange.x + vRange.y)), 1e-37) : 1e37;
  vChannel = int(aChannel + 0.5);
  gl_Position = vec4(position.x * 2.0 - 1.0, 1.0 - position.y * 2.0, 0.0, 1.0);
}
`;

// Bilinear with half-pixel centres, edges held. Missing neighbours drop out and
// the other weights are scaled up, so that a NaN does not eat what is around it.
// Infinities become finite: one times a weight of zero would be NaN.
const SMOOTH = `
vec2 weighed(ivec2 cell, float weight) {
  float value = valueAt(cell);
  bool missing = isMissing(value);
  return missing ? vec2(0.0) : vec2(clamp(value, -LARGEST, LARGEST), 1.0) * weight;
}

float smoothAt(vec2 place) {
  vec2 p = place - 0.5;
  ivec2 base = ivec2(floor(p));
  vec2 f = fract(p);
  vec2 sum = weighed(base, (1.0 - f.x) * (1.0 - f.y));
  sum += weighed(base + ivec2(1, 0), f.x * (1.0 - f.y));
  sum += weighed(base + ivec2(0, 1), (1.0 - f.x) * f.y);
  sum += weighed(base + ivec2(1, 1), f.x * f.y);
  return sum.x / sum.y;
}
`;

// A range on any scale, a threshold, and stripes on what is outside the range.
const FULL = `
  float scaled = uScale == 0 ? value
    : uScale == 1 ? log(max(value, 1e-37))
    : sign(value) * log(1.0 + abs(value) / vConstant);
  float part = (scaled - vRange.x) / vRange.y;
  float slack = 1e-5 * (vBounds.y - vBounds.x);
  bool above = uMarks == 2 ? value > vBounds.y + slack : value > HUGE;
  bool below = uMarks == 2 ? value < vBounds.x - slack : value < -HUGE;
  float height = uMagnitude == 1 ? abs(2.0 * part - 1.0) : part;
  bool hidden = uThreshold > 0.0 && height < uThreshold && !missing;
  // A logarithm has no zero to measure from.
  float distance = uScale == 1 ? part : abs(scaled) * vPerUnit;
  float strength = uScale == 0 ? sqrt(distance) : distance;
`;

// The fast path for most maps. Software renderers compute both sides of every choice.
const PLAIN = `
  float part = (value - vRange.x) / vRange.y;
  bool above = value > HUGE;
  bool below = value < -HUGE;
  const bool hidden = false;
  float strength = sqrt(abs(value) * vPerUnit);
`;

/**
 * The fragment shader that shows true cells, or interpolates.
 *
 * @param plain - Knows linear ranges only, no threshold, and stripes on infinities alone.
 */
export const fragmentShader = (smooth: boolean, plain: boolean): string => `#version 300 es
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
// 0, or 255 to run the colour map backwards.
uniform int uFlip;
uniform int uScale;
// Part of the range below which nothing is drawn; 0 draws all.
uniform float uThreshold;
// True if the threshold is one of distance from the middle of the range.
uniform int uMagnitude;
// Values drawn with stripes: 0 none, 1 infinities, 2 all that is outside the range.
uniform int uMarks;
// 1 where opacity rises with the distance from zero: see scaleToStrength.
uniform int uFades;

// Cell coordinates of a pixel: pixel times xy, plus zw.
flat in vec4 vPlace;
// Smallest value and span.
flat in vec2 vRange;
flat in vec2 vBounds;
flat in float vConstant;
flat in float vPerUnit;
flat in int vChannel;

out vec4 fColor;

const float LARGEST = 3.4e38;
// Infinities, which are clamped to LARGEST, lie beyond.
const float HUGE = 3.39e38;

// Compilers may assume that there are no NaN and drop isnan(); bits they keep.
bool isMissing(float value) {
  return (floatBitsToUint(value) & 0x7fffffffu) > 0x7f800000u;
}

float valueAt(ivec2 cell) {
  cell = clamp(cell, ivec2(0), uShape - 1);
  int index = (vChannel * uShape.y + cell.y) * uShape.x + cell.x;
  return texelFetch(uValues, ivec2(index & ((1 << uWidthBits) - 1), index >> uWidthBits), 0).r;
}
${smooth ? SMOOTH : ''}
void main() {
  vec2 pixel = vec2(gl_FragCoord.x, uTop - gl_FragCoord.y);
  vec2 place = pixel * vPlace.xy + vPlace.zw;
  float own = valueAt(ivec2(place));
  bool missing = isMissing(own);
  float value = ${smooth ? 'smoothAt(place)' : 'clamp(own, -LARGEST, LARGEST)'};
${plain ? PLAIN : FULL}
  int entry = int(clamp(part * 256.0, 0.0, 255.0)) ^ uFlip;
  vec3 color = texelFetch(uColormaps, ivec2(entry, uColormap), 0).rgb;
  bool odd = (int(pixel.x + pixel.y) / ${NAN_STRIPE} & 1) == 1;
  bool marked = uMarks != 0 && (above || below);
  color = marked && odd ? vec3(above ? 1.0 : 0.0) : color;
  vec3 hatch = odd ? ${rgb(NAN_COLORS[1])} : ${rgb(NAN_COLORS[0])};
  float alpha = uFades == 0 || missing || marked ? 1.0 : clamp(strength, 0.0, 1.0);
  fColor = hidden ? vec4(0.0) : vec4(missing ? hatch : color, 1.0) * alpha;
}
`;
