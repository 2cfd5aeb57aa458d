#!/usr/bin/env node
import { keepCompiled } from "./compiled-once.js";

keepCompiled();
const { bfCompile } = await import("./cli/bf-compile.js");
const { runProcess } = await import("./cli/process-io.js");
await runProcess(bfCompile);
