// A vitest reporter that writes the counts of a run to the file named by BITFEVER_COUNTS, and prints nothing.

import { writeFileSync } from "node:fs";

export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    // What goes wrong outside a test (a file that does not load, a hook, a stray promise) is a failure too.
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, files: modules.length };
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state);
      for (const state of states) counts[state === "pending" ? "skipped" : state]++;
      if (module.state() === "failed" && !states.includes("failed")) counts.failed++;
    }
    writeFileSync(process.env.BITFEVER_COUNTS, JSON.stringify(counts));
  }
}
