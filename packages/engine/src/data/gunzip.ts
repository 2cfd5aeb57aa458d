import { textOfError } from "@bitfever/lang";
import { refuse } from "./refusals.js";

export const isGzip = (bytes: Uint8Array): boolean =>
  bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * Unpacks gzip with what the platform brings. Several members one after the other are read as one text in Node; a
 * browser refuses everything behind the first.
 *
 * @throws BitFeverError BF4003 when the bytes are cut off or are no gzip
 */
export async function gunzip(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  try {
    // One write of all the bytes: a stream of small pieces takes several times as long.
    const { readable, writable } = new DecompressionStream("gzip");
    const writer = writable.getWriter();
    const written = Promise.all([writer.write(bytes), writer.close()]);
    written.catch(() => undefined); // what fails in writing fails in reading too, and is reported there
    const pieces: Uint8Array[] = [];
    let length = 0;
    for (const reader = readable.getReader(); ;) {
      const piece: { readonly value?: unknown } = await reader.read();
      if (!(piece.value instanceof Uint8Array)) break;
      pieces.push(piece.value);
      length += piece.value.length;
    }
    await written;
    const unpacked = new Uint8Array(length);
    let at = 0;
    for (const piece of pieces) {
      unpacked.set(piece, at);
      at += piece.length;
    }
    return unpacked;
  } catch (cause) {
    const reason = textOfError(cause);
    const hint = "the file was not copied or downloaded to its end, or is no gzip; fetch it again";
    throw refuse("damaged", `${file}: the gzip cannot be unpacked (${reason})`, hint, cause);
  }
}
