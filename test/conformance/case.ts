/* A file of the conformance suite as it is read: what conformance/schema.json says, as types. */

export interface Topic {
  readonly topic: string;
  readonly about: string;
  readonly bars?: Readonly<Record<string, BarTable>>;
  readonly cases: readonly Case[];
}

export interface BarTable {
  readonly interval: string;
  /** When the first bar opens, where the bars follow each other without a gap. */
  readonly start?: string;
  readonly columns: {
    readonly time?: readonly string[];
    readonly open?: Column;
    readonly high?: Column;
    readonly low?: Column;
    readonly close: Column;
    readonly volume?: Column;
  };
}

export type Column = readonly (number | null)[];

export interface Case {
  readonly id: string;
  readonly rules: readonly string[];
  readonly note?: string;
  readonly program?: string;
  readonly expression?: string;
  readonly modules?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, number | boolean | string>>;
  readonly bars?: string;
  /** Bars of the other markets that the program reads, by symbol. */
  readonly markets?: Readonly<Record<string, string>>;
  /** Bars of the members of its universe, by symbol; in place of `bars`. */
  readonly members?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, number | string>>;
  readonly expect: Expectation;
}

export interface Expectation {
  readonly diagnostics?: readonly string[];
  readonly refused?: string;
  readonly value?: number | null;
  readonly columns?: Readonly<Record<string, Column>>;
  /** How far numbers may be off where the last bits are those of a library; without it they are exact. */
  readonly within?: number;
  readonly warmup?: number;
  /** What the account is worth at the close of each bar, or at each moment at which a member has one. */
  readonly equity?: Column;
  readonly fills?: readonly ExpectedFill[];
  readonly alerts?: readonly { readonly bar: number; readonly text: string }[];
  /** How many of the tests in the program pass, and how many fail. */
  readonly tests?: { readonly passed: number; readonly failed: number };
  readonly counts?: Readonly<Record<string, number>>;
}

export interface ExpectedFill {
  readonly bar: number;
  readonly side: "buy" | "sell";
  readonly price: number;
  readonly quantity?: number;
  readonly tag?: string;
}
