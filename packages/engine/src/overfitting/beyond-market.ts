/**
 * What is left of returns when the market is taken out in the measure in which it was held: each less beta times what the market returned.
 * Their mean is Jensen's alpha. Of a market that does not move nothing is taken out.
 *
 * @param returns  of sessions, no more than the market has
 * @param market   of the same sessions
 * @source Jensen 1968, "The Performance of Mutual Funds in the Period 1945–1964", Journal of Finance 23(2)
 */
export function beyondMarket(returns: Float64Array, market: Float64Array): Float64Array {
  const { length } = returns;
  let [own, of] = [0, 0];
  for (let i = 0; i < length; i++) {
    own += returns[i] / length;
    of += market[i] / length;
  }
  let [together, variance] = [0, 0];
  for (let i = 0; i < length; i++) {
    together += (returns[i] - own) * (market[i] - of);
    variance += (market[i] - of) ** 2;
  }
  const beta = variance > 0 ? together / variance : 0;
  return returns.map((each, i) => each - beta * market[i]);
}
