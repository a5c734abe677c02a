/** The worker; as a helper it tells a channel of each pass that it has done. */
import '../worker/worker';
import type { Reply } from '../protocol/worker-messages';

const passes = new BroadcastChannel('passes');
const post = MessagePort.prototype.postMessage as (this: MessagePort, reply: Reply | null, transfer: object) => void;
MessagePort.prototype.postMessage = function (this: MessagePort, reply: Reply | null, transfer: object) {
  post.call(this, reply, transfer);
  if (reply?.kind === 'result' && ArrayBuffer.isView(reply.result)) {
    passes.postMessage(null);
  }
};
