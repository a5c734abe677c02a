/** base64 to bytes and back, without keeping the page's main thread for more than a few milliseconds at a time. */

interface NativeDecoder {
  fromBase64?(text: string): Uint8Array<ArrayBuffer>;
}

interface NativeEncoder {
  toBase64?(): string;
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

/** Bytes encoded before the page gets a turn: a multiple of 3. */
const BYTES_AT_ONCE = 3 << 18;
/** A call takes so many arguments. A multiple of 3. */
const ARGUMENTS = 3 << 12;

export async function encodeBase64(bytes: Uint8Array): Promise<string> {
  const native = (bytes as NativeEncoder).toBase64;
  if (native) {
    return native.call(bytes);
  }
  let text = '';
  for (let start = 0; start < bytes.length; start += ARGUMENTS) {
    if (start > 0 && start % BYTES_AT_ONCE === 0) {
      await new Promise(resolve => setTimeout(resolve));
    }
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + ARGUMENTS)));
  }
  return text;
}
