import { bf, runProcess } from "../../../src/programs.js";

/* `bf` as a process. */

await runProcess(bf);
