import type { EngineClient } from '../../engine/page/client';
import type { Kept } from '../../mime/kept';
import type { Fingerprint } from '../../mime/payload';
import type { ResultStore } from '../kept/result-store';
import type { LinkGroup } from '../view/link-group';
import type { OpenerServices } from './opening/model-opener';

/** What a controller needs around it. */
export interface ControllerServices extends OpenerServices {
  engine(): Promise<EngineClient>;
  /** The views that this one may be linked with. */
  links: LinkGroup;
  /** Another file than the cell saw that was taken before. */
  taken?: Fingerprint;
  /** The doubt about the preprocessing that was ignored before. */
  ignored?: string;
  /** Reads a picture's file, by its path from the notebook. */
  readFile(path: string): Promise<Uint8Array>;
  /** Keeps what the user decided; absent where nothing keeps it. */
  keep?(decided: Kept): void;
  /** Keeps what was computed; absent where nothing does. */
  results?: ResultStore;
}
