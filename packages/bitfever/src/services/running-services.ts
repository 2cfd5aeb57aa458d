import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { BitFeverError, textOfError } from "@bitfever/lang";
import type { AccountEvent } from "../trading/account-event.js";
import { Listeners } from "../trading/listeners.js";
import type { RunningAccount } from "../trading/running-account.js";
import type {
  Caller,
  CommandAnswer,
  Service,
  ServiceClock,
  ServiceContext,
  ServiceKind,
  ServiceLog,
} from "./service.js";
import type { Redaction } from "./redaction.js";
import { toldCommands } from "./told-commands.js";

/** A service with what it is told, as its schema has let it through. */
export interface ConfiguredService {
  /** The name in the configuration. */
  readonly name: string;
  readonly kind: ServiceKind;
  readonly options: unknown;
}

/** Carries out a command in words for who may give it. */
export type CarryOut = (words: string, by: Caller) => Promise<CommandAnswer>;

export interface ServicesOptions {
  readonly account: RunningAccount;
  readonly services: readonly ConfiguredService[];
  readonly clock: ServiceClock;
  /** What a service has to tell, by its name. */
  readonly logOf: (service: string) => ServiceLog;
  /** Each has a folder of its own in it; null where nothing is kept. */
  readonly folder: string | null;
  /** The folder of the account's journal. */
  readonly journal?: string | undefined;
  readonly redaction?: Redaction | undefined;
  /** Left out, no command is carried out. */
  readonly carryOut?: CarryOut | undefined;
  /** Keeps that a mouth has turned somebody away. */
  readonly turnedAway?: ServiceContext["turnedAway"];
  readonly quit: () => void;
}

/** How long the end of a service may take, in milliseconds: that of the account waits for it. */
const stopMs = 15_000;

/** Commands are refused where nobody carries them out. */
const refuseAll: CarryOut = () =>
  Promise.resolve({ outcome: "refused", text: "refused: commands are not available here" });

/** The services of an account at work: started one after the other, and stopped the other way round. */
export class RunningServices {
  private readonly running: { readonly name: string; readonly service: Service; readonly log: ServiceLog }[] =
    [];
  /** Who hears of commands, beside what happens on the account. */
  private readonly listeners = new Listeners<AccountEvent>();
  private readonly carryOut: CarryOut;

  private constructor(private readonly options: ServicesOptions) {
    const { carryOut = refuseAll, clock } = options;
    this.carryOut = toldCommands({
      ...{ carryOut, now: clock.now, newId: randomUUID },
      tell: (event) => {
        this.listeners.tell(event);
      },
    });
  }

  /**
   * Starts all; where one cannot be started those before it are stopped.
   *
   * @throws BitFeverError BF5320 for a service that cannot be started, or whatever it throws itself of this kind
   */
  static async start(options: ServicesOptions): Promise<RunningServices> {
    const services = new RunningServices(options);
    try {
      for (const each of options.services) await services.add(each);
    } catch (error) {
      await services.stop();
      throw error;
    }
    return services;
  }

  /** One that does not stop keeps neither another from it nor the account: that is told, and nothing is thrown. */
  async stop(): Promise<void> {
    for (const { name, service, log } of this.running.splice(0).reverse()) {
      try {
        await this.stopped(service);
      } catch (error) {
        log.error(`${name} did not stop as it should: ${textOfError(error)}`);
      }
    }
  }

  private async stopped(service: Service): Promise<void> {
    let forget = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      forget = this.options.clock.after(stopMs, () => {
        reject(new Error(`it has taken more than ${stopMs / 1_000} s`));
      });
    });
    try {
      await Promise.race([service.stop(), late]);
    } finally {
      forget();
    }
  }

  private async add({ name, kind, options }: ConfiguredService): Promise<void> {
    const { account, clock, logOf, folder, quit, journal, redaction, turnedAway } = this.options;
    const own = folder === null ? null : join(folder, name);
    if (own !== null) await mkdir(own, { recursive: true, mode: 0o700 });
    const log = logOf(name);
    const context: ServiceContext = {
      account: account.setup.account,
      ...{ clock, log, folder: own, quit, journal, redaction },
      state: () => account.state,
      listen: (hear) => {
        // What looks on must not end what trades.
        const heard = (event: AccountEvent): void => {
          try {
            hear(event);
          } catch (error) {
            log.error(`${name} has failed over an event (${event.kind}): ${textOfError(error)}`);
          }
        };
        const ends = [account.listen(heard), this.listeners.add(heard)];
        return () => {
          for (const end of ends) end();
        };
      },
      command: this.carryOut,
      turnedAway,
    };
    try {
      const service = kind.make(options, context);
      await service.start();
      this.running.push({ name, service, log });
    } catch (cause) {
      if (cause instanceof BitFeverError) throw cause;
      throw new BitFeverError("BF5320", `the service ${name} cannot be started: ${textOfError(cause)}`, {
        cause,
        hint: `look at \`services.${name}\` in the configuration`,
      });
    }
  }
}
