/** Telling Keras' own classes from those that only the model's author has. */
import { type Message, message } from '../../../messages/message';
import { type Config, stringAt } from './json';

/** The reason that the class of this entry is not Keras' own, or null. Only `.keras` files say where a class comes from. */
export function customReason(entry: Config): Message | null {
  const module = stringAt(entry, 'module');
  const registered = stringAt(entry, 'registered_name');
  if (module !== null && !/^(keras|tf_keras|tensorflow\.keras)(\.|$)/.test(module)) {
    return message('is of a class of your own (%1)', module);
  }
  if (module === null && registered !== null && 'module' in entry) {
    return message('is of a class of your own (%1)', registered);
  }
  return null;
}
