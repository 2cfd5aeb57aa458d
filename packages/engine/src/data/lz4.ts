/**
 * Unpacks an LZ4 frame, as Arrow files have them. Checksums are not compared.
 *
 * @throws RangeError when the bytes end too early or refer to what is not there
 * @source LZ4 frame format 1.6 and block format, as published by the LZ4 project
 */
export function unpackLz4(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== 0x184d2204) throw new RangeError("no LZ4 frame");
  const flags = view.getUint8(4);
  const hasBlockChecksum = (flags & 0x10) !== 0;
  const hasSize = (flags & 0x08) !== 0;
  const hasDictionary = (flags & 0x01) !== 0;
  if (hasDictionary) throw new RangeError("an LZ4 frame with a dictionary");

  let output = new Uint8Array(hasSize ? Number(view.getBigUint64(6, true)) : bytes.length * 4);
  let length = 0;
  const makeRoom = (more: number): void => {
    if (length + more <= output.length) return;
    const larger = new Uint8Array(Math.max(output.length * 2, length + more));
    larger.set(output.subarray(0, length));
    output = larger;
  };

  let at = hasSize ? 15 : 7;
  for (;;) {
    const header = view.getUint32(at, true);
    at += 4;
    if (header === 0) break;
    const size = header & 0x7fffffff;
    const end = at + size;
    if (end > bytes.length) throw new RangeError("an LZ4 block that is cut off");
    if (header > 0x7fffffff) copyLiterals(size);
    else while (at < end) sequence(end);
    at = end + (hasBlockChecksum ? 4 : 0);
  }
  return output.subarray(0, length);

  /** Some bytes as they are, then a piece of what was unpacked before; the last sequence of a block has no piece. */
  function sequence(end: number): void {
    const token = bytes[at++];
    copyLiterals((token >> 4) + more(token >> 4));
    if (at >= end) return;
    const back = view.getUint16(at, true);
    at += 2;
    const count = (token & 15) + more(token & 15) + 4;
    if (back === 0 || back > length) throw new RangeError("an LZ4 block that refers to nothing");
    makeRoom(count);
    if (back >= count) output.copyWithin(length, length - back, length - back + count);
    // The piece may reach into itself: a run of one byte refers one byte back.
    else for (let i = length; i < length + count; i++) output[i] = output[i - back];
    length += count;
  }

  /** Bytes of 255 and a last one, added to a length of 15. */
  function more(nibble: number): number {
    if (nibble < 15) return 0;
    let sum = 0;
    for (;;) {
      const byte = view.getUint8(at++);
      sum += byte;
      if (byte !== 255) return sum;
    }
  }

  function copyLiterals(count: number): void {
    if (at + count > bytes.length) throw new RangeError("an LZ4 block that is cut off");
    makeRoom(count);
    output.set(bytes.subarray(at, at + count), length);
    at += count;
    length += count;
  }
}
