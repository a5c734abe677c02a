/** The page's workers beside the first: started when a run of many passes wants help, ended when nobody wants any. */
import type { HelperPort, HelpWanted } from '../protocol/helpers';
import type { Request } from '../protocol/worker-messages';

export interface WorkerSettings {
  /** Workers that compute together; null: one less than there are cores, but two at least. */
  workers: number | null;
  /** Bytes that they may take, all together. */
  memory: number;
  /** Milliseconds of work from which it is worth while to start a worker. */
  worth: number;
}

export const WORKER_SETTINGS: WorkerSettings = { workers: null, memory: 2e9, worth: 500 };

/** Bytes of one worker besides the weights, which it stores twice: as they are and as the kernels need them. */
const WORKER_BYTES = 128 * 1024 * 1024;

/** Milliseconds after which helpers that nobody wants are ended. */
const IDLE_MS = 30_000;

/** Workers for a model whose weights take so many bytes. */
export function workersFor(bytes: number, { workers, memory }: WorkerSettings, cores: number): number {
  const wished = workers ?? (cores > 1 ? Math.max(cores - 1, 2) : 1);
  const fit = Math.floor(memory / (2 * bytes + WORKER_BYTES));
  return Math.max(Math.min(wished, fit), 1);
}

export class HelperPool {
  /** @param tell - Sends the first worker a message. */
  constructor(
    private createWorker: () => Worker,
    private tell: (request: Request, transfer?: Transferable[]) => void,
    private cores = (): number => navigator.hardwareConcurrency
  ) {}

  /** The first worker wants help with a call. */
  want(id: number, { bytes, left }: HelpWanted, settings: WorkerSettings): void {
    this.wanting.add(id);
    clearTimeout(this.idle);
    if (left < settings.worth) {
      return;
    }
    const wanted = Math.min(workersFor(bytes, settings, this.cores()), this.most) - 1;
    this.end([...this.helpers.keys()].slice(Math.max(wanted, 0)));
    const started: HelperPort[] = [];
    while (this.helpers.size < wanted) {
      started.push(this.start());
    }
    this.tell(
      { id, call: 'helpers', started },
      started.map(({ port }) => port)
    );
  }

  /** A call has its answer, or needs none any more. */
  settle(id: number): void {
    if (this.wanting.delete(id) && this.wanting.size === 0) {
      this.idle = setTimeout(() => this.end(), IDLE_MS);
    }
  }

  /** A helper failed: it is ended, and none takes its place while the pool lives. */
  lose(number: number): void {
    this.most = Math.max(this.helpers.size, 1);
    this.end([number], true);
  }

  /** Ends helpers, all unless some are named. */
  end(numbers = [...this.helpers.keys()], lost = false): void {
    numbers.forEach(number => {
      this.helpers.get(number)?.terminate();
      this.helpers.delete(number);
    });
    if (numbers.length > 0) {
      this.tell({ id: 0, call: 'helpersEnded', numbers, lost });
    }
  }

  /** The first worker is gone. */
  dispose(): void {
    clearTimeout(this.idle);
    this.helpers.forEach(worker => worker.terminate());
    this.helpers.clear();
    this.wanting.clear();
  }

  private start(): HelperPort {
    const number = this.next++;
    const worker = this.createWorker();
    const { port1, port2 } = new MessageChannel();
    const lose = (): void => {
      if (this.helpers.get(number) === worker) {
        this.lose(number);
      }
    };
    worker.onerror = event => {
      event.preventDefault?.();
      lose();
    };
    worker.onmessageerror = lose;
    worker.postMessage({ id: 0, call: 'help', port: port2 } satisfies Request, [port2]);
    this.helpers.set(number, worker);
    return { number, port: port1 };
  }

  private helpers = new Map<number, Worker>();
  /** Calls that helpers may have a share in. */
  private wanting = new Set<number>();
  private next = 1;
  private most = Infinity;
  private idle?: ReturnType<typeof setTimeout>;
}
