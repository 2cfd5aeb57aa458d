#!/usr/bin/env node
import { keepCompiled } from "./compiled-once.js";

keepCompiled();
const { bf } = await import("./cli/bf.js");
const { runProcess } = await import("./cli/process-io.js");
await runProcess(bf);
