import type { TranslationBundle } from '@jupyterlab/translation';
import { classNamer } from '../../classes/classes';
import type { TensorData } from '../../engine/protocol/protocol';
import { regionCovered } from '../../graph/field-geometry';
import { withClassNames } from '../../messages/class-message';
import { translated } from '../../messages/message';
import type { HeatmapPayload } from '../../mime/payload';
import { decodeTensor } from '../../mime/tensor-codec';
import { isClassTarget } from '../../state/targets';
import type { Explained } from '../model/explained';
import type { ModelController } from '../model/model-controller';
import { wholeRun } from '../model/slices';
import { planeOf } from '../view/shown-map';
import type { LiveView } from '../view-tracker';
import { moreOf } from './more-of';
import { settled } from './settled';
import type { Extra, ResultHead, TensorHead } from './wire';

/** A result: its words, and its arrays in the order of `head.tensors`. */
export interface Answer {
  head: ResultHead;
  values: Float32Array[];
}

type Named = [name: TensorHead['name'], shape: readonly number[], data: Float32Array];

/** What a view shows, once it has settled; `wanted`: what else is computed for it. */
export async function answerOf(
  view: LiveView,
  wanted: readonly Extra[],
  trans: TranslationBundle,
  signal: AbortSignal
): Promise<Answer> {
  const { controller } = view;
  if (!controller) {
    return answerOfArray(view);
  }
  const explained = await settled(controller, signal);
  const more =
    wanted.length > 0
      ? await moreOf(
          controller,
          explained,
          { activations: wanted.includes('activations'), gradients: wanted.includes('gradients') },
          signal
        )
      : null;
  const { layer } = explained;
  const run = wholeRun(explained);
  const planes = run.planes[layer];
  const { slices = 1 } = planes ?? {};
  const tensors: (Named | null)[] = [
    first('map', run.maps[layer]),
    planes
      ? [
          'planes',
          [planes.channels, ...(planes.slices ? [slices] : []), planes.height / slices, planes.width],
          planes.data
        ]
      : null,
    run.output === null ? null : first('scores', run.outputs[run.output]),
    first('activations', more?.activations[layer]),
    first('gradients', more?.gradients[layer])
  ];
  const named = tensors.filter(tensor => tensor !== null);
  return {
    head: { ...headOf(controller, explained, trans), tensors: named.map(([name, shape]) => ({ name, shape })) },
    values: named.map(([, , data]) => data)
  };
}

function headOf(controller: ModelController, explained: Explained, trans: TranslationBundle): ResultHead {
  const { payload, snapshot, session } = controller;
  const { image, layer, method, score, target, convention } = explained;
  const run = wholeRun(explained);
  const of = run.targets[0];
  const planes = run.planes[layer];
  const { u0, v0, u1, v1 } = regionCovered(run.fields[layer] ?? null, [planes?.height ?? 1, planes?.width ?? 1]);
  const isClass = of !== undefined && isClassTarget(target);
  const name = classNamer(run, payload.labels, trans, session.state.outputAs);
  return {
    model: payload.model.name,
    fingerprint: snapshot.model?.fingerprint ?? null,
    image,
    imageName: payload.images[image]?.name ?? null,
    layer,
    method,
    score,
    target,
    classIndex: isClass ? of.index : null,
    className: isClass ? name(of.index) : null,
    value: of?.score ?? null,
    output: run.output,
    convention,
    inputSize: run.inputSize && [...(run.inputSlices ? [run.inputSlices] : []), ...run.inputSize],
    slices: run.inputSlices ?? null,
    covered: [u0, v0, u1, v1],
    backend: run.backend,
    notices: run.notices.map(notice => translated(withClassNames(notice, name), trans)),
    tensors: []
  };
}

/** The first sample of a tensor (n, …). */
function first(name: TensorHead['name'], tensor: TensorData | undefined): Named | null {
  if (!tensor) {
    return null;
  }
  const shape = tensor.shape.slice(1);
  return [
    name,
    shape,
    tensor.data.subarray(
      0,
      shape.reduce((all, size) => all * size, 1)
    )
  ];
}

/** The heatmap of an array, drawn or not: the channel that is seen, and all channels. */
async function answerOfArray({ title, session, asOutput }: LiveView): Promise<Answer> {
  const { payload } = await asOutput();
  const {
    shape: [channels, height, width],
    data
  } = await decodeTensor((payload as HeatmapPayload).tensor);
  const channel = Math.min(session.state.channel ?? 0, channels - 1);
  const nothing = { fingerprint: null, layer: null, method: null, score: null, target: null, classIndex: null };
  return {
    head: {
      ...nothing,
      model: null,
      image: 0,
      imageName: title,
      className: null,
      value: null,
      output: null,
      convention: null,
      inputSize: null,
      slices: null,
      covered: null,
      backend: null,
      notices: [],
      tensors: [
        { name: 'map', shape: [height, width] },
        { name: 'planes', shape: [channels, height, width] }
      ]
    },
    values: [planeOf({ planes: { channels, height, width, data }, channel }), data]
  };
}
