/** Similarity of the map to those of the model with random weights, group of layers by group of layers. */
import { spearman, spearmanOfSizes, structuralSimilarity } from '../../../explain/trust/similarity';
import type { WeightRef } from '../../../graph/model-graph';
import { ForwardCache } from '../../model/forward-cache';
import { OpenModel } from '../../model/open-model';
import { withChannelsOff } from '../../model/switched-off';
import type { RandomisationCheck, RandomisationFindings, RandomisedStage } from '../../protocol/trust';
import { runRequest } from '../run-request';
import { isUnits } from '../scoring/score';
import { type Checked, type CheckedMap, mapAt } from './checked-map';
import { inStages, weightedLayers, withRandomWeights } from './random-weights';

export async function checkRandomisation(
  checked: Checked,
  { order, stages: count = 8, seed = 1 }: RandomisationCheck
): Promise<RandomisationFindings> {
  const { model, params, result, progress } = checked;
  const own = mapAt(result, params.maps[0]);
  const { target, output = null } = params;
  const layers = weightedLayers(model.graph, isUnits(target) ? target.layer : model.output(output).node);
  const seeds = new Map(layers.flatMap(({ weights }) => weights).map((weight, i) => [weight, seed + i]));
  const groups = inStages(layers, count);
  const random = new Map<WeightRef, number>();
  const stages: RandomisedStage[] = [];
  for (const group of groups) {
    progress(stages.length, groups.length);
    if (order === 'independent') {
      random.clear();
    }
    group.forEach(({ weights }) => weights.forEach(weight => random.set(weight, seeds.get(weight) ?? seed)));
    const other = await mapWith(checked, random);
    stages.push({ layers: group.map(({ name }) => name), ...likeness(own, other) });
  }
  progress(groups.length, groups.length);
  return { kind: 'randomisation', order, stages };
}

const likeness = (own: CheckedMap, other: CheckedMap): Omit<RandomisedStage, 'layers'> => ({
  rank: spearman(own.data, other.data),
  rankOfSizes: spearmanOfSizes(own.data, other.data),
  structure: structuralSimilarity(own.data, other.data, own.size.width)
});

/** The map of the model with these weights shuffled, which is gone afterwards; other workers do not have it. */
async function mapWith(
  { model, params, services }: Checked,
  random: ReadonlyMap<WeightRef, number>
): Promise<CheckedMap> {
  const changed = new OpenModel(withRandomWeights(model.graph, random), model.summary);
  const without = withChannelsOff(changed, params.off);
  const cache = new ForwardCache(0);
  try {
    return mapAt(await runRequest(without, params, { ...services, cache, crew: undefined }), params.maps[0]);
  } finally {
    cache.clear(false);
    changed.weights.dispose();
  }
}
