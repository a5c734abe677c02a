import { targetOfClass } from '../../explain/target-of-class';
import { questionKey } from '../../results/result';
import type { HeatmapPlanes } from '../../viewer/gl/renderer';
import type { Explained } from '../model/explained';
import type { ModelController } from '../model/model-controller';
import { oncePer } from '../view/once-per';

/** Maps that are kept to find one range of: the latest. */
const MOST = 100;

/** The maps of one question that a view has shown, by the path of the model. */
class MapsSeen {
  /**
   * All values seen of a question, as one row, with those of the model at a path; the maps of other questions are
   * let go of. The same object for the same values: moving through slices finds no range again.
   */
  with(explained: Explained, path: string, values: Float32Array): HeatmapPlanes {
    // Of several models each may explain the class that it takes the image for: those do not share a range.
    const target = targetOfClass(explained.target, explained.run.targets[0]?.index ?? null);
    const key = questionKey({ ...explained, target });
    if (key !== this._key) {
      this._key = key;
      this._maps.clear();
      this._all = null;
    }
    const known = this._maps.get(path);
    if (
      this._all &&
      known?.buffer === values.buffer &&
      known.byteOffset === values.byteOffset &&
      known.length === values.length
    ) {
      return this._all;
    }
    this._maps.delete(path);
    this._maps.set(path, values);
    const oldest = this._maps.keys().next().value;
    if (this._maps.size > MOST && oldest !== undefined) {
      this._maps.delete(oldest);
    }
    const data = concatenated([...this._maps.values()]);
    return (this._all = { data, channels: 1, height: 1, width: data.length });
  }

  /** Models of which a map was seen. */
  get count(): number {
    return this._maps.size;
  }

  private _all: HeatmapPlanes | null = null;
  private _key = '';
  private _maps = new Map<string, Float32Array>();
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const mapsSeenOf = oncePer((_: ModelController) => new MapsSeen());
