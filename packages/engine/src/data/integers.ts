/** 64-bit integers as doubles, each the nearest; through their halves, which is faster than through bigints. */
export function fromInt64(values: BigInt64Array | BigUint64Array): Float64Array {
  const halves = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  const upper =
    values instanceof BigInt64Array
      ? new Int32Array(halves.buffer, halves.byteOffset, halves.length)
      : halves;
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = upper[2 * i + 1] * 4_294_967_296 + halves[2 * i];
  return numbers;
}

/** `digits · 10^-scale` as the double nearest to it. */
export function fromDecimal(digits: bigint, scale: number): number {
  return Number(`${digits}e${-scale}`);
}
