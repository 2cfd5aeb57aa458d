import type { ChunkReport } from "./chunk-sizes.js";

/** What happens to a worker of a queue, as it is told. */
export type WorkerEvent =
  | { readonly event: "ready"; readonly queue: string; readonly threads: number }
  /** A study has come, of which so many bytes were fetched. */
  | { readonly event: "study"; readonly name: string; readonly hash: string; readonly fetchedBytes: number }
  | ({ readonly event: "chunk"; readonly study: string } & ChunkReport)
  | { readonly event: "failed"; readonly why: string }
  /** A study waits for workers of its version. */
  | { readonly event: "mismatch"; readonly study: string; readonly version: string }
  /** The connection to Redis. */
  | { readonly event: "lost" | "back"; readonly queue: string }
  | { readonly event: "left"; readonly trials: number; readonly chunks: number };
