import type { ServiceKind } from "./service.js";

/** The kinds of services by the names that configurations have for them; what one is made of is loaded where it is named. */
export const serviceKinds: Readonly<Record<string, () => Promise<ServiceKind>>> = {
  alerts: async () => (await import("./alerts/alert-service.js")).alerts,
  http: async () => (await import("./http.js")).http,
  log: async () => (await import("./log-service.js")).log,
  metrics: async () => (await import("./monitoring/metrics-service.js")).metrics,
  telegram: async () => (await import("./telegram.js")).telegram,
  traces: async () => (await import("./traces-service.js")).traces,
};
