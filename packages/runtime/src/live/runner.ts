import type { DeskCommand } from "../desk/command.js";
import type { DeskInput } from "../desk/input.js";

/** Who decides: a desk. */
export interface Decides {
  on(input: DeskInput): readonly DeskCommand[];
}

/**
 * What is kept of a desk, turn by turn: what it heard, and after that what it asked for, if it asked for anything.
 */
export type DeskRecord = { readonly in: readonly DeskInput[] } | { readonly out: readonly DeskCommand[] };

/** Where it is kept; `sync` returns once all of it will outlive the machine. */
export interface DeskLog {
  append(record: DeskRecord): void;
  sync(): void;
}

/**
 * The shell round a desk: every input is kept before it is used, every command before it is sent. What the world answers at
 * once waits until all that was asked for is on its way.
 */
export class Runner {
  private waiting: DeskInput[] = [];
  private isBusy = false;

  /** @param log  left out, nothing is kept */
  constructor(
    private readonly desk: Decides,
    private readonly send: (command: DeskCommand) => void,
    private readonly log?: DeskLog,
  ) {}

  /** Whether nothing is being decided. */
  get isResting(): boolean {
    return !this.isBusy;
  }

  hear(...inputs: readonly DeskInput[]): void {
    this.waiting.push(...inputs);
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      while (this.waiting.length > 0) this.turn(this.waiting.splice(0));
    } finally {
      this.isBusy = false;
    }
  }

  private turn(inputs: readonly DeskInput[]): void {
    const { desk, log } = this;
    log?.append({ in: inputs });
    const asked = inputs.flatMap((input) => desk.on(input));
    if (asked.length === 0) return;
    log?.append({ out: asked });
    log?.sync();
    for (const command of asked) this.send(command);
  }
}
