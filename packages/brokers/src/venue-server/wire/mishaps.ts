import {
  noMishaps,
  type MessageMishap,
  type MishapShares,
  type RequestMishap,
  type RequestName,
  type ScriptedMishap,
} from "./mishap.js";

/** What goes wrong: first what a script says, then what chance does. */
export class Mishaps {
  private scripted: { readonly rule: ScriptedMishap; left: number }[] = [];
  private shares: MishapShares = noMishaps;

  /** @param draw  draws from [0, 1) */
  constructor(private readonly draw: () => number) {}

  script(rule: ScriptedMishap): void {
    this.scripted.push({ rule, left: rule.times ?? 1 });
  }

  /** From now on by chance; what is left out does not happen. */
  by(shares: Partial<MishapShares>): void {
    this.shares = { ...noMishaps, ...shares };
  }

  ofRequest(name: RequestName): RequestMishap | null {
    const scripted = this.take((rule) => rule.on === name);
    if (scripted !== undefined && scripted.on !== "message") return scripted.mishap;
    const { shares } = this;
    const isOrder = name === "place" || name === "cancel" || name === "amend";
    if (this.happens(shares.lateRequests)) return { kind: "late_request", ms: this.draw() * shares.mostMs };
    if (this.happens(shares.lostRequests)) return { kind: "lost_request" };
    if (this.happens(shares.lostAnswers)) return { kind: "lost_answer" };
    if (this.happens(shares.refused)) return { kind: "refused", status: 503 };
    if (this.happens(shares.limited)) return { kind: "refused", status: 429 };
    if (isOrder && this.happens(shares.doneAndFailed)) return { kind: "done_and_failed", status: 504 };
    if (name === "find_order" && this.happens(shares.notFound)) return { kind: "not_found" };
    if (isOrder && this.happens(shares.doubledRequests)) return { kind: "doubled" };
    if (name === "cancel" && this.happens(shares.filledBefore))
      return { kind: "filled_before", share: this.draw() };
    return null;
  }

  ofMessage(): MessageMishap | null {
    const scripted = this.take((rule) => rule.on === "message");
    if (scripted?.on === "message") return scripted.mishap;
    const { shares } = this;
    if (this.happens(shares.lateMessages)) return { kind: "late", ms: this.draw() * shares.mostMs };
    if (this.happens(shares.lostMessages)) return { kind: "lost" };
    if (this.happens(shares.doubledMessages)) return { kind: "doubled" };
    if (this.happens(shares.swappedMessages)) return { kind: "swapped" };
    return null;
  }

  cuts(): boolean {
    return this.happens(this.shares.cuts);
  }

  drawsPart(): boolean {
    return this.happens(this.shares.parts);
  }

  private take(fits: (rule: ScriptedMishap) => boolean): ScriptedMishap | undefined {
    const found = this.scripted.find(({ rule }) => fits(rule));
    if (found === undefined) return undefined;
    found.left--;
    this.scripted = this.scripted.filter(({ left }) => left > 0);
    return found.rule;
  }

  /** Draws nothing for what never happens, so that one share more does not change what the others draw. */
  private happens(share: number): boolean {
    return share > 0 && this.draw() < share;
  }
}
