import type { DeskCommand } from "../desk/command.js";
import type { DeskInput } from "../desk/input.js";

/** Who decides: a desk. */
interface Decides {
  on(input: DeskInput): readonly DeskCommand[];
}

/** Where it is kept what a desk hears and what it asks for; `sync` returns once all of that will outlive the process. */
export interface DeskLog {
  input(input: DeskInput): void;
  commands(commands: readonly DeskCommand[]): void;
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

  hear(input: DeskInput): void {
    this.waiting.push(input);
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
    const asked = inputs.flatMap((input) => {
      log?.input(input);
      const commands = desk.on(input);
      if (commands.length > 0) log?.commands(commands);
      return commands;
    });
    if (asked.length > 0) log?.sync();
    for (const command of asked) this.send(command);
  }
}
