/** Saves a view as a page that opens anywhere; loaded when somebody asks for it. */
import { message, MessageError } from '../../../messages/message';
import { withKept } from '../../../mime/kept';
import type { PageView } from '../../../mime/page-data';
import type { ModelPayload, Payload } from '../../../mime/payload';
import type { ViewServices } from '../../../session/services';
import type { ViewHandle } from '../../../session/view-tracker';
import { fileName } from '../file-name';
import { saveBlob } from '../save-file';
import { composePage, type PageAssets, type PageContents } from './compose-page';

/** Where the extension's built files lie, with a slash at the end; webpack puts it in. */
declare const __webpack_public_path__: string;

/** The pages that a view can be saved as. */
export type PageKind = 'with-model' | 'kept';

/** Resolves to the name of the file. */
export async function savePage(view: ViewHandle, kind: PageKind, services: ViewServices): Promise<string> {
  const { payload, ...output } = (await view.asOutput()) as PageView & { payload: Payload };
  const title = titleOf(payload, services);
  const files = kind === 'with-model' && payload.kind === 'model' ? await filesOf(payload, view, services) : [];
  const page = await composePage(
    {
      title,
      version: await version(),
      views: [{ payload, ...(files.length > 0 ? withoutResults(output) : output) }],
      files
    },
    assets
  );
  const name = `${fileName(title)}.html`;
  saveBlob(name, page);
  return name;
}

/** A page that computes needs nothing of what was found before. */
const withoutResults = ({ metadata = {}, ...output }: Omit<PageView, 'payload'>): Omit<PageView, 'payload'> => ({
  ...output,
  metadata: withKept(metadata, { results: undefined })
});

const titleOf = (payload: Payload, { trans }: ViewServices): string =>
  payload.kind === 'heatmap'
    ? payload.name
    : payload.images.length === 1
      ? trans.__('%1 on %2', payload.model.name, payload.images[0].name)
      : trans._n('%2 on %1 image', '%2 on %1 images', payload.images.length, payload.model.name);

/** The models, the weights of one in several files, and the pictures that are files. */
async function filesOf(
  payload: ModelPayload,
  { resolver }: ViewHandle,
  services: ViewServices
): Promise<PageContents['files']> {
  const files: PageContents['files'][number][] = [];
  for (const { path } of payload.models ?? [payload.model]) {
    files.push(...(await filesOfModel(path, resolver, services)));
  }
  for (const { path: picture, original } of payload.images) {
    if (picture !== undefined && original) {
      files.push({ path: picture, bytes: new Blob([(await services.readFile(picture, resolver)) as BlobPart]) });
    }
  }
  return files;
}

async function filesOfModel(
  path: string,
  resolver: ViewHandle['resolver'],
  services: ViewServices
): Promise<PageContents['files']> {
  const { signal } = new AbortController();
  const model = await services.locate(path, resolver);
  const parts: BlobPart[] = [];
  for await (const part of model.stream(signal)) {
    parts.push(part as BlobPart);
  }
  const files = [{ path, bytes: new Blob(parts) }];
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  for (const beside of path.endsWith('.json') ? weightsOf(await files[0].bytes.text()) : []) {
    files.push({ path: folder + beside, bytes: new Blob([(await model.sibling(beside, signal)) as BlobPart]) });
  }
  return files;
}

/** The files of weights that a TensorFlow.js model names. */
function weightsOf(text: string): string[] {
  const { weightsManifest = [] } = JSON.parse(text) as { weightsManifest?: { paths?: string[] }[] };
  return [...new Set(weightsManifest.flatMap(({ paths = [] }) => paths))];
}

/** What the build puts beside the extension's chunks. */
async function asset(name: string): Promise<Response> {
  const response = await fetch(new URL(`standalone/${name}`, new URL(__webpack_public_path__, location.href)), {
    cache: 'no-cache'
  });
  if (!response.ok) {
    throw new MessageError(
      message('The parts of a web page could not be fetched from Jupyter (it answered %1). Try again.', response.status)
    );
  }
  return response;
}

const assets: PageAssets = {
  text: async name => (await asset(name)).text(),
  engine: async () => (await asset('engine.js.gz')).blob()
};

const version = async (): Promise<string> => (await asset('version.txt')).text();
