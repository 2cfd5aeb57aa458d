import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { WorkerEvent } from "../../../src/optimize/queue/worker-event.js";

/** A worker of a queue as a process, with what it has told. */
export class WorkerProcess {
  readonly events: WorkerEvent[] = [];
  private readonly child: ChildProcess;
  private readonly gone: Promise<unknown>;

  constructor(program: string, ...args: readonly string[]) {
    this.child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
    this.gone = once(this.child, "exit");
    if (this.child.stdout !== null)
      createInterface(this.child.stdout).on("line", (line) => {
        this.events.push(JSON.parse(line) as WorkerEvent);
      });
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** @returns its exit code once it has left; null where a signal ended it */
  async left(): Promise<number | null> {
    await this.gone;
    return this.child.exitCode;
  }
}
