import { COLORMAP_NAMES, COLORMAP_SIZE, colormapTable } from './colormaps';
import { FRAGMENT_SHADER, VERTEX_SHADER } from './shaders';

/** Floats of one tile in the instance buffer: rectangle, seen part, range, channel. */
export const TILE_FLOATS = 11;

const UNIFORMS = [
  'uValues',
  'uColormaps',
  'uSize',
  'uTop',
  'uShape',
  'uWidthBits',
  'uColormap',
  'uReversed',
  'uSmooth'
] as const;

type UniformName = (typeof UNIFORMS)[number];

/** What of the renderer lives in one GL context, and dies with it. */
export interface GLProgram {
  uniforms: Record<UniformName, WebGLUniformLocation | null>;
  instances: WebGLBuffer;
  colormaps: WebGLTexture;
}

/** Compiles the program and uploads the colour maps, one row each. Leaves all of it bound. */
export function createProgram(gl: WebGL2RenderingContext): GLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX_SHADER],
    [gl.FRAGMENT_SHADER, FRAGMENT_SHADER]
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) {
      throw new Error('The WebGL2 context of the heatmap viewer is lost; wait for the browser to restore it.');
    }
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`The heatmap shader does not compile on this GPU: ${gl.getProgramInfoLog(program)}`);
  }
  gl.useProgram(program);
  const uniforms = {} as Record<UniformName, WebGLUniformLocation | null>;
  for (const name of UNIFORMS) {
    uniforms[name] = gl.getUniformLocation(program, name);
  }
  gl.uniform1i(uniforms.uValues, 0);
  gl.uniform1i(uniforms.uColormaps, 1);
  return { uniforms, instances: createInstances(gl), colormaps: createColormaps(gl) };
}

function createInstances(gl: WebGL2RenderingContext): WebGLBuffer {
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  let offset = 0;
  [4, 4, 2, 1].forEach((size, location) => {
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, gl.FLOAT, false, TILE_FLOATS * 4, offset);
    gl.vertexAttribDivisor(location, 1);
    offset += size * 4;
  });
  return buffer;
}

function createColormaps(gl: WebGL2RenderingContext): WebGLTexture {
  const rows = new Uint8Array(COLORMAP_NAMES.length * COLORMAP_SIZE * 4).fill(255);
  COLORMAP_NAMES.forEach((name, row) => {
    const table = colormapTable(name);
    for (let entry = 0; entry < COLORMAP_SIZE; entry++) {
      rows.set(table.subarray(3 * entry, 3 * entry + 3), 4 * (row * COLORMAP_SIZE + entry));
    }
  });
  const texture = gl.createTexture();
  gl.activeTexture(gl.TEXTURE1);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, COLORMAP_SIZE, COLORMAP_NAMES.length);
  gl.texSubImage2D(
    gl.TEXTURE_2D,
    0,
    0,
    0,
    COLORMAP_SIZE,
    COLORMAP_NAMES.length,
    gl.RGBA,
    gl.UNSIGNED_BYTE,
    rows
  );
  setNearest(gl);
  gl.activeTexture(gl.TEXTURE0);
  return texture;
}

function setNearest(gl: WebGL2RenderingContext): void {
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
}

/**
 * Uploads values into a new R32F texture of 2^widthBits columns, row after row.
 * The last row may be part empty; nothing is copied or padded on the CPU.
 */
export function uploadValues(gl: WebGL2RenderingContext, data: Float32Array, widthBits: number): WebGLTexture {
  const width = 1 << widthBits;
  const rows = Math.floor(data.length / width);
  const rest = data.length - rows * width;
  const texture = gl.createTexture();
  gl.activeTexture(gl.TEXTURE0);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.R32F, width, rows + (rest > 0 ? 1 : 0));
  if (rows > 0) {
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, rows, gl.RED, gl.FLOAT, data);
  }
  if (rest > 0) {
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, rows, rest, 1, gl.RED, gl.FLOAT, data, rows * width);
  }
  setNearest(gl);
  return texture;
}
