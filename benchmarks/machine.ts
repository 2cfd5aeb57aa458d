import { cpus } from "node:os";

/** Where a number came from. */
export const machine = `Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}`;
