import { argv, stdout } from "node:process";
import { serveQueue } from "../../../src/optimize/queue/serve-queue.js";

/* A worker whose threads run another program than those of `bf worker`. */

const [, , queue, filename] = argv;
void serveQueue({
  ...{ queue, filename, threads: 1, leaseSeconds: 1, cache: undefined, idleExitSeconds: undefined },
  signal: new AbortController().signal,
  onEvent: (event) => stdout.write(`${JSON.stringify(event)}\n`),
});
