import { z } from "zod";
import { steadyUtcClock } from "../clock.js";
import { version } from "../version.js";
import { OrderTraces } from "./order-traces.js";
import { peer } from "./peers.js";
import type { Service, ServiceContext, ServiceKind } from "./service.js";

const schema = z.strictObject({});

/** Spans for whatever OpenTelemetry the process was started with. */
export const traces: ServiceKind<z.infer<typeof schema>> = {
  name: "traces",
  summary: "Gives OpenTelemetry spans from bars to fills",
  schema,
  make: (_, context) => new TracesService(context),
};

class TracesService implements Service {
  private traced: OrderTraces | null = null;
  private stopListening = (): void => undefined;

  constructor(private readonly context: ServiceContext) {}

  /** @throws BitFeverError BF5346 without @opentelemetry/api */
  async start(): Promise<void> {
    const { listen, log, redaction } = this.context;
    const api = await peer("@opentelemetry/api", "traces", () => import("@opentelemetry/api"));
    const tracer = api.trace.getTracer("bitfever", version);
    const probe = tracer.startSpan("start");
    if (!probe.isRecording())
      log.warn("nobody takes spans: start Node with an OpenTelemetry SDK (`node --import ./tracing.mjs …`)");
    probe.end();
    const traced = new OrderTraces({
      ...{ api, tracer, now: steadyUtcClock },
      clean: (text) => redaction?.text(text) ?? text,
    });
    this.traced = traced;
    this.stopListening = listen((event) => {
      traced.hear(event);
    });
  }

  async stop(): Promise<void> {
    this.stopListening();
    this.traced?.close();
  }
}
