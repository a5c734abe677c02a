/** Entry of the Web Worker: connects its messages to the service, and nothing else. */
import { readModel } from '../formats';
import { decodePicture } from './decode-picture';
import type { Reply, Request } from './messages';
import { Service } from './service';
import { summarize } from './summarize';

/** The part of a worker's global scope that is used; the DOM's types describe a page's. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(message: Reply, transfer: Transferable[]): void;
}

const scope = self as unknown as WorkerScope;
const service = new Service({ readModel, summarize, decode: decodePicture }, (reply, transfer) => scope.postMessage(reply, transfer));
scope.onmessage = event => service.receive(event.data);
