/** The other workers that the page has started to help this one: each holds the model that they last helped with. */
import type { OpenModel } from '../../model/open-model';
import { packed, weightBytes } from '../../model/packed-model';
import { abortError } from '../../protocol/errors';
import type { HelperPort, HelpWanted, Probing } from '../../protocol/helpers';
import type { BackendName } from '../../protocol/protocol';
import type { Answer, Reply, Request } from '../../protocol/worker-messages';
import type { Crew, Errand, Mate } from '../../run/probe/crew';

type Body = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

interface Owed {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

class Helper implements Mate {
  /** The model and backend on which it can work; null until it says so. */
  ready: string | null = null;
  /** That which it was told last to get ready for. */
  adopting: string | null = null;

  constructor(
    readonly number: number,
    private port: MessagePort
  ) {
    port.onmessage = (event: MessageEvent<Reply>) => this.receive(event.data);
  }

  get load(): number {
    return this.owed.size;
  }

  send(probing: Probing): Errand<Float64Array | Float32Array> {
    const { id, answer } = this.call({ call: 'probe', probing });
    return { answer: answer as Promise<Float64Array | Float32Array>, callOff: () => this.callOff(id) };
  }

  call(body: Body, transfer: Transferable[] = []): { id: number; answer: Promise<Answer> } {
    const id = this.nextId++;
    const answer = new Promise<Answer>((resolve, reject) => this.owed.set(id, { resolve, reject }));
    // Whoever waits for it may have been told otherwise already.
    answer.catch(() => undefined);
    this.port.postMessage({ ...body, id } satisfies Request, transfer);
    return { id, answer };
  }

  /** It will answer nothing more. */
  end(): void {
    this.ready = this.adopting = null;
    this.port.close();
    const owed = [...this.owed.values()];
    this.owed.clear();
    owed.forEach(({ reject }) => reject(new Error('the helper has ended')));
  }

  private callOff(id: number): void {
    const owed = this.owed.get(id);
    if (owed) {
      this.owed.delete(id);
      this.port.postMessage({ id, call: 'cancel' } satisfies Request);
      owed.reject(abortError());
    }
  }

  private receive(reply: Reply): void {
    const owed = this.owed.get(reply.id);
    if (reply.kind === 'result' || reply.kind === 'error') {
      this.owed.delete(reply.id);
    }
    if (reply.kind === 'result') {
      owed?.resolve(reply.result);
    } else if (reply.kind === 'error') {
      owed?.reject(new Error(`${reply.name} in a helper`));
    }
  }

  private owed = new Map<number, Owed>();
  private nextId = 1;
}

export class Helpers {
  /**
   * @param want - Asks the page for helpers for a call, which come by {@link take}.
   * @param tellLost - Tells the page that a helper does not do its work.
   */
  constructor(
    private want: (id: number, wanted: HelpWanted) => void,
    private tellLost: (number: number) => void
  ) {}

  /** Those who help with one call, a run of this model. */
  crew(id: number, model: OpenModel, backend: BackendName): Crew {
    const crew = new RunCrew(this, model, JSON.stringify([model.summary.model, backend]), backend, left =>
      this.want(id, { bytes: weightBytes(model), left })
    );
    this.crews.set(id, crew);
    return crew;
  }

  /** True if a helper that had a share in a call was lost. */
  hasLost(id: number): boolean {
    return this.crews.get(id)?.hasLost === true;
  }

  /** A call is cancelled. */
  stop(id: number): void {
    this.crews.get(id)?.stop();
  }

  /** The call is over: what helpers still do for it is called off. */
  end(id: number): void {
    this.crews.get(id)?.end();
    this.crews.delete(id);
  }

  /** Takes helpers that the page has started for a call. */
  take(id: number, ports: readonly HelperPort[]): void {
    ports.forEach(({ number, port }) => this.all.set(number, new Helper(number, port)));
    this.crews.get(id)?.recruit();
  }

  /** The page has ended helpers; `lost`: not by its own will. */
  drop(numbers: readonly number[], lost: boolean): void {
    for (const number of numbers) {
      const helper = this.all.get(number);
      this.all.delete(number);
      if (helper && lost) {
        this.crews.forEach(crew => crew.miss(helper));
      }
      helper?.end();
    }
  }

  /** Frees a model. */
  close(model: string): void {
    for (const helper of this.all.values()) {
      if (helper.ready && (JSON.parse(helper.ready) as string[])[0] === model) {
        helper.ready = helper.adopting = null;
        helper.call({ call: 'close', model });
      }
    }
  }

  get present(): Helper[] {
    return [...this.all.values()];
  }

  /** A helper failed; false if it was gone already. */
  lose(helper: Helper): boolean {
    const isThere = this.all.has(helper.number);
    if (isThere) {
      this.tellLost(helper.number);
      this.drop([helper.number], true);
    }
    return isThere;
  }

  private all = new Map<number, Helper>();
  private crews = new Map<number, RunCrew>();
}

type Watcher = Parameters<Crew['watch']>[0];

class RunCrew implements Crew {
  /** True if a helper that had a share in the work was lost. */
  hasLost = false;

  constructor(
    private helpers: Helpers,
    private model: OpenModel,
    /** What a helper must be ready for. */
    private key: string,
    private backend: BackendName,
    private want: (left: number) => void
  ) {}

  get mates(): Helper[] {
    return this.isOver ? [] : this.helpers.present.filter(({ ready }) => ready === this.key);
  }

  call(left: number): void {
    if (!this.hasCalled) {
      this.hasCalled = true;
      this.want(left);
    }
  }

  lose(mate: Mate): void {
    this.hasLost = this.helpers.lose(mate as Helper) || this.hasLost;
  }

  /** A helper is gone: what it owed rejects, and is done elsewhere. */
  miss(helper: Helper): void {
    this.hasLost ||= helper.ready === this.key && helper.load > 0;
  }

  watch(work: Watcher): void {
    this.watchers.push(work);
  }

  /** Gives the model to those who do not have it. */
  recruit(): void {
    const idle = this.helpers.present.filter(helper => helper.ready !== this.key && !this.asked.has(helper));
    if (idle.length === 0 || this.isOver) {
      return;
    }
    const model = packed(this.model);
    const buffers = model.weights.flatMap(({ values }) => (values ? [values.buffer] : []));
    for (const [i, helper] of idle.entries()) {
      this.asked.add(helper);
      helper.ready = null;
      helper.adopting = this.key;
      // The last one gets the copy itself.
      const isLast = i === idle.length - 1;
      const { answer } = helper.call({ call: 'adopt', model, backend: this.backend }, isLast ? buffers : []);
      answer.then(
        () => {
          if (helper.adopting === this.key) {
            helper.ready = this.key;
            this.watchers.forEach(work => work.come());
          }
        },
        () => void this.helpers.lose(helper)
      );
    }
  }

  /** The work is cancelled. */
  stop(): void {
    this.watchers.forEach(work => work.stop());
  }

  end(): void {
    this.stop();
    this.isOver = true;
  }

  private hasCalled = false;
  private isOver = false;
  private asked = new Set<Helper>();
  private watchers: Watcher[] = [];
}
