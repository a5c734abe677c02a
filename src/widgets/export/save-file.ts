/** Hands a file to the user, as a download of the browser. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The download has begun by the time the next task runs.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

export function saveText(name: string, type: string, text: string): void {
  saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }));
}

/** A file name out of a title: no spaces, slashes or signs that some system forbids. */
export function fileName(title: string): string {
  return title.replace(/[^\p{L}\p{N}.+-]+/gu, '_').replace(/^_+|_+$/g, '') || 'gradlens';
}
