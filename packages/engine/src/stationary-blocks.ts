/**
 * A history drawn anew in blocks of random length, so that what hangs together in time stays together: the places of the
 * old history from which the new one takes its values, one after another. A block goes on from a random place; behind
 * the last value comes the first again.
 *
 * @param meanBlock  mean length of a block, from 1 on; 1 draws every value by itself
 * @source Politis & Romano 1994, "The Stationary Bootstrap", Journal of the American Statistical Association 89
 */
export function drawInBlocks(length: number, meanBlock: number, random: () => number): Int32Array {
  const endOfBlock = 1 / meanBlock;
  const places = new Int32Array(length);
  let at = 0;
  for (let i = 0; i < length; i++) {
    at = i === 0 || random() < endOfBlock ? Math.floor(random() * length) : (at + 1) % length;
    places[i] = at;
  }
  return places;
}

/** The mean length of a block as long as nobody says otherwise: the cube root of the number of values. */
export const usualBlock = (length: number): number => Math.cbrt(length);
