import { cpus } from "node:os";

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
  console.log(
    `${title}\nNode ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}, median of ${rounds} interleaved rounds\n`,
  );
  contestants.forEach(([name], i) => {
    console.log(
      `  ${name.padEnd(36)} ${medians[i].toFixed(1).padStart(8)} ms   ${(medians[i] / medians[0]).toFixed(2)} ×`,
    );
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
