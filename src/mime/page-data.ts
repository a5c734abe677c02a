/** What a page without JupyterLab says of itself. Python writes it too: gradlens/_page/write.py. */
import { message, MessageError } from '../messages/message';
import { isObject } from './json';

/** A view in the page: what its output held. Read as carefully as an output, since anybody may have written it. */
export interface PageView {
  payload: unknown;
  metadata?: { readonly [key: string]: unknown };
  /** Base64 PNG: what is seen before the view is there. */
  picture?: string;
}

/** A file that the page carries, for the views that name it. */
export interface PageFile {
  path: string;
  size: number;
}

/** What a page says of itself, in the JSON of {@link DATA_ID}. */
export interface PageData {
  title: string;
  /** The GradLens that wrote it. */
  version: string;
  views: PageView[];
  /** Each one's base64 stands in the page, in elements `data-gradlens-file="index"`. */
  files: PageFile[];
}

export const DATA_ID = 'gradlens-page';
export const ENGINE_ID = 'gradlens-engine';

/** @throws MessageError if the page was not written by GradLens, or was damaged. */
export function readPageData(text: string): PageData {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw damaged();
  }
  const { title, version, views, files } = (raw ?? {}) as Record<string, unknown>;
  if (
    typeof title !== 'string' ||
    typeof version !== 'string' ||
    !Array.isArray(views) ||
    !views.every(isView) ||
    !Array.isArray(files) ||
    !files.every(isFile)
  ) {
    throw damaged();
  }
  return { title, version, views, files };
}

const damaged = (): MessageError =>
  new MessageError(message('This page is damaged: what it should show cannot be read. Export it again.'));

const isView = (value: unknown): value is PageView =>
  isObject(value) &&
  (value.metadata === undefined || isObject(value.metadata)) &&
  (value.picture === undefined || typeof value.picture === 'string');

const isFile = (value: unknown): value is PageFile =>
  isObject(value) && typeof value.path === 'string' && Number.isSafeInteger(value.size);
