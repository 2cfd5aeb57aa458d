/** Without the byte order mark; text of two bytes a letter, as some spreadsheets and terminals save it, is rewritten. */
export function asUtf8(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return bytes.subarray(3);
  if (first === 0xff && second === 0xfe)
    return new TextEncoder().encode(new TextDecoder("utf-16le").decode(bytes));
  if (first === 0xfe && second === 0xff)
    return new TextEncoder().encode(new TextDecoder("utf-16be").decode(bytes));
  return bytes;
}

/** Tells the line, counted from 1, in which a byte lies. The lines are counted when first asked for. */
export function lineNumbers(bytes: Uint8Array): (at: number) => number {
  let starts: Float64Array | undefined;
  return (at) => {
    starts ??= lineStarts(bytes);
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

function lineStarts(bytes: Uint8Array): Float64Array {
  const starts = [0];
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) starts.push(at + 1);
  return Float64Array.from(starts);
}
