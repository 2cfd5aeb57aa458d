import { machine } from "./machine.js";
import { median } from "./median.js";

const rounds = 9;

/**
 * Times contestants in turn, round after round, and prints each one's median and its ratio to the first. Only ratios
 * taken in one run mean anything: machines are noisy.
 */
export function compare(
  title: string,
  contestants: readonly (readonly [name: string, work: () => unknown])[],
): void {
  const times = contestants.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    contestants.forEach(([, work], i) => {
      const start = performance.now();
      work();
      // The first round warms up.
      if (round >= 0) times[i].push(performance.now() - start);
    });
  }
  const medians = times.map(median);
  console.log(`${title}\n${machine}, median of ${rounds} interleaved rounds\n`);
  contestants.forEach(([name], i) => {
    console.log(
      `  ${name.padEnd(36)} ${medians[i].toFixed(1).padStart(8)} ms   ${(medians[i] / medians[0]).toFixed(2)} ×`,
    );
  });
}
