import { isObject } from './json';

type Json = Record<string, unknown>;

/**
 * A payload with what may be absent from it put in: a kernel in the browser sends no `null`
 * (Pyodide makes `undefined` of None, which JSON has not), and the picture of a file needs none beside it.
 */
export function withDropped(payload: Json): Json {
  const { view, images } = payload;
  return {
    ...payload,
    ...(payload.kind === 'model' ? { preprocess: payload.preprocess ?? null } : {}),
    ...(Array.isArray(images) ? { images: images.map(withPicture) } : {}),
    ...(isObject(view) ? { view: viewOf(view) } : {})
  };
}

const withPicture = (image: unknown): unknown =>
  isObject(image) && image.original !== undefined ? { picture: '', ...image } : image;

/** A view in which what is absent does not stand in front of its default. */
function viewOf(view: Json): Json {
  const said = Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
  return isObject(said.target) ? { ...said, target: withNull(said.target) } : said;
}

/** A target with what counts for all: the highest class, or all channels. */
function withNull(target: Json): Json {
  if ('layer' in target) {
    return { ...target, channel: target.channel ?? null };
  }
  return 'cell' in target ? target : { ...target, class: target.class ?? null };
}
