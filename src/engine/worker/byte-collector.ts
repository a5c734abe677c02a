/** Puts a file together from its parts, in one buffer where its size is known beforehand. */
export class ByteCollector {
  private buffer: Uint8Array;
  private length = 0;

  constructor(expected: number) {
    this.buffer = new Uint8Array(Math.max(expected, 0));
  }

  add(bytes: Uint8Array): void {
    const end = this.length + bytes.length;
    if (end > this.buffer.length) {
      const larger = new Uint8Array(Math.max(end, this.buffer.length * 2));
      larger.set(this.buffer.subarray(0, this.length));
      this.buffer = larger;
    }
    this.buffer.set(bytes, this.length);
    this.length = end;
  }

  take(): Uint8Array {
    const bytes = this.buffer.subarray(0, this.length);
    this.buffer = new Uint8Array(0);
    return bytes;
  }
}
