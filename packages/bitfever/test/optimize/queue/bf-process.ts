import { bf, runProcess } from "../../../src/programs.js";

/* `bf` as a process. */

void runProcess(bf);
