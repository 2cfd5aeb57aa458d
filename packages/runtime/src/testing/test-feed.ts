import type { Timing } from "@bitfever/engine";
import type { ClosedBar } from "../contract.js";
import type { FeedEvent } from "../feeds/feed-event.js";
import { textOf, valueOf } from "../journal/values.js";
import { feedFaults } from "./feed-faults.js";

/** A feed as an adapter has it: messages of a venue in, events out. */
export interface FeedMachine<Message> {
  on(message: Message, now: number): readonly FeedEvent[];
  at(now: number): readonly FeedEvent[];
  snapshot(): unknown;
  restore(snapshot: unknown): void;
}

export interface FeedTrial<Message> {
  /** A new one, each time with the same options. */
  readonly make: () => FeedMachine<Message>;
  /** What a venue has said, and when it was heard: in order, each once, nothing lost. */
  readonly messages: readonly { readonly at: number; readonly message: Message }[];
  /** An instant at which all of it is over and told. */
  readonly end: number;
  readonly timing: Timing;
  /** For how long the feed waits for what comes late, in milliseconds. */
  readonly patienceMs: number;
  /** The bar before the first, as it was given to the feed. */
  readonly after?: ClosedBar;
}

/**
 * Tries a feed with what a venue has said: as it was, doubled, in disorder within its patience, and cut and restored at any place. The
 * bars have to be the same each time.
 *
 * @param draw  draws from [0, 1)
 * @returns what is wrong, a sentence each; nothing for a feed that conforms
 */
export function testFeed<Message>(trial: FeedTrial<Message>, draw: () => number): string[] {
  const { make, messages, end, timing, patienceMs, after } = trial;
  const clean = run(make(), messages, end);
  const faults = feedFaults(clean, timing, after);
  const bars = textOf(barsOf(clean));
  if (barsOf(clean).length === 0) faults.push("not one bar is told");

  const compare = (what: string, events: readonly FeedEvent[]): void => {
    faults.push(...feedFaults(events, timing, after).map((fault) => `${what}: ${fault}`));
    if (textOf(barsOf(events)) !== bars) faults.push(`${what}: the bars are others`);
  };
  const doubled = messages.flatMap((each) => [each, { ...each, at: each.at + draw() * patienceMs }]);
  compare("each message told twice", run(make(), inOrder(doubled), end));
  const delayed = messages.map((each) => ({ ...each, at: each.at + draw() * patienceMs }));
  compare("messages in disorder", run(make(), inOrder(delayed), end));

  const cut = Math.floor(draw() * (messages.length + 1));
  const first = make();
  const before = messages.slice(0, cut).flatMap(({ at, message }) => first.on(message, at));
  const second = make();
  // As a journal keeps it.
  second.restore(valueOf(textOf(first.snapshot())));
  const behind = run(second, messages.slice(cut), end);
  compare(`cut before message ${cut + 1} and restored`, [...before, ...behind]);
  return faults;
}

type Heard<Message> = FeedTrial<Message>["messages"];

const run = <Message>(feed: FeedMachine<Message>, messages: Heard<Message>, end: number): FeedEvent[] => [
  ...messages.flatMap(({ at, message }) => feed.on(message, at)),
  ...feed.at(end),
];

const inOrder = <Message>(messages: Heard<Message>): Heard<Message> =>
  [...messages].sort((a, b) => a.at - b.at);

const barsOf = (events: readonly FeedEvent[]): ClosedBar[] =>
  events.flatMap((event) => (event.kind === "bar" || event.kind === "late_bar" ? [event.bar] : []));
