import { AsyncLocalStorage } from "node:async_hooks";
import type { AccountEvent } from "../trading/account-event.js";
import type { Caller, CommandAnswer } from "./service.js";

const current = new AsyncLocalStorage<string>();

/** The id of the command that is being carried out; undefined where none is. What happens meanwhile came of it. */
export const currentCommand = (): string | undefined => current.getStore();

interface ToldCommandsOptions {
  readonly carryOut: (words: string, by: Caller) => Promise<CommandAnswer>;
  /** Milliseconds UTC. */
  readonly now: () => number;
  /** Never the same. */
  readonly newId: () => string;
  readonly tell: (event: AccountEvent) => void;
}

/** Carries out commands, and tells of each before and after, so that a log has who has asked for what, and what came of it. */
export const toldCommands =
  ({ carryOut, now, newId, tell }: ToldCommandsOptions): ToldCommandsOptions["carryOut"] =>
  (words, by) => {
    const id = newId();
    const event = (outcome: string | null, code: string | null): AccountEvent => ({
      ...{ kind: "command", time: now(), id, mouth: by.mouth, who: by.who, words, outcome, code },
    });
    return current.run(id, async () => {
      tell(event(null, null));
      try {
        const answer = await carryOut(words, by);
        tell(event(answer.outcome, answer.code ?? null));
        return answer;
      } catch (error) {
        tell(event("failed", null));
        throw error;
      }
    });
  };
