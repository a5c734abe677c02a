/** The page's side of the engine: typed calls that can be cancelled, over a worker that is restarted when it dies. */
import type { ModelSummary } from '../../graph/layer-info';
import { type Message, message, messageOf } from '../../messages/message';
import { abortError, EngineError, isByHand } from '../protocol/errors';
import type { HealthFindings, HealthParams } from '../protocol/health';
import type {
  BackendName,
  BackendReport,
  OpenParams,
  PartialRun,
  Prediction,
  PredictParams,
  Progress,
  RunParams,
  RunResult
} from '../protocol/protocol';
import { throttled } from '../protocol/throttle';
import type { Answer, Reply, Request } from '../protocol/worker-messages';
import { type ByteSource, chunksOf } from './byte-source';
import { crashed, restarted, unanswering } from './endings';
import { HelperPool, WORKER_SETTINGS, type WorkerSettings } from './helper-pool';
import { Watchdog } from './watchdog';

export interface CallOptions {
  onProgress?: (progress: Progress) => void;
  /** Rejects the call with an AbortError at once, and stops the work. */
  signal?: AbortSignal;
}

export interface RunOptions extends CallOptions {
  /** Takes answers under way, whole but for their maps, which are not final. */
  onPartial?: (answer: RunResult) => void;
}

export interface OpenOptions extends CallOptions {
  /** Bytes that `source` will give, if known. */
  total?: number;
  /** Gets a file by its path relative to the model's: the weights of a TensorFlow.js model. */
  sibling?: (path: string) => Promise<Uint8Array>;
}

interface Pending {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
  onProgress?: (progress: Progress) => void;
  onPartial?: (answer: PartialRun) => void;
  sibling?: OpenOptions['sibling'];
}

type RequestBody = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

/** Milliseconds in which the worker must answer after a call was cancelled: by the user, and otherwise. */
const PATIENCE = { byHand: 1500, otherwise: 20_000 };

export class EngineClient {
  private worker: Worker | null = null;
  private pending = new Map<number, Pending>();
  private opening = new Map<string, Promise<ModelSummary>>();
  private opened = new Map<string, ModelSummary>();
  private nextId = 1;
  private backend: BackendName | 'auto' = 'auto';
  private cacheBudget: number | null = null;
  private workers = WORKER_SETTINGS;
  private helpers: HelperPool;

  /** The call that the worker said last that it works on. */
  private current: number | null = null;
  private watchdog = new Watchdog({
    ask: () => this.worker?.postMessage({ id: 0, call: 'ping' } satisfies Request),
    onSilent: seconds =>
      this.pending.forEach(({ onProgress }) => onProgress?.({ phase: 'silent', done: seconds, total: 0 })),
    onStuck: () => this.endStuck()
  });

  /** @param onEnded - Called after a worker that was stuck was ended: what it held is gone. */
  constructor(
    private createWorker: () => Worker,
    private onEnded: () => void = () => undefined
  ) {
    this.helpers = new HelperPool(createWorker, (request, transfer = []) =>
      this.worker?.postMessage(request, transfer)
    );
  }

  /** Resolves when a backend runs; says which. */
  get ready(): Promise<BackendReport> {
    return this.setBackend(this.backend);
  }

  /** Chooses the backend; one that does not work falls back to another, with the reason. */
  setBackend(backend: BackendName | 'auto'): Promise<BackendReport> {
    this.backend = backend;
    return this.call({ call: 'setBackend', backend }) as Promise<BackendReport>;
  }

  /** Sets the bytes of forward values that the worker may keep between runs. */
  setCacheBudget(bytes: number): void {
    this.cacheBudget = bytes;
    this.worker?.postMessage({ id: this.nextId++, call: 'setCacheBudget', bytes } satisfies Request);
  }

  /** Sets how many workers share runs of many passes; counts from the next such run. */
  setWorkers(settings: Partial<WorkerSettings>): void {
    this.workers = { ...this.workers, ...settings };
  }

  /** True if the worker holds this model. */
  async has(model: string): Promise<boolean> {
    return this.worker !== null && ((await this.call({ call: 'has', model })) as boolean);
  }

  /**
   * Reads a model into the worker. `source` is read only if the model is not
   * there yet; its parts are transferred, so a stream's parts are not usable
   * after it (an array given whole is copied).
   *
   * @throws EngineError with one readable sentence; AbortError when cancelled.
   */
  async open(params: OpenParams, source: ByteSource, options: OpenOptions = {}): Promise<ModelSummary> {
    const { signal } = options;
    throwIfAborted(signal);
    const known = this.opened.get(params.model);
    if (known && (await this.has(params.model))) {
      return known;
    }
    const other = this.opening.get(params.model);
    if (other) {
      // Another view reads this model already: wait for it, and read it here only if that one gives up.
      const summary = await abortable(other, signal).catch(() => null);
      throwIfAborted(signal);
      return summary ?? this.open(params, source, options);
    }
    const opening = this.send(params, source, options);
    this.opening.set(params.model, opening);
    try {
      const summary = await abortable(opening, signal);
      this.opened.set(params.model, summary);
      return summary;
    } finally {
      this.opening.delete(params.model);
    }
  }

  /**
   * Computes what `params` asks for.
   *
   * @throws EngineError with one readable sentence; AbortError when cancelled.
   */
  run(params: RunParams, options: RunOptions = {}): Promise<RunResult> {
    return this.call({ call: 'run', params }, options) as Promise<RunResult>;
  }

  /** Predictions for several inputs: behind all else that is asked, and the newest request first. */
  predict(params: PredictParams, options: CallOptions = {}): Promise<Prediction[]> {
    return this.call({ call: 'predict', params }, options) as Promise<Prediction[]>;
  }

  /** What the channels of layers do over several inputs. */
  health(params: HealthParams, options: CallOptions = {}): Promise<HealthFindings> {
    return this.call({ call: 'health', params }, options) as Promise<HealthFindings>;
  }

  /** Frees a model. */
  async close(model: string): Promise<void> {
    this.opened.delete(model);
    if (this.worker) {
      await this.call({ call: 'close', model });
    }
  }

  /** Ends the worker; calls under way are rejected with an AbortError. */
  dispose(): void {
    this.stop(abortError());
  }

  private async send(params: OpenParams, source: ByteSource, options: OpenOptions): Promise<ModelSummary> {
    const { signal } = options;
    const report = options.onProgress && throttled(options.onProgress);
    const total = options.total ?? (source instanceof Uint8Array ? source.byteLength : 0);
    const id = this.nextId++;
    this.post({ id, call: 'open', params, total });
    const answer = this.answer(id, options) as Promise<ModelSummary>;
    // The answer may be a rejection before it is awaited, when the worker dies on the way.
    answer.catch(() => undefined);
    let done = 0;
    try {
      for await (const chunk of chunksOf(source)) {
        throwIfAborted(signal);
        if (!this.pending.has(id)) {
          return answer;
        }
        done += chunk.byteLength;
        this.post({ id, call: 'chunk', bytes: chunk }, [chunk.buffer as ArrayBuffer]);
        report?.({ phase: 'read', done, total });
      }
    } catch (error) {
      this.post({ id, call: 'cancel' });
      this.post({ id, call: 'end' });
      this.watchdog.demand(PATIENCE.otherwise);
      this.forget(id);
      throw error;
    }
    this.post({ id, call: 'end' });
    return answer;
  }

  private call(body: RequestBody, options: RunOptions = {}): Promise<Answer> {
    const id = this.nextId++;
    if (options.signal?.aborted) {
      return Promise.reject(abortError());
    }
    try {
      this.post({ ...body, id });
    } catch (error) {
      return Promise.reject(error);
    }
    return this.answer(id, options);
  }

  private answer(id: number, { signal, onProgress, onPartial, sibling }: OpenOptions & RunOptions): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.forget(id);
        this.worker?.postMessage({ id, call: 'cancel' } satisfies Request);
        if (this.worker) {
          this.watchdog.demand(isByHand(signal?.reason) ? PATIENCE.byHand : PATIENCE.otherwise);
        }
        this.helpers.settle(id);
        reject(abortError());
      };
      const settled = () => {
        signal?.removeEventListener('abort', onAbort);
        this.helpers.settle(id);
      };
      this.pending.set(id, {
        resolve: answer => (settled(), resolve(answer)),
        reject: error => (settled(), reject(error)),
        onProgress,
        onPartial: onPartial && merging(onPartial),
        sibling
      });
      this.watchdog.watch(true);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  private forget(id: number): void {
    this.pending.delete(id);
    this.current = this.current === id ? null : this.current;
    this.watchdog.watch(this.pending.size > 0);
  }

  private post(request: Request, transfer: Transferable[] = []): void {
    if (!this.worker) {
      this.worker = this.createWorker();
      this.worker.onmessage = (event: MessageEvent<Reply>) => this.receive(event.data);
      this.worker.onerror = event => {
        event.preventDefault?.();
        this.stop(crashed(event.message));
      };
      this.worker.onmessageerror = () => this.stop(crashed(message('a message was unreadable')));
      if (request.call !== 'setBackend' && this.backend !== 'auto') {
        this.worker.postMessage({ id: this.nextId++, call: 'setBackend', backend: this.backend } satisfies Request);
      }
      if (this.cacheBudget !== null) {
        this.worker.postMessage({
          id: this.nextId++,
          call: 'setCacheBudget',
          bytes: this.cacheBudget
        } satisfies Request);
      }
    }
    this.worker.postMessage(request, transfer);
  }

  private receive(reply: Reply): void {
    const pending = this.pending.get(reply.id);
    this.watchdog.heard();
    if (reply.kind === 'heard') {
      this.current = pending ? reply.id : this.current;
      return;
    }
    if (reply.kind === 'progress') {
      pending?.onProgress?.(reply.progress);
      return;
    }
    if (reply.kind === 'partial') {
      pending?.onPartial?.(reply.answer);
      return;
    }
    if (reply.kind === 'helpWanted') {
      if (pending) {
        this.helpers.want(reply.id, reply.wanted, this.workers);
      }
      return;
    }
    if (reply.kind === 'helperLost') {
      this.helpers.lose(reply.number);
      return;
    }
    if (reply.kind === 'sibling') {
      void this.giveSibling(reply.id, reply.path, pending?.sibling);
      return;
    }
    this.forget(reply.id);
    if (reply.kind === 'result') {
      pending?.resolve(reply.result);
      return;
    }
    if (reply.fatal) {
      pending?.reject(crashed(reply.message));
      this.stop(crashed(reply.message));
      return;
    }
    pending?.reject(
      reply.name === 'AbortError'
        ? abortError()
        : new EngineError(reply.message, reply.name, reply.stack, reply.isLasting)
    );
  }

  private async giveSibling(id: number, path: string, sibling: OpenOptions['sibling']): Promise<void> {
    let file: Uint8Array | Message = message('files beside it cannot be fetched here.');
    try {
      file = sibling ? await sibling(path) : file;
    } catch (error) {
      file = messageOf(error);
    }
    const whole = !(file instanceof Uint8Array) || file.byteLength === file.buffer.byteLength ? file : file.slice();
    this.worker?.postMessage(
      { id, call: 'sibling', path, file: whole } satisfies Request,
      whole instanceof Uint8Array ? [whole.buffer as ArrayBuffer] : []
    );
  }

  /** Ends the worker and rejects what it owed; the next call starts another one. */
  private stop(error: unknown): void {
    this.watchdog.end();
    this.helpers.dispose();
    this.worker?.terminate();
    this.worker = null;
    this.opened.clear();
    const owed = [...this.pending.values()];
    this.pending.clear();
    owed.forEach(pending => pending.reject(error));
  }

  /** Ends a worker that does not answer: the call that it worked on is refused; others are made again by who made them. */
  private endStuck(): void {
    const culprit = this.current === null ? undefined : this.pending.get(this.current);
    const others = [...this.pending.values()].filter(pending => pending !== culprit);
    this.pending.clear();
    this.stop(null);
    culprit?.reject(unanswering());
    // Once it is told: who made the others now makes them again, and gives up those here.
    setTimeout(() => {
      this.onEnded();
      others.forEach(pending => pending.reject(restarted()));
    });
  }
}

/** Completes what is told of an answer under way with what was told before. */
function merging(take: (answer: RunResult) => void): (answer: PartialRun) => void {
  let latest: PartialRun | null = null;
  return answer => {
    latest = { ...latest, ...answer };
    take(latest as RunResult);
  };
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw abortError();
  }
}

/** `promise`, but rejected with an AbortError as soon as `signal` aborts. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) {
    return promise;
  }
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(abortError()), { once: true });
    promise.then(resolve, reject);
  });
}
