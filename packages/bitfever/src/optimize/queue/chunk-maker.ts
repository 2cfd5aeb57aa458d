import type { Redis } from "ioredis";
import { BitFeverError } from "@bitfever/lang";
import { wallClock } from "../../clock.js";
import type { TrialInput } from "../trial.js";
import { chunkOf, trialNames } from "./chunk.js";
import type { ChunkReport } from "./chunk-sizes.js";
import { fetchPackage, goneCode, type ColumnCache } from "./package-store.js";
import { ServedStudies } from "./served-studies.js";
import { unpacked } from "./study-package.js";
import { findResults, resultsKey, storeResults } from "./trial-results.js";
import type { WorkerEvent } from "./worker-event.js";

export interface ChunkMakerOptions {
  readonly redis: Redis;
  readonly prefix: string;
  readonly threads: number;
  /** The program of the threads. */
  readonly filename: string;
  readonly cache: ColumnCache;
  readonly onEvent: (event: WorkerEvent) => void;
}

/** Makes chunks: of their trials those that nobody has made, and stores what comes of them. */
export class ChunkMaker {
  /** Since it began. */
  readonly made = { trials: 0, chunks: 0 };
  private readonly studies: ServedStudies;
  private running = 0;
  private idleSince = wallClock();

  constructor(private readonly options: ChunkMakerOptions) {
    const { threads, filename } = options;
    this.studies = new ServedStudies({ threads, filename, fetch: (hash) => this.fetch(hash) });
  }

  /** How long it has had nothing to do; 0 while it has. */
  idleMs(): number {
    return this.running > 0 ? 0 : wallClock() - this.idleSince;
  }

  /**
   * @param data  of a job
   * @throws BitFeverError BF5155 for what is no chunk or of no study, BF5158 for one of a study that is not there any more
   */
  async make(data: unknown): Promise<ChunkReport> {
    this.running++;
    try {
      return await this.report(data);
    } finally {
      this.running--;
      this.idleSince = wallClock();
    }
  }

  close(): Promise<void> {
    return this.studies.close();
  }

  private async report(data: unknown): Promise<ChunkReport> {
    const { redis, prefix, onEvent } = this.options;
    const chunk = chunkOf(data);
    const key = resultsKey(prefix, chunk.study);
    const found = await findResults(redis, key, trialNames(chunk));
    const left = { ...chunk, trials: chunk.trials.filter((_, i) => found[i] === null) };
    const begun = wallClock();
    if (left.trials.length > 0) {
      const { study, outcomes } = await this.studies.make(left);
      await storeResults(redis, key, trialNames(left), outcomes);
      onEvent({ event: "chunk", study, trials: outcomes.length, elapsedMs: wallClock() - begun });
    }
    this.made.trials += left.trials.length;
    this.made.chunks++;
    return { trials: left.trials.length, elapsedMs: wallClock() - begun };
  }

  private async fetch(hash: string): Promise<TrialInput> {
    const { redis, prefix, cache, onEvent } = this.options;
    const found = await fetchPackage(redis, prefix, hash, cache);
    if (found === null) throw new BitFeverError(goneCode, "the study is not in Redis any more");
    const input = unpacked(found);
    onEvent({ event: "study", name: input.program.name, hash, fetchedBytes: found.fetchedBytes });
    return input;
  }
}
