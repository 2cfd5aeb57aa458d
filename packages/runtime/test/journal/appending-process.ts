import { argv, stdout } from "node:process";
import { writeSync } from "node:fs";
import { fileStore } from "../../src/journal/file-store.js";
import { Journal } from "../../src/journal/journal.js";

/* A process that appends without end, and prints each number once it is synced. */

const journal = Journal.open(fileStore(argv[2]), { create: "killed", segmentBytes: 4_000 });
for (;;) {
  const sequence = journal.append({ record: journal.last + 1, text: "x".repeat(journal.last % 50) });
  if (sequence % 10 === 0) journal.saveSnapshot({ after: sequence });
  else journal.sync();
  writeSync(stdout.fd, `${sequence}\n`);
}
