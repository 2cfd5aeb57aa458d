#!/usr/bin/env node
import { bfCompile } from "./cli/bf-compile.js";
import { runProcess } from "./cli/process-io.js";

await runProcess(bfCompile);
