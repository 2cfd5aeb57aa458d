import { textOfError } from "@bitfever/lang";
import { brokerChecks } from "./broker-checks.js";
import { brokerFaults } from "./broker-faults.js";
import { BrokerTalk } from "./broker-talk.js";
import type { BrokerTrial } from "./broker-trial.js";

export interface BrokerTestOptions {
  /** How often something is asked before nobody is taken to answer; 1 when left out, more where messages are lost. */
  readonly attempts?: number;
}

/**
 * Tries a broker with what every venue adapter must show: each check begins with a new one. It needs a venue that can be
 * driven, and no test runner.
 *
 * @param make  a new broker with its venue, in which nothing is held and nothing rests
 * @returns what is wrong, a sentence each, beginning with the check; nothing for a broker that conforms
 * @example
 * expect(await testBroker(() => trialOfMyVenue())).toEqual([]);
 */
export async function testBroker(
  make: () => BrokerTrial | Promise<BrokerTrial>,
  { attempts = 1 }: BrokerTestOptions = {},
): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, run } of brokerChecks) {
    const trial = await make();
    const talk = new BrokerTalk(trial, attempts);
    const { separates } = trial.broker.capabilities;
    try {
      await talk.connect();
      await run(talk);
      await trial.broker.close();
    } catch (error) {
      talk.faults.push(`it throws: ${textOfError(error)}`);
    }
    const found = [...talk.faults, ...brokerFaults(talk.reports, talk.sent, trial.instrument, separates)];
    faults.push(...found.map((fault) => `${name}: ${fault}`));
  }
  return faults;
}
