/**
 * The worker's side of the conversation: calls in, replies out. Work is done
 * one call at a time; cancelling and the parts of files are heard in between.
 */
import { isLasting, type Message, message, messageOf } from '../../messages/message';
import { type BackendChoice, dropBackend, onContextLost, startBackend } from '../backend/backends';
import type { OpenModel } from '../model/open-model';
import { abortError, EngineError } from '../protocol/errors';
import type { PackedModel } from '../protocol/helpers';
import type { BackendName, BackendReport, OpenParams, PartialRun, Progress, RunParams } from '../protocol/protocol';
import { throttled } from '../protocol/throttle';
import type { Answer, Reply, Request } from '../protocol/worker-messages';
import { ByteCollector } from './byte-collector';
import { Engine, type EngineServices } from './engine';
import { Helpers } from './helpers/helpers';
import { reserveFor } from './reserve';
import { WorkQueue } from './work-queue';

interface Call {
  aborted: boolean;
  onAbort?: () => void;
  file: ByteCollector | null;
  params: OpenParams | null;
  /** Pending requests for files beside the model's, by path; one may be asked for twice. */
  siblings: Map<string, Promise<Uint8Array | Message>>;
  answers: Map<string, (file: Uint8Array | Message) => void>;
}

type Post = (reply: Reply, transfer: Transferable[]) => void;

const CONTEXT_LOST = 'the GPU was taken away';

export class Service {
  private engine: Engine;
  private helpers: Helpers;
  private calls = new Map<number, Call>();
  private queue = new WorkQueue();
  private choice: BackendChoice = 'auto';
  private report: Promise<BackendReport> | null = null;
  /** Rejects when the current WebGL context is lost. */
  private lost: Promise<never> | null = null;

  constructor(
    private services: EngineServices,
    private post: Post
  ) {
    this.engine = new Engine(services);
    this.helpers = new Helpers(
      (id, wanted) => post({ id, kind: 'helpWanted', wanted }, []),
      number => post({ id: 0, kind: 'helperLost', number }, [])
    );
  }

  /** Takes one message. */
  receive(request: Request): void {
    const call = this.calls.get(request.id);
    switch (request.call) {
      case 'cancel':
        if (call) {
          call.aborted = true;
          call.onAbort?.();
          call.answers.forEach(answer => answer(message('the reading was cancelled')));
        }
        return;
      case 'chunk':
        call?.file?.add(request.bytes);
        return;
      case 'sibling':
        call?.answers.get(request.path)?.(request.file);
        return;
      case 'open':
        this.calls.set(request.id, {
          aborted: false,
          file: new ByteCollector(request.total),
          params: request.params,
          siblings: new Map(),
          answers: new Map()
        });
        // Reader and backend start while the file is still on its way; what goes wrong is told when they are used.
        this.services.prepareToRead?.().catch(() => undefined);
        this.backend()
          .then(() => reserveFor(request.total))
          .catch(() => undefined);
        return;
      case 'end':
        // Not in its turn: it may wait for files, and touches no backend.
        void this.answer(request.id, this.callOf(request.id), current => this.open(request.id, current));
        return;
      case 'ping':
        this.post({ id: request.id, kind: 'heard' }, []);
        return;
      case 'has':
        this.reply(request.id, this.engine.has(request.model));
        return;
      case 'setCacheBudget':
        this.engine.setCacheBudget(request.bytes);
        return;
      case 'setBackend':
        this.enqueue(request.id, () => this.setBackend(request.backend));
        return;
      case 'close':
        this.enqueue(request.id, async () => {
          this.engine.close(request.model);
          this.helpers.close(request.model);
          return null;
        });
        return;
      case 'helpers':
        this.helpers.take(request.id, request.started);
        return;
      case 'helpersEnded':
        this.helpers.drop(request.numbers, request.lost);
        return;
      case 'adopt':
        this.enqueue(request.id, () => this.adopt(request.model, request.backend));
        return;
      case 'probe':
        this.enqueue(request.id, current => this.engine.probe(request.probing, { cancel: current }));
        return;
      case 'run':
        this.enqueue(request.id, current => this.run(request.id, request.params, current));
        return;
      case 'health':
        this.enqueue(request.id, current => {
          const options = { cancel: current, onProgress: this.reporter(request.id) };
          return this.onBackend(() => this.engine.health(request.params, options));
        });
        return;
      case 'predict':
        this.enqueue(
          request.id,
          current => this.onBackend(() => this.engine.predict(request.params, { cancel: current })),
          true
        );
    }
  }

  private enqueue(id: number, work: (call: Call) => Promise<Answer>, canWait = false): void {
    const call = this.callOf(id);
    this.queue.add(() => this.answer(id, call, work), canWait);
  }

  private callOf(id: number): Call {
    const call = this.calls.get(id) ?? {
      aborted: false,
      file: null,
      params: null,
      siblings: new Map(),
      answers: new Map()
    };
    this.calls.set(id, call);
    return call;
  }

  private async answer(id: number, call: Call, work: (call: Call) => Promise<Answer>): Promise<void> {
    try {
      if (call.aborted) {
        throw abortError();
      }
      this.post({ id, kind: 'heard' }, []);
      this.reply(id, await work(call));
    } catch (error) {
      this.fail(id, error);
    } finally {
      this.calls.delete(id);
    }
  }

  private async open(id: number, call: Call): Promise<Answer> {
    const { file, params } = call;
    if (!file || !params) {
      throw new EngineError(message('A model file ended before it began.'));
    }
    return this.engine.open(params, () => file.take(), {
      cancel: call,
      onProgress: this.reporter(id),
      fetchSibling: path => this.sibling(id, call, path)
    });
  }

  /** Asks the page for a file. */
  private async sibling(id: number, call: Call, path: string): Promise<Uint8Array> {
    let answered = call.siblings.get(path);
    if (!answered) {
      answered = new Promise(resolve => call.answers.set(path, resolve));
      call.siblings.set(path, answered);
      this.post({ id, kind: 'sibling', path }, []);
    }
    const file = await answered;
    this.post({ id, kind: 'heard' }, []);
    if (call.aborted) {
      throw abortError();
    }
    if (!(file instanceof Uint8Array)) {
      throw new EngineError(file);
    }
    return file;
  }

  private async run(id: number, params: RunParams, call: Call): Promise<Answer> {
    const { backend } = await this.backend();
    call.onAbort = () => this.helpers.stop(id);
    const options = {
      cancel: call,
      onProgress: this.reporter(id),
      // There is one GPU: workers would only wait for each other.
      crew: backend === 'webgl' ? undefined : (model: OpenModel) => this.helpers.crew(id, model, backend),
      // Copied, not transferred: the answer itself has them, too.
      onPartial: (answer: PartialRun) => this.post({ id, kind: 'partial', answer }, [])
    };
    const notices: Message[] = [];
    try {
      const result = await this.onBackend(() => this.engine.run(params, options));
      const { reason } = await this.backend();
      if (reason !== null && this.choice !== 'auto') {
        notices.push(message('%1 computes instead of %2: %3.', result.backend, this.choice, reason));
      }
      if (this.helpers.hasLost(id)) {
        notices.push(message('A worker stopped, perhaps because memory ran out: the others did its part.'));
      }
      return { ...result, notices: [...result.notices, ...notices] };
    } finally {
      this.helpers.end(id);
    }
  }

  /** Takes another worker's model, on its backend: on another one numbers would not be the same. */
  private async adopt(model: PackedModel, wanted: BackendName): Promise<null> {
    const { backend } = await this.setBackend(wanted);
    if (backend !== wanted) {
      throw new EngineError(message('%1 did not start', wanted));
    }
    this.engine.adopt(model);
    return null;
  }

  /** Computes; once more where the backend is lost meanwhile. */
  private async onBackend<T>(compute: () => Promise<T>): Promise<T> {
    await this.backend();
    try {
      const running = compute();
      // A backend that lost its context never answers: awaiting `running` would hang.
      running.catch(() => undefined);
      return await Promise.race(this.lost ? [running, this.lost] : [running]);
    } catch (error) {
      if (!(error instanceof Error) || error.message !== CONTEXT_LOST) {
        throw error;
      }
      this.recover();
      return this.onBackend(compute);
    }
  }

  /** After a lost context: a fresh backend; the weights are uploaded again from the file's bytes. */
  private recover(): void {
    this.engine.leaveBackend(true);
    dropBackend('webgl');
    this.report = null;
    this.lost = null;
  }

  private async setBackend(choice: BackendChoice): Promise<BackendReport> {
    if (this.report && choice === this.choice) {
      return this.report;
    }
    this.choice = choice;
    if (this.report) {
      this.engine.leaveBackend(false);
      this.report = null;
      this.lost = null;
    }
    return this.backend();
  }

  private backend(): Promise<BackendReport> {
    if (!this.report) {
      this.report = startBackend(this.choice).then(report => {
        if (report.backend === 'webgl') {
          this.lost = new Promise((_, reject) => onContextLost(() => reject(new Error(CONTEXT_LOST))));
          this.lost.catch(() => undefined);
        }
        return report;
      });
    }
    return this.report;
  }

  private reporter(id: number): (progress: Progress) => void {
    return throttled(progress => this.post({ id, kind: 'progress', progress }, []));
  }

  private reply(id: number, result: Answer): void {
    this.post({ id, kind: 'result', result }, buffersOf(result));
  }

  private fail(id: number, error: unknown): void {
    const { name, stack = null } = error instanceof Error ? error : new Error(String(error));
    const fatal = error instanceof WebAssembly.RuntimeError;
    this.post({ id, kind: 'error', name, message: messageOf(error), stack, isLasting: isLasting(error), fatal }, []);
  }
}

/** The buffers of a result, each once, to be transferred rather than copied. */
function buffersOf(result: Answer): Transferable[] {
  const buffers = new Set<ArrayBufferLike>();
  const visit = (value: unknown) => {
    if (ArrayBuffer.isView(value)) {
      buffers.add(value.buffer);
    } else if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(visit);
    }
  };
  visit(result);
  return [...buffers].filter(buffer => buffer instanceof ArrayBuffer);
}
