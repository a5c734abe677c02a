import type { CallOptions, EngineClient } from '../../engine/page/client';
import { runParams } from '../../engine/page/run-params';
import type { HealthFindings } from '../../engine/protocol/health';
import type { EngineInput, Planes, Prediction, RunParams, RunResult } from '../../engine/protocol/protocol';
import { isGradientCam } from '../../explain/kinds';
import type { LayerInfo, ModelSummary } from '../../graph/layer-info';
import { type Message, message, MessageError, messageOf } from '../../messages/message';
import type { ModelPayload, PayloadImage } from '../../mime/payload';
import { pngSize } from '../../mime/png-size';
import { decodeTensor } from '../../mime/tensor-codec';
import type { Perturbation } from '../../perturb/perturbation';
import { type Guess, guessOf } from '../../results/predictions';
import type { Explained } from './explained';
import type { Originals } from './sources/originals';

export interface Predicted {
  found: Guess[];
  milliseconds: number;
}

/** The value that one input of the model gets. */
type Given = Partial<Pick<PayloadImage, 'tensor' | 'picture' | 'slices' | 'path' | 'original'>>;

interface Inputs {
  /** By the model's inputs; `''` is the only one. */
  values: Record<string, EngineInput>;
  /** What the user must know of them. */
  notices: Message[];
}

/** Asks the engine about one model and the images of a payload. */
export class EngineRequests {
  /** @param revision - Counts changes of the payload's inputs: what was computed of others is not that of these. */
  constructor(
    private engine: EngineClient,
    private model: ModelSummary,
    private payload: ModelPayload,
    private revision: number,
    private originals: Originals
  ) {}

  /** Names the input that an image of the payload makes, for the engine's cache. */
  inputKey(image: number, perturbation?: Perturbation): string {
    const copied = this.originals.isCopied(this._image(image)) ? ['copy'] : [];
    // What was found by one of several models is not the others'.
    const of = this.payload.models ? [this.model.model] : [];
    return JSON.stringify([
      this.payload.id,
      this.revision,
      image,
      ...of,
      ...copied,
      ...(perturbation ? [perturbation] : [])
    ]);
  }

  async run(
    image: number,
    wanted: Partial<RunParams>,
    options: Parameters<EngineClient['run']>[1] = {},
    perturbation?: Perturbation
  ): Promise<RunResult> {
    const { values: inputs, notices } = await this._inputs(this._image(image), true, perturbation);
    const inputKey = this.inputKey(image, perturbation);
    const passing = perturbation ? { isPassing: true } : {};
    const params = runParams({ model: this.model.model, inputKey, ...passing, inputs, ...wanted });
    const run = await this.engine.run(params, options);
    return notices.length > 0 ? { ...run, notices: [...notices, ...run.notices] } : run;
  }

  /** The feature maps of a layer for every image of the payload, in order. */
  async planesOfImages(layer: string): Promise<Planes[]> {
    const all: Planes[] = [];
    for (const image of this.payload.images.keys()) {
      const run = await this.run(image, { planes: [layer] });
      all.push(run.planes[layer]);
    }
    return all;
  }

  /** The maps and short descriptions of other layers, for what is explained. */
  overview(explained: Explained, layers: readonly LayerInfo[], signal: AbortSignal): Promise<RunResult> {
    const { image, method, score, target, convention, run } = explained;
    const wanted = {
      // Other methods take seconds a layer, or know no layer.
      maps: isGradientCam(method) ? layers.filter(layer => layer.explainable).map(({ id }) => id) : [],
      overviews: layers.map(({ id }) => id),
      method,
      score,
      convention,
      target: target ?? run.targets[0]?.index ?? null
    };
    return this.run(image, wanted, { signal });
  }

  /** Predictions for some images, and the worker's time. An image whose file cannot be read has that for its problem. */
  async predict(images: readonly PayloadImage[], signal: AbortSignal): Promise<Predicted> {
    const read = await Promise.allSettled(images.map(image => this._inputs(image, false)));
    const samples = read.flatMap(one => (one.status === 'fulfilled' ? [one.value.values] : []));
    const since = performance.now();
    const said = await this.engine.predict({ model: this.model.model, samples }, { signal });
    const milliseconds = performance.now() - since;
    const found = read.map(one =>
      one.status === 'fulfilled' ? guessOf(said.shift() ?? {}) : { problem: messageOf(one.reason) }
    );
    return { found, milliseconds };
  }

  /** Predictions for an image under several perturbations, or under none, as {@link predict}. */
  async predictPerturbed(
    image: number,
    perturbations: readonly (Perturbation | undefined)[],
    signal: AbortSignal
  ): Promise<Prediction[]> {
    const read = perturbations.map(async perturbation => this._inputs(this._image(image), true, perturbation));
    const samples = (await Promise.all(read)).map(({ values }) => values);
    return this.engine.predict({ model: this.model.model, samples }, { signal });
  }

  /** What the channels of layers do over some images. An image whose file cannot be read is left out, and told. */
  async health(images: readonly number[], layers: readonly string[], options: CallOptions): Promise<HealthFindings> {
    const read = await Promise.allSettled(images.map(image => this._inputs(this._image(image), false)));
    const samples = read.flatMap(one => (one.status === 'fulfilled' ? [one.value.values] : []));
    const problems = read.flatMap(one => (one.status === 'rejected' ? [messageOf(one.reason)] : []));
    if (samples.length === 0) {
      throw new MessageError(problems[0]);
    }
    const found = await this.engine.health({ model: this.model.model, samples, layers }, options);
    return { ...found, problems: [...problems, ...found.problems] };
  }

  private _image(index: number): PayloadImage {
    return this.payload.images[index] ?? this.payload.images[0];
  }

  /**
   * @param mayCopy - Where a file cannot be read, its copy is taken, with a notice.
   * @param perturbation - Done to the image that is shown, not to the model's other inputs.
   */
  private async _inputs(image: PayloadImage, mayCopy: boolean, perturbation?: Perturbation): Promise<Inputs> {
    const { preprocess, interpolation } = this.payload;
    const notices: Message[] = [];
    const given: [string, Given][] = [[image.input ?? '', image], ...Object.entries(image.others ?? {})];
    const prepared = given.map(async ([name, input]): Promise<[string, EngineInput]> => {
      const { tensor, slices, original } = input;
      const change = perturbation && input === image ? { perturbation } : {};
      if (tensor) {
        const { shape, data } = await decodeTensor(tensor);
        return [name, { kind: 'tensor', tensor: { shape: [1, ...shape], data }, ...change }];
      }
      const source = { name: image.name, picture: '', ...input };
      const { bytes: png, isCopy } = mayCopy
        ? await this.originals.bytesOrCopy(source)
        : { bytes: await this.originals.bytesOf(source), isCopy: false };
      if (isCopy) {
        notices.push(computedOnCopy(source));
      }
      const file = original && !isCopy && { original: { name: image.name, size: original.size, hash: original.hash } };
      const ofVolume = slices ? { slices } : {};
      return [name, { kind: 'picture', png, ...file, ...ofVolume, preprocess, interpolation, ...change }];
    });
    return { values: Object.fromEntries(await Promise.all(prepared)), notices };
  }
}

function computedOnCopy({ name, picture, original }: Given & { name: string; picture: string }): Message {
  const [own, kept] = [original, pngSize(picture)].map(size => `${size?.width ?? '?'} × ${size?.height ?? '?'}`);
  return message(
    'The file of the picture “%1” (%2) cannot be read, so a copy reduced to %3 was computed on: its scores and maps are not the file’s. Put it back, or run the cell again.',
    name,
    own,
    kept
  );
}
