/** Entry of the Web Worker: connects its messages to the service, and nothing else. */
import type { FetchSibling } from '../../formats/tfjs/weights-tfjs';
import { fetched } from '../../messages/fetched';
import type { StandIns } from '../../mime/payload';
import { decodePicture } from '../input/decode-picture';
import type { Reply, Request } from '../protocol/worker-messages';
import { Service } from './service';
import { summarize } from './summarize';

/** The part of a worker's global scope that is used; the DOM's types describe a page's. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(message: Reply, transfer: Transferable[]): void;
}

/** The readers are loaded while the first file is on its way: the HDF5 library is the largest part of the worker. */
const formats = () => fetched(import(/* webpackChunkName: "gradlens-formats" */ '../../formats'));

const services = {
  prepareToRead: formats,
  readModel: async (bytes: Uint8Array, fileName: string, fetchSibling?: FetchSibling, standIns?: StandIns) =>
    (await formats()).readModel(bytes, fileName, fetchSibling, standIns),
  summarize,
  decode: decodePicture
};

const scope = self as unknown as WorkerScope;
const service = new Service(services, (reply, transfer) => scope.postMessage(reply, transfer));
scope.onmessage = ({ data }) => (data.call === 'help' ? help(data.port) : service.receive(data));

/** From now on another worker says what is to be done. */
function help(port: MessagePort): void {
  const helper = new Service(services, (reply, transfer) => port.postMessage(reply, transfer));
  port.onmessage = (event: MessageEvent<Request>) => helper.receive(event.data);
}
