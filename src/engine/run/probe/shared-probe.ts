/** A probe whose passes are done here and by other workers. Which of them does one makes no difference to its answer. */
import type { ModelProbe } from '../../../explain/model-probe';
import { abortError, isAbort } from '../../protocol/errors';
import type { ProbeTask, Probing } from '../../protocol/helpers';
import type { Crew, Errand, Mate } from './crew';

type Answer = Float64Array | Float32Array;

interface Pass extends Pick<Probing, 'ask' | 'pictures' | 'count'> {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** Passes that a mate has at a time: the next one lies there already when it has done one. */
const MATE_LOAD = 2;
/** Passes under way or waiting, for each mate. */
const ROOM = 3;

export class SharedProbe implements ModelProbe {
  readonly batch: number;

  /** @param own - Does passes here, one at a time. */
  constructor(
    private own: ModelProbe,
    private crew: Crew,
    private task: ProbeTask,
    private now: () => number = () => performance.now()
  ) {
    this.batch = own.batch;
    this.since = now();
    if (crew.mates.length > 0) {
      crew.call(Infinity);
    }
    crew.watch({ come: () => this.handOut(), stop: () => this.stop() });
  }

  get atOnce(): number {
    return 1 + ROOM * this.crew.mates.length;
  }

  scores(pictures: Float32Array, count: number): Promise<Float64Array> {
    return this.pass({ ask: 'scores', pictures, count }) as Promise<Float64Array>;
  }

  gradients(pictures: Float32Array, count: number): Promise<Float32Array> {
    return this.pass({ ask: 'gradients', pictures, count }) as Promise<Float32Array>;
  }

  progress(done: number, total: number): void {
    if (done > 0) {
      this.crew.call(((this.now() - this.since) / done) * (total - done));
    }
    this.own.progress(done, total);
  }

  private pass(wanted: Pick<Probing, 'ask' | 'pictures' | 'count'>): Promise<Answer> {
    if (this.isStopped) {
      return Promise.reject(abortError());
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...wanted, resolve, reject });
      this.handOut();
    });
  }

  private handOut(): void {
    while (!this.isStopped && this.waiting.length > 0) {
      const mate = this.isBusy ? this.leastBusy() : null;
      if (this.isBusy && !mate) {
        return;
      }
      const pass = this.waiting.shift() as Pass;
      void (mate ? this.doThere(pass, mate) : this.doHere(pass));
    }
    this.takeBack();
  }

  private leastBusy(): Mate | null {
    const free = this.crew.mates.filter(({ load }) => load < MATE_LOAD);
    return free.reduce<Mate | null>((least, mate) => (least && least.load <= mate.load ? least : mate), null);
  }

  private async doHere(pass: Pass): Promise<void> {
    this.isBusy = true;
    try {
      pass.resolve(await this.own[pass.ask](pass.pictures, pass.count));
    } catch (error) {
      pass.reject(error);
    }
    this.isBusy = false;
    this.handOut();
  }

  private async doThere(pass: Pass, mate: Mate): Promise<void> {
    const { ask, pictures, count } = pass;
    const errand = mate.send({ task: this.task, ask, pictures, count });
    this.sent.set(pass, { mate, errand });
    try {
      pass.resolve(await errand.answer);
    } catch (error) {
      if (!this.sent.has(pass)) {
        return; // it was taken back
      }
      if (isAbort(error)) {
        pass.reject(error);
      } else {
        this.crew.lose(mate);
        this.waiting.unshift(pass);
      }
    }
    this.sent.delete(pass);
    this.handOut();
  }

  /** Nothing is left to do here: takes the pass that a mate would begin last, so that the last ones end together. */
  private takeBack(): void {
    if (this.isBusy || this.isStopped || this.waiting.length > 0) {
      return;
    }
    const [pass, there] = [...this.sent].reverse().find(([, { mate }]) => mate.load > 1) ?? [];
    if (pass && there) {
      this.sent.delete(pass);
      there.errand.callOff();
      void this.doHere(pass);
    }
  }

  private stop(): void {
    this.isStopped = true;
    const owed = [...this.waiting, ...this.sent.keys()];
    this.sent.forEach(({ errand }) => errand.callOff());
    this.sent.clear();
    this.waiting = [];
    owed.forEach(pass => pass.reject(abortError()));
  }

  private since: number;
  private waiting: Pass[] = [];
  private sent = new Map<Pass, { mate: Mate; errand: Errand<Answer> }>();
  /** True while a pass is done here. */
  private isBusy = false;
  private isStopped = false;
}
