import { z } from "zod";
import { steadyUtcClock } from "../../clock.js";
import { version } from "../../version.js";
import { durationOrOff } from "../duration.js";
import { peer } from "../peers.js";
import type { Service, ServiceContext, ServiceKind } from "../service.js";
import { AccountMetrics } from "./account-metrics.js";
import { journalComplaints, readinessComplaints, type Complaints } from "./health.js";
import { journalSize } from "./journal-size.js";
import { serveMonitor, type MonitorServer } from "./monitor-server.js";

const schema = z.strictObject({
  /** An address of this machine; who may reach it may read how the account stands. */
  host: z.string().min(1).default("127.0.0.1"),
  /** 0 for any that is free. */
  port: z.int().min(0).max(65_535).default(9_464),
  /** How long after it was due a bar is missed; `off` where bars are those of a history. */
  stale_after: durationOrOff.default(300_000),
});

type MetricsOptions = z.infer<typeof schema>;

/** Figures for Prometheus, and whether the process lives and the account can trade. */
export const metrics: ServiceKind<MetricsOptions> = {
  name: "metrics",
  summary: "Serves figures for Prometheus at /metrics, /health and /ready",
  schema,
  make: (options, context) => new MetricsService(options, context),
};

class MetricsService implements Service {
  private server: MonitorServer | null = null;
  private stopListening = (): void => undefined;
  private registry: AccountMetrics["registry"] | null = null;

  constructor(
    private readonly options: MetricsOptions,
    private readonly context: ServiceContext,
  ) {}

  /** @throws BitFeverError BF5346 without prom-client, BF5347 where it cannot have the port */
  async start(): Promise<void> {
    const { host, port, stale_after: staleAfter } = this.options;
    const { account, clock, journal, listen, log, redaction, state } = this.context;
    const client = await peer("prom-client", "metrics", () => import("prom-client"));
    const startedAt = clock.now();
    const figures = new AccountMetrics(client, {
      ...{ account, version, state, now: clock.now, steady: steadyUtcClock },
      journal: () => (journal === undefined ? null : journalSize(journal)),
    });
    const { registry } = figures;
    this.registry = registry;
    const said = (complaints: Complaints) => ({
      status: complaints.length === 0 ? 200 : 503,
      type: "application/json; charset=utf-8",
      body: `${JSON.stringify({
        status: complaints.length === 0 ? "ok" : "failing",
        account,
        complaints: complaints.map((each) => redaction?.text(each) ?? each),
      })}\n`,
    });
    this.server = await serveMonitor(host, port, {
      "/metrics": async () => ({ status: 200, type: registry.contentType, body: await registry.metrics() }),
      "/health": () => said(journalComplaints(journal)),
      "/ready": () =>
        said([
          ...journalComplaints(journal),
          ...readinessComplaints(state(), clock.now(), staleAfter, startedAt),
        ]),
    });
    this.stopListening = listen((event) => {
      figures.hear(event);
    });
    log.info(`figures are served at ${this.server.url}/metrics`, { url: this.server.url });
  }

  async stop(): Promise<void> {
    this.stopListening();
    await this.server?.close();
    this.server = null;
    this.registry?.clear();
  }
}
