import { message, MessageError } from '../../messages/message';
import { COLORMAP_NAMES } from '../../state/vocabulary';
import { COLORMAP_SIZE, colormapTable } from '../color/colormaps';
import { fragmentShader, VERTEX_SHADER } from './shaders';

/** Floats of a vertex: its tile's rectangle, place in the map, range, channel. */
export const VERTEX_FLOATS = 11;

const UNIFORMS = [
  'uValues',
  'uColormaps',
  'uSize',
  'uTop',
  'uShape',
  'uWidthBits',
  'uColormap',
  'uFlip',
  'uScale',
  'uThreshold',
  'uMagnitude',
  'uFades',
  'uMarks'
] as const;

type UniformName = (typeof UNIFORMS)[number];

/** One linked program and where its uniforms are. */
export interface LinkedProgram {
  program: WebGLProgram;
  uniforms: Record<UniformName, WebGLUniformLocation | null>;
}

/** The renderer's objects in one GL context; they die with it. */
export interface GLState {
  /** For true cells and smooth maps, each also in a plain kind that does less and is faster. */
  programs: Readonly<Record<'cells' | 'smooth', Readonly<Record<'plain' | 'full', LinkedProgram>>>>;
  /** Number of tiles that the bound index buffer has room for. */
  indexedTiles: number;
}

/** Compiles the programs and uploads the colour maps, one row each. Leaves the buffers bound. */
export function createState(gl: WebGL2RenderingContext): GLState {
  const state = {
    programs: { cells: linkBoth(gl, false), smooth: linkBoth(gl, true) },
    indexedTiles: 0
  };
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
  bindVertices(gl);
  bindColormaps(gl);
  return state;
}

function linkBoth(gl: WebGL2RenderingContext, smooth: boolean): Record<'plain' | 'full', LinkedProgram> {
  return { plain: linkProgram(gl, fragmentShader(smooth, true)), full: linkProgram(gl, fragmentShader(smooth, false)) };
}

function linkProgram(gl: WebGL2RenderingContext, fragmentSource: string): LinkedProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX_SHADER],
    [gl.FRAGMENT_SHADER, fragmentSource]
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) {
      throw new MessageError(
        message('The WebGL2 context of the heatmap viewer is lost; wait for the browser to restore it.')
      );
    }
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new MessageError(
      message(
        'The heatmap shader does not compile on this GPU; update the browser or its graphics driver. %1',
        gl.getProgramInfoLog(program) ?? ''
      )
    );
  }
  gl.useProgram(program);
  const uniforms = {} as Record<UniformName, WebGLUniformLocation | null>;
  for (const name of UNIFORMS) {
    uniforms[name] = gl.getUniformLocation(program, name);
  }
  gl.uniform1i(uniforms.uValues, 0);
  gl.uniform1i(uniforms.uColormaps, 1);
  return { program, uniforms };
}

function bindVertices(gl: WebGL2RenderingContext): void {
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  let offset = 0;
  [4, 4, 2, 1].forEach((size, location) => {
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, gl.FLOAT, false, VERTEX_FLOATS * 4, offset);
    offset += size * 4;
  });
}

/** Grows the index buffer to two triangles for each of so many tiles. Leaves it bound. */
export function ensureIndices(gl: WebGL2RenderingContext, state: GLState, tiles: number): void {
  if (tiles <= state.indexedTiles) {
    return;
  }
  state.indexedTiles = Math.max(tiles, 2 * state.indexedTiles, 64);
  const indices = new Uint32Array(6 * state.indexedTiles);
  for (let tile = 0; tile < state.indexedTiles; tile++) {
    // Corners: bit 0 is right, bit 1 is bottom.
    [0, 1, 2, 2, 1, 3].forEach((corner, at) => (indices[6 * tile + at] = 4 * tile + corner));
  }
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, indices, gl.STATIC_DRAW);
}

function bindColormaps(gl: WebGL2RenderingContext): void {
  const rows = new Uint8Array(COLORMAP_NAMES.length * COLORMAP_SIZE * 4).fill(255);
  COLORMAP_NAMES.forEach((name, row) => {
    const table = colormapTable(name);
    for (let entry = 0; entry < COLORMAP_SIZE; entry++) {
      rows.set(table.subarray(3 * entry, 3 * entry + 3), 4 * (row * COLORMAP_SIZE + entry));
    }
  });
  gl.activeTexture(gl.TEXTURE1);
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, COLORMAP_SIZE, COLORMAP_NAMES.length);
  gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, COLORMAP_SIZE, COLORMAP_NAMES.length, gl.RGBA, gl.UNSIGNED_BYTE, rows);
  setNearest(gl);
  gl.activeTexture(gl.TEXTURE0);
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
