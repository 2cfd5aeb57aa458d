import type { MessageMishap } from "./mishap.js";

/** How long a message that is to go second waits for another to go first, in milliseconds. */
const heldMs = 20;

/** What goes to one listener, in the order in which it goes, and spoilt as it is asked for. */
export class SpoiledStream<Message> {
  private held: Message | null = null;
  private swaps = false;

  constructor(
    private readonly wire: {
      readonly send: (message: Message) => void;
      readonly later: (ms: number, act: () => void) => void;
    },
  ) {}

  /** The next message goes behind the one after it. */
  swapNext(): void {
    this.swaps = true;
  }

  tell(message: Message, mishap: MessageMishap | null): void {
    const { wire } = this;
    if (this.swaps || mishap?.kind === "swapped") {
      this.swaps = false;
      if (this.held === null) {
        this.held = message;
        // Where nothing follows it comes all the same.
        wire.later(heldMs, () => {
          this.release();
        });
        return;
      }
    }
    if (mishap?.kind === "late") {
      wire.later(mishap.ms, () => {
        wire.send(message);
      });
      return;
    }
    if (mishap?.kind !== "lost") wire.send(message);
    if (mishap?.kind === "doubled") wire.send(message);
    this.release();
  }

  private release(): void {
    const { held } = this;
    this.held = null;
    if (held !== null) this.wire.send(held);
  }
}
