import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

/* The worker thread of a search where BitFever is run from source, as tests and scripts do: TypeScript has to be taught first. */

register({ tsconfig: fileURLToPath(new URL("../../../tsconfig.json", import.meta.url)) });
export const { makeTrials, makeTrialsOf, workDone } = await import("./search-worker.ts");
