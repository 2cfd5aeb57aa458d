#!/usr/bin/env node
import { bf } from "./cli/bf.js";
import { runProcess } from "./cli/process-io.js";

await runProcess(bf);
