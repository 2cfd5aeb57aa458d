import type { ServiceKind } from "./service.js";

/** The kinds of services by the names that configurations have for them; what one is made of is loaded where it is named. */
export const serviceKinds: Readonly<Record<string, () => Promise<ServiceKind>>> = {
  http: async () => (await import("./http.js")).http,
  telegram: async () => (await import("./telegram.js")).telegram,
};
