import type { Broker, VenueReport } from "@bitfever/runtime";

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A broker on its trial, with all that it tells, and a way to wait until nothing more comes. */
export interface Watched {
  readonly broker: Broker;
  readonly reports: readonly VenueReport[];
  readonly settle: () => Promise<void>;
  /** What it has told last of its connection; undefined where it has told nothing. */
  readonly connection: () => string | undefined;
}

export function watched(broker: Broker, isIdle: () => boolean): Watched {
  const reports: VenueReport[] = [];
  return {
    reports,
    /** What a stream says takes a moment on its way, and may be news that something has to be asked about. */
    settle: async () => {
      for (let quiet = 0; quiet < 3; quiet = isIdle() ? quiet + 1 : 0) await pause(8);
    },
    connection: () => reports.findLast(({ kind }) => kind.endsWith("connected"))?.kind,
    broker: {
      name: broker.name,
      capabilities: broker.capabilities,
      connect: (hear, instruments) =>
        broker.connect((report) => {
          reports.push(report);
          hear(report);
        }, instruments),
      submit: (order) => broker.submit(order),
      cancel: (request) => broker.cancel(request),
      modify: (request, order) => broker.modify(request, order),
      snapshot: (request) => broker.snapshot(request),
      close: () => broker.close(),
    },
  };
}
