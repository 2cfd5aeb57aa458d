import type { AlertName } from "./alert-kinds.js";

/** Something that somebody may want to be told. */
export interface Alert {
  readonly kind: AlertName;
  /** Two with the same one say the same thing. */
  readonly key: string;
  /** Milliseconds UTC. */
  readonly time: number;
  readonly values: Readonly<Record<string, string>>;
}
