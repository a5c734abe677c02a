import { message, MessageError } from './message';

/**
 * A part of the extension that the bundler keeps in a file of its own, once it is there. Bundlers ask for it again
 * at the next call.
 *
 * @throws MessageError where the file does not arrive
 */
export async function fetched<T>(part: Promise<T>): Promise<T> {
  try {
    return await part;
  } catch (error) {
    throw new MessageError(
      message(
        'A part of GradLens could not be loaded, because the server does not answer or GradLens was upgraded: save the notebook, then reload the page.'
      ),
      { cause: error }
    );
  }
}
