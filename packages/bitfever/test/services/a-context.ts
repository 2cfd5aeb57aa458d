import { setTimeout as pause } from "node:timers/promises";
import type { AccountState } from "../../src/trading/account-state.js";
import type { Caller, CommandAnswer, ServiceContext } from "../../src/services/service.js";

/* What a mouth sees of an account, with a clock that stands still until somebody moves it. */

export interface TestContext extends Omit<ServiceContext, "command"> {
  command: ServiceContext["command"];
  readonly given: (Caller & { readonly words: string })[];
  readonly turned: (Caller & { readonly words: string; readonly code: string })[];
  readonly logged: string[];
  pass(ms: number): void;
  answer(next: CommandAnswer): void;
}

export function aContext(start = Date.parse("2026-03-02T10:00:00Z")): TestContext {
  let now = start;
  let next: CommandAnswer = { outcome: "done", text: "done" };
  const given: TestContext["given"] = [];
  const turned: TestContext["turned"] = [];
  const logged: string[] = [];
  const say = (text: string): void => void logged.push(text);
  return {
    ...{ account: "paper", folder: null, given, turned, logged },
    clock: {
      now: () => now,
      after: (ms, act) => {
        const timer = setTimeout(act, ms);
        return () => {
          clearTimeout(timer);
        };
      },
    },
    log: { info: say, warn: say, error: say },
    state: () => ({ account: "paper", equity: 1_000 }) as AccountState,
    listen: () => () => undefined,
    command: (words, by) => {
      given.push({ ...by, words });
      return Promise.resolve(next);
    },
    turnedAway: (words, by, code) => void turned.push({ ...by, words, code }),
    quit: () => undefined,
    pass: (ms) => {
      now += ms;
    },
    answer: (answer) => {
      next = answer;
    },
  };
}

/** Waits until something is so, however slow the machine is. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(10);
}
