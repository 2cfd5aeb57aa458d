/** When and why something is asked for. */
export interface Occasion {
  /** The close of the bar that it rests on. */
  readonly signalTime: number;
  /** Now. */
  readonly at: number;
  /** It carries out what the gates or an operator ask for. */
  readonly isFlattening: boolean;
}

/** The same of an order that is looked at before it goes out. */
export interface Circumstances extends Occasion {
  /** The client id of the order whose place it takes. */
  readonly replaces: string | null;
  /** It was let through before, and is sent a second time under its old id. */
  readonly isAgain: boolean;
  /** How much of it closes what is held on the other side before it opens anything. */
  readonly turning: number;
}
