/** What a run takes, by the clock and of the processor (all threads, not the system), in nanoseconds. */
export interface Timing {
  readonly clock: number;
  readonly processor: number;
}

/** What a side came to, as far as all can tell. */
export interface Outcome {
  readonly trades: readonly ComparedTrade[];
  /** Of the account; null where a side keeps none. */
  readonly netProfit: number | null;
  readonly metrics?: Readonly<Record<string, number>>;
}

export interface ComparedTrade {
  readonly entryBar: number;
  readonly entryPrice: number;
  /** −1 while it is open. */
  readonly exitBar: number;
  readonly exitPrice: number;
}

/** One of those that are compared. */
export interface Side {
  readonly name: string;
  /** Does its work once. */
  readonly time: () => Timing | Promise<Timing>;
  /** Of the last run. */
  readonly outcome: () => Outcome | Promise<Outcome>;
  /** Forgets what it holds: it would be in the way of others. */
  readonly release?: () => void;
  /** So slow that long histories are run once, after the others. */
  readonly isSlow?: boolean;
  /** Why not all of its trades need to be ours: a reason in words. */
  readonly differs?: string;
  /** What it leaves out that others do. */
  readonly lacks?: string;
}

interface Work<Input, Result> extends Pick<Side, "isSlow" | "differs" | "lacks"> {
  /** Makes of the bars what it wants them to be, before the clock runs. */
  readonly prepare: () => Input;
  readonly run: (input: Input) => Result | Promise<Result>;
  readonly outcome: (result: Result) => Outcome;
}

/** A side that runs in this process. */
export function side<Input, Result>(
  name: string,
  { prepare, run, outcome, ...rest }: Work<Input, Result>,
): Side {
  let input: { readonly made: Input } | undefined;
  let last: { readonly result: Result } | undefined;
  return {
    name,
    ...rest,
    async time() {
      last = undefined;
      input ??= { made: prepare() };
      const used = process.cpuUsage();
      const start = process.hrtime.bigint();
      const running = run(input.made);
      // Who is done at once is not made to wait for a turn.
      last = { result: running instanceof Promise ? await running : running };
      const clock = Number(process.hrtime.bigint() - start);
      return { clock, processor: process.cpuUsage(used).user * 1_000 };
    },
    outcome() {
      if (last === undefined) throw new Error(`${name} has not run`);
      return outcome(last.result);
    },
    release() {
      input = last = undefined;
    },
  };
}
