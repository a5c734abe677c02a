import type { EngineClient } from '../engine/page/client';
import type { BackendName } from '../engine/protocol/protocol';

type BackendChoice = BackendName | 'auto';

/** Settings of the engine at its start, and those that may change while it runs. */
export interface EngineSettings {
  readonly ready: Promise<unknown>;
  readonly backend: BackendChoice;
  /** Bytes of forward values that may be kept. */
  readonly forwardCache: number;
  /** Workers that share many passes, or null, and the bytes that they may take. */
  readonly workers: number | null;
  readonly workerMemory: number;
}

/** The page's one engine: started at the first call, kept in step with the settings, started again after a failure. */
export class EngineHost {
  /**
   * @param load - Loads the chunk that can create an engine.
   * @param onBackendChanged - Called when another backend runs: views compute anew.
   * @param onEnded - Called when a worker that did not answer was ended: it held their models.
   */
  constructor(
    private settings: EngineSettings,
    private load: () => Promise<{ createEngine(backend: BackendChoice, onEnded: () => void): EngineClient }>,
    private onBackendChanged: () => void,
    private onEnded: () => void = () => undefined
  ) {
    this._backend = settings.backend;
  }

  /** The engine; a chunk that did not arrive is fetched again at the next call. */
  get(): Promise<EngineClient> {
    this._engine ??= this._start();
    return this._engine;
  }

  /** Frees a model, if an engine runs. */
  closeModel(model: string): void {
    void this._engine?.then(client => client.close(model));
  }

  /** Ends the engine's worker. */
  dispose(): void {
    void this._engine?.then(client => client.dispose());
    this._engine = null;
  }

  /** Takes over changed settings. */
  update(): void {
    const { backend } = this.settings;
    void this._engine?.then(client => this._limit(client));
    if (backend !== this._backend) {
      this._backend = backend;
      void this._engine?.then(client => client.setBackend(backend)).then(this.onBackendChanged);
    }
  }

  private _limit(client: EngineClient): void {
    const { forwardCache, workers, workerMemory: memory } = this.settings;
    client.setCacheBudget(forwardCache);
    client.setWorkers({ workers, memory });
  }

  private _start(): Promise<EngineClient> {
    const engine = this.load().then(async ({ createEngine }) => {
      await this.settings.ready;
      const client = createEngine(this.settings.backend, this.onEnded);
      this._limit(client);
      return client;
    });
    engine.catch(() => (this._engine = null));
    return engine;
  }

  private _engine: Promise<EngineClient> | null = null;
  private _backend: BackendChoice;
}
