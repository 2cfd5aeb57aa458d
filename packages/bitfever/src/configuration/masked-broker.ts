import { textOfError } from "@bitfever/lang";
import type { Broker, VenueReport } from "@bitfever/runtime";
import type { Redaction } from "../services/redaction.js";

/** A broker of whose words no secret is heard: what a venue says goes into the journal, and what a call throws is shown. */
export function maskedBroker(broker: Broker, secrets: Redaction): Broker {
  const masked = (error: unknown): Error => new Error(secrets.text(textOfError(error)));
  const hiding = <Answer>(act: () => Answer): Answer => {
    try {
      const answer = act();
      if (!(answer instanceof Promise)) return answer;
      return answer.catch((error: unknown) => {
        throw masked(error);
      }) as Answer;
    } catch (error) {
      throw masked(error);
    }
  };
  return {
    name: broker.name,
    capabilities: broker.capabilities,
    connect: (hear, instruments) => {
      const report = (given: VenueReport): void => {
        hear(maskedReport(given, secrets));
      };
      return hiding(() => broker.connect(report, instruments));
    },
    submit: (order) => hiding(() => broker.submit(order)),
    cancel: (request) => hiding(() => broker.cancel(request)),
    modify: (request, order) => hiding(() => broker.modify(request, order)),
    snapshot: (request) => hiding(() => broker.snapshot(request)),
    close: () => hiding(() => broker.close()),
  };
}

const maskedReport = (report: VenueReport, secrets: Redaction): VenueReport =>
  report.kind === "rejected" || report.kind === "disconnected"
    ? { ...report, reason: secrets.text(report.reason) }
    : report;
