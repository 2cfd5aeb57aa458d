import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import * as api from "@opentelemetry/api";
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
} from "@opentelemetry/sdk-trace-node";
import { redaction } from "../../src/services/redaction.js";
import { OrderTraces } from "../../src/services/order-traces.js";
import { traces } from "../../src/services/traces-service.js";
import {
  accepted,
  barsAt,
  fill,
  HandClock,
  MadeUpAccount,
  notice,
  order,
  rejected,
  start,
} from "./surroundings.js";

/* Spans from the bar to the fill, as an OpenTelemetry that the process was started with gets them. */

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

beforeAll(() => {
  provider.register();
});
beforeEach(() => {
  exporter.reset();
});
afterAll(async () => {
  await provider.shutdown();
  api.trace.disable();
  api.context.disable();
  api.propagation.disable();
});

const spansOf = (name: string): ReadableSpan[] =>
  exporter.getFinishedSpans().filter((each) => each.name === name);
const msOf = ([seconds, nanoseconds]: [number, number]): number =>
  seconds * 1_000 + nanoseconds / 1e6 - start;

it("go from bars over what was decided to the fill", async () => {
  let now = start + 250.125;
  const traced = new OrderTraces({
    api,
    tracer: provider.getTracer("test"),
    now: () => now,
    clean: (text) => text,
  });
  const at = (ms: number, ...events: Parameters<typeof traced.hear>): void => {
    now = start + ms;
    traced.hear(...events);
  };
  at(250.125, barsAt(start));
  at(251, order("bf-1"));
  at(252, notice("refused", "exposure: 90% of 80%"));
  at(253, { ...notice("call_failed", "beside it") });
  await Promise.resolve();
  at(260, accepted("bf-1"));
  at(300, { ...fill("1"), left: 2 } as never);
  at(400, fill("2"));
  const [bar] = spansOf("bar");
  const [decide] = spansOf("decide");
  const [ordered] = spansOf("order");
  const [submit] = spansOf("submit");
  const fills = spansOf("fill");
  expect(new Set(exporter.getFinishedSpans().map((each) => each.spanContext().traceId)).size).toBe(1);
  for (const [child, parent] of [
    [decide, bar],
    [ordered, bar],
    [submit, ordered],
    [fills[0], ordered],
    [fills[1], ordered],
  ])
    expect(child.parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
  expect(bar.attributes).toEqual({
    "bitfever.bar.closed_at": "2026-03-02T12:00:00Z",
    "bitfever.bar.symbols": 1,
  });
  expect(msOf(bar.startTime)).toBeCloseTo(250.125, 3);
  expect(decide.events.map(({ name, attributes }) => [name, attributes?.["bitfever.reason"]])).toEqual([
    ...[
      ["approved", undefined],
      ["refused", "exposure: 90% of 80%"],
    ],
  ]);
  expect(ordered.attributes).toMatchObject({
    "bitfever.order.client_id": "bf-1",
    "bitfever.order.outcome": "filled",
  });
  const times = [submit, ...fills, ordered].map((each) =>
    [msOf(each.startTime), msOf(each.endTime)].map(Math.round),
  );
  expect(times).toEqual([
    [251, 260],
    [260, 300],
    [300, 400],
    [251, 400],
  ]);
});

it("are none for bars on which nothing is decided, and for what has no order", async () => {
  const traced = new OrderTraces({
    api,
    tracer: provider.getTracer("test"),
    now: () => start,
    clean: (text) => text,
  });
  traced.hear(barsAt(start));
  await Promise.resolve();
  for (const event of [accepted("bf-7"), fill("7"), rejected("no", "bf-7"), notice("refused", "no")])
    traced.hear(event);
  traced.close();
  expect(exporter.getFinishedSpans()).toEqual([]);
});

it("say how an order has ended, and end with the run", () => {
  const traced = new OrderTraces({
    ...{ api, tracer: provider.getTracer("test"), now: () => start },
    clean: redaction(["planted-secret"]).text,
  });
  for (const id of ["bf-1", "bf-2", "bf-3"]) traced.hear(order(id));
  traced.hear(rejected("planted-secret is wrong", "bf-1"));
  traced.hear({ ...rejected("", "bf-2"), kind: "cancelled", reason: "expired" } as never);
  // An order that no bar has decided is the root of its trace.
  traced.close();
  expect(spansOf("order").map(({ attributes }) => attributes["bitfever.order.outcome"])).toEqual([
    ...["rejected", "cancelled", "left open"],
  ]);
  expect(spansOf("order")[0].status).toEqual({
    code: api.SpanStatusCode.ERROR,
    message: "[redacted] is wrong",
  });
  expect(spansOf("order")[0].parentSpanContext).toBeUndefined();
  expect(spansOf("submit")).toHaveLength(3);
});

it("come from a service, which says where nobody takes them", async () => {
  const account = new MadeUpAccount({ clock: new HandClock(start) });
  const service = traces.make({}, account.context);
  await service.start();
  account.tell(order("bf-1"), fill("1"));
  await service.stop();
  expect(spansOf("order")).toHaveLength(1);
  expect([account.lines, account.isHeard]).toEqual([[], false]);
  api.trace.disable();
  const unheard = new MadeUpAccount({ clock: new HandClock(start) });
  const other = traces.make({}, unheard.context);
  await other.start();
  unheard.tell(order("bf-1"));
  await other.stop();
  expect(unheard.lines).toMatchObject([
    { level: "warn", text: expect.stringContaining("nobody takes spans") },
  ]);
  provider.register();
});
