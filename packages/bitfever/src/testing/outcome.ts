import type { Span, Test } from "@bitfever/lang";

/** Something that is not as the program says it is. */
export interface TestFailure {
  readonly message: string;
  /** Where the program says it. */
  readonly span: Span;
  /** Lines that show it: a table, a counter-example. */
  readonly details: string;
  readonly hint?: string | undefined;
}

/** What came of one test. */
export interface TestOutcome {
  readonly kind: Test["kind"];
  /** Of a law, which one. */
  readonly name: string;
  readonly span: Span;
  /** The test holds when there is none. */
  readonly failures: readonly TestFailure[];
  /** What a careful reader wants to know of a test that holds. */
  readonly note?: string | undefined;
  /** Of a golden, the text that its file should have now. */
  readonly golden?: string | undefined;
}
