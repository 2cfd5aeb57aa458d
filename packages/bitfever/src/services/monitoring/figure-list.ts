import * as client from "prom-client";
import { AccountMetrics } from "./account-metrics.js";

/** A figure as Prometheus knows it. */
export interface Figure {
  readonly name: string;
  readonly kind: "counter" | "gauge" | "histogram";
  readonly labels: readonly string[];
  readonly help: string;
}

/** All figures that can be served, with those of the process: for the reference, and for who checks what a dashboard asks for. */
export function figureList(): readonly Figure[] {
  const { registry } = new AccountMetrics(client, {
    ...{ account: "", version: "", now: () => 0, steady: () => 0 },
    journal: () => ({ bytes: 0, writtenAt: 0 }),
    state: () => {
      throw new Error("nobody asks how it stands");
    },
  });
  const figures = registry.getMetricsAsArray().map((metric): Figure => {
    // The published type leaves out what every one of them has.
    const { name, help, labelNames } = metric as unknown as {
      readonly name: string;
      readonly help: string;
      readonly labelNames: readonly string[];
    };
    const isCounter = metric instanceof client.Counter;
    const kind = metric instanceof client.Histogram ? "histogram" : isCounter ? "counter" : "gauge";
    return { name, kind, labels: labelNames, help };
  });
  registry.clear();
  return figures;
}
