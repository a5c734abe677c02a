/** What the channels of layers do over several inputs: what is asked, and what is found. */
import type { LayerHealth } from '../../explain/channels/health';
import type { Message } from '../../messages/message';
import type { EngineInput } from './protocol';

/** Asks what the channels of layers do over several inputs. */
export interface HealthParams {
  model: string;
  /** Each as {@link RunParams.inputs}. */
  samples: Record<string, EngineInput>[];
  layers: readonly string[];
}

export interface HealthFindings {
  /** Inputs that were run. */
  images: number;
  layers: { layer: string; health: LayerHealth | Message }[];
  /** Why some inputs could not be run. */
  problems: Message[];
}
