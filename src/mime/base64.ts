/** base64 to bytes, without keeping the page's main thread for more than a few milliseconds at a time. */

interface NativeDecoder {
  fromBase64?(text: string): Uint8Array<ArrayBuffer>;
}

/** Characters decoded before the page gets a turn: a multiple of 4, about 5 ms. */
const SLICE = 1 << 20;

/** Throws a RangeError when the text is not base64. */
export async function decodeBase64(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const native = (Uint8Array as unknown as NativeDecoder).fromBase64;
  try {
    if (native) {
      return native.call(Uint8Array, text);
    }
    const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
    const bytes = new Uint8Array((text.length / 4) * 3 - padding);
    for (let start = 0, at = 0; start < text.length; start += SLICE) {
      if (start > 0) {
        await new Promise(resolve => setTimeout(resolve));
      }
      const part = atob(text.slice(start, start + SLICE));
      for (let i = 0; i < part.length; i++) {
        bytes[at++] = part.charCodeAt(i);
      }
    }
    return bytes;
  } catch {
    throw new RangeError('is not base64');
  }
}
