import { join } from "node:path";
import { z } from "zod";
import { logLevels, openLog, type OperationLog } from "./log.js";
import { redaction } from "./redaction.js";
import type { Service, ServiceContext, ServiceKind } from "./service.js";

const schema = z.strictObject({
  /** A path, or a stream of the process; left out, a file in the folder of the service. */
  to: z.string().min(1).optional(),
  level: z.enum(logLevels).default("info"),
});

type LogServiceOptions = z.infer<typeof schema>;

/** What happens on the account, as lines of JSON. */
export const log: ServiceKind<LogServiceOptions> = {
  name: "log",
  summary: "Writes what happens as lines of JSON, under the ids by which an order can be followed",
  schema,
  make: (options, context) => new LogService(options, context),
};

class LogService implements Service {
  private opened: OperationLog | null = null;
  private stopListening = (): void => undefined;

  constructor(
    private readonly options: LogServiceOptions,
    private readonly context: ServiceContext,
  ) {}

  /** @throws BitFeverError BF5346 without pino, BF5348 for a file that cannot be written */
  async start(): Promise<void> {
    const { account, clock, folder, listen, redaction: given = redaction([]) } = this.context;
    const { level, to = folder === null ? "stderr" : join(folder, "account.log") } = this.options;
    const place = to === "stdout" || to === "stderr" ? to : { file: to };
    const opened = await openLog({ account, to: place, level, now: clock.now, redaction: given });
    this.opened = opened;
    this.stopListening = listen(opened.hear);
  }

  async stop(): Promise<void> {
    this.stopListening();
    await this.opened?.close();
    this.opened = null;
  }
}
