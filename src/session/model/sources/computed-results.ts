import type { ModelSummary } from '../../../graph/layer-info';
import { hasMapAt } from '../../../layers/has-map';
import type { AnswerOptions, Question, Result, ResultSource } from '../../../results/result';
import type { EngineRequests } from '../engine-requests';

/** The worker as a source of results: it computes what is asked. */
export class ComputedResults implements ResultSource {
  constructor(
    private requests: EngineRequests,
    private model: ModelSummary
  ) {}

  refusal(): null {
    return null;
  }

  async answer(about: Question, options: AnswerOptions = {}): Promise<Result> {
    const { image, layer, method, target, score, output, convention } = about;
    const hasMap = hasMapAt(this.model, layer, method);
    const wanted = { maps: hasMap ? [layer] : [], planes: [layer], method, target, score, output, convention };
    return { about, run: await this.requests.run(image, wanted, options), parts: null };
  }
}
