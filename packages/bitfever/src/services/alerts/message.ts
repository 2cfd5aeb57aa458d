import type { Level } from "./level.js";

/** What a channel is to deliver. */
export interface Message {
  /** The same however often it is sent: who gets it twice can tell. */
  readonly id: string;
  readonly account: string;
  readonly level: Level;
  /** Of an alert, or `digest` for several in one. */
  readonly kind: string;
  /** Milliseconds UTC. */
  readonly time: number;
  /** A line. */
  readonly title: string;
  /** What there is to say, of one line or more; it may be the title. */
  readonly text: string;
}
