/** The messages between client and worker. `id` names the call that a message belongs to. */
import type { ModelSummary } from '../../graph/layer-info';
import type { Message } from '../../messages/message';
import type { HealthFindings, HealthParams } from './health';
import type { HelperPort, HelpWanted, PackedModel, Probing } from './helpers';
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
} from './protocol';

export type Request =
  | { id: number; call: 'setBackend'; backend: BackendName | 'auto' }
  /** Bytes of forward values that may be kept. */
  | { id: number; call: 'setCacheBudget'; bytes: number }
  | { id: number; call: 'has'; model: string }
  /** Bytes follow as `chunk`s, then `end`. */
  | { id: number; call: 'open'; params: OpenParams; total: number }
  | { id: number; call: 'chunk'; bytes: Uint8Array }
  | { id: number; call: 'end' }
  /** Answers a `sibling` reply: the file's bytes, or why there are none. */
  | { id: number; call: 'sibling'; path: string; file: Uint8Array | Message }
  | { id: number; call: 'run'; params: RunParams }
  | { id: number; call: 'predict'; params: PredictParams }
  | { id: number; call: 'health'; params: HealthParams }
  | { id: number; call: 'close'; model: string }
  /** Asks whether the worker still answers: it is `heard`. */
  | { id: number; call: 'ping' }
  /** Helpers started for a run, perhaps none: those there are may have a share in it. */
  | { id: number; call: 'helpers'; started: HelperPort[] }
  /** Helpers that have ended; `lost`: by themselves. */
  | { id: number; call: 'helpersEnded'; numbers: number[]; lost: boolean }
  /** Makes the worker a helper, who is told what to do by another worker, through this port. */
  | { id: number; call: 'help'; port: MessagePort }
  /** To a helper: takes this model, in place of any other. */
  | { id: number; call: 'adopt'; model: PackedModel; backend: BackendName }
  | { id: number; call: 'probe'; probing: Probing }
  | { id: number; call: 'cancel' };

export type Answer =
  | BackendReport
  | boolean
  | ModelSummary
  | RunResult
  | Prediction[]
  | HealthFindings
  | Float64Array
  | Float32Array
  | null;

export type Reply =
  | { id: number; kind: 'result'; result: Answer }
  | { id: number; kind: 'progress'; progress: Progress }
  /** The worker answers; of a call: it now works on that. */
  | { id: number; kind: 'heard' }
  | { id: number; kind: 'partial'; answer: PartialRun }
  /** Asks for helpers with a run. */
  | { id: number; kind: 'helpWanted'; wanted: HelpWanted }
  /** A helper failed, and is to be ended. */
  | { id: number; kind: 'helperLost'; number: number }
  /** Asks for a file beside the model's that is being opened. */
  | { id: number; kind: 'sibling'; path: string }
  /** `fatal`: the worker can do no more work and must be replaced. */
  | {
      id: number;
      kind: 'error';
      name: string;
      message: Message;
      stack: string | null;
      isLasting: boolean;
      fatal: boolean;
    };
