/** A file that the kernel wrote for the browser: the model's name and a hash of what it holds. */
const COPY = /(?:^|\/)gradlens-cache\/([^/]+)-[0-9a-f]{16}\.(?:keras|h5)$/;

/** The name of the model of which a path is the kernel's copy; null for a file that the user named. */
export const copiedModel = (path: string): string | null => COPY.exec(path)?.[1] ?? null;

/** The name that a user knows a model's file by: never the path of a copy, nor folders that show() was not given. */
export const modelName = (path: string): string => copiedModel(path) ?? path.slice(path.lastIndexOf('/') + 1);
