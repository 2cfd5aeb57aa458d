import { BitFeverError } from "@bitfever/lang";
import type { Caller } from "../services/service.js";

/** What waits for its confirmation. */
interface Waiting<Plan> extends Caller {
  readonly plan: Plan;
  readonly until: number;
}

/** No letter that is taken for another: it is read aloud and typed on phones. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const tokenBytes = 8;
/** Who guesses so often has nothing left to guess. */
const mostMisses = 5;
const mostWaiting = 50;

/** What was understood and is done once the same person says so: each token once, for a while, and for whom it was made. */
export class Confirmations<Plan> {
  private readonly waiting = new Map<string, Waiting<Plan>>();
  private readonly misses = new Map<string, number>();

  /**
   * @param random  so many random bytes
   * @param keptMs  how long a token is good for
   */
  constructor(
    private readonly random: (bytes: number) => Uint8Array,
    private readonly keptMs: number,
  ) {}

  ask(plan: Plan, { mouth, who }: Caller, now: number): { readonly token: string; readonly until: number } {
    this.forget(now);
    const token = Array.from(this.random(tokenBytes), (byte) => letters[byte % letters.length]).join("");
    const until = now + this.keptMs;
    // The oldest goes: nobody can fill the memory by asking.
    const [oldest] = this.waiting.keys();
    if (this.waiting.size >= mostWaiting && oldest !== undefined) this.waiting.delete(oldest);
    this.waiting.set(token, { plan, mouth, who, until });
    return { token, until };
  }

  /**
   * What a token stands for, which is used up by that.
   *
   * @throws BitFeverError BF5336 for one that is unknown, used, too old, or somebody else's; what is somebody else's stays good for them
   */
  take(given: string, by: Caller, now: number): Plan {
    this.forget(now);
    const token = given.toUpperCase().replaceAll("O", "0").replaceAll("I", "1").replaceAll("L", "1");
    const found = this.waiting.get(token);
    if (found?.mouth !== by.mouth || found.who !== by.who) {
      this.miss(by);
      throw new BitFeverError("BF5336", "there is nothing to confirm by this token", {
        hint: "a token is good once, for a minute or so, and for who was given it: give the command again",
      });
    }
    this.waiting.delete(token);
    this.misses.delete(keyOf(by));
    return found.plan;
  }

  private miss(by: Caller): void {
    const key = keyOf(by);
    const misses = (this.misses.get(key) ?? 0) + 1;
    if (misses < mostMisses) {
      this.misses.set(key, misses);
      return;
    }
    this.misses.delete(key);
    for (const [token, each] of this.waiting) if (keyOf(each) === key) this.waiting.delete(token);
  }

  private forget(now: number): void {
    for (const [token, { until }] of this.waiting) if (until <= now) this.waiting.delete(token);
    if (this.waiting.size === 0) this.misses.clear();
  }
}

const keyOf = ({ mouth, who }: Caller): string => `${mouth}\n${who}`;
