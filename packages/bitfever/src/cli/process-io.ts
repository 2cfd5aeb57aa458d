import { argv, env, stderr, stdin, stdout } from "node:process";
import { exitCodes, type Io, type LineOptions } from "./io.js";
import { wallClock } from "../clock.js";
import type { KeptPrograms } from "../kept-programs.js";
import { main, type CommandLine } from "./main.js";
import { written } from "./written.js";

/** The shell of both commands: this process's streams, arguments and Ctrl-C, or the signal by which machines are shut down. */
export async function runProcess(commandLine: CommandLine, programs?: KeptPrograms): Promise<void> {
  const interrupt = new AbortController();
  let askedAt = Infinity;
  for (const signal of ["SIGINT", "SIGTERM"])
    process.on(signal, () => {
      // One Ctrl-C may come twice, by the terminal and by who has started us; who asks again later does not want to wait.
      if (wallClock() - askedAt > 1_000) process.exit(130);
      askedAt = Math.min(askedAt, wallClock());
      interrupt.abort();
    });
  // A reader that has seen enough (`| head`) is no error.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const isTerminal = stderr.isTTY;
  const io: Io = {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    isTerminal,
    color: isTerminal && env["NO_COLOR"] === undefined,
    signal: interrupt.signal,
    ...{ input: () => stdin, env, programs },
    size: () => ({ columns: stderr.columns, rows: stderr.rows }),
    ...(stdin.isTTY &&
      isTerminal && { keys, lines, ask: (question: string) => askFor(question, interrupt.signal) }),
  };
  const code = await main(io, argv.slice(2), commandLine).catch((error: unknown) => {
    // A fault of ours must not look as if the program had one.
    stderr.write(`${error instanceof Error ? error.stack : String(error)}\nThis is a fault of BitFever.\n`);
    return exitCodes.fault;
  });
  await Promise.all([stdout, stderr].map(written));
  // Nobody needs what else there is: to take it apart takes as long as to read a thousand bars.
  process.exit(code);
}

async function askFor(question: string, signal: AbortSignal): Promise<string> {
  // Loaded by the one command that asks.
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    return await lines.question(question, { signal });
  } finally {
    lines.close();
  }
}

/** Lines with a prompt, what was typed before, and completion; Ctrl-C and Ctrl-D end them. */
async function* lines({ prompt, history, complete }: LineOptions): AsyncGenerator<string, void> {
  const { createInterface } = await import("node:readline");
  const reader = createInterface({
    ...{ input: stdin, output: stderr, prompt, completer: complete },
    ...{ history: [...history].reverse(), historySize: 500, removeHistoryDuplicates: true },
  });
  reader.on("SIGINT", () => {
    reader.close();
  });
  reader.prompt();
  try {
    for await (const line of reader) {
      yield line;
      reader.prompt();
    }
  } finally {
    reader.close();
  }
}

/** Each key as it is pressed, Ctrl-C among them. */
function keys(hear: (key: string) => void): () => void {
  const onData = (data: Buffer): void => {
    for (const key of data.toString()) hear(key);
  };
  stdin.setRawMode(true);
  stdin.on("data", onData);
  stdin.resume();
  return () => {
    stdin.off("data", onData);
    stdin.setRawMode(false);
    stdin.pause();
  };
}
