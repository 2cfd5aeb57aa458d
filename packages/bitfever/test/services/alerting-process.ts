import { argv, stdout } from "node:process";
import { AlertService } from "../../src/services/alerts/alert-service.js";
import { alertsSchema } from "../../src/services/alerts/options.js";
import { MadeUpAccount, ownAlert, realClock } from "./surroundings.js";

/* A process that tells of one alert after the other, and says so of each once it is put, until it is killed. */

const [, , folder, url, first] = argv;

async function run(): Promise<void> {
  const account = new MadeUpAccount({ clock: realClock, folder });
  const options = alertsSchema.parse({
    channels: { hook: { kind: "webhook", url, throttle: { burst: 10_000, per_minute: 10_000 } } },
    rules: [{ when: ["alert"], to: "hook" }],
    retry: { first: "10ms", longest: "50ms" },
  });
  let id = 0;
  const service = new AlertService(options, account.context, {
    ...{ write: () => undefined, random: () => 0.5 },
    newId: () => `${first}-${id++}`,
  });
  await service.start();
  for (let number = Number(first); ; number++) {
    account.tell(ownAlert(`number ${number}.`));
    stdout.write(`${number}\n`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

void run();
