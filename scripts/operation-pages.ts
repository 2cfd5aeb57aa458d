import { alertNames, commonValues, kindOf } from "../packages/bitfever/src/services/alerts/alert-kinds.js";
import { figureList } from "../packages/bitfever/src/services/monitoring/figure-list.js";
import { paragraphs, table } from "./markdown.js";

const code = (text: string): string => `\`${text}\``;

/** What an account can tell of, with the names that a template may use. */
export const alertsPage = (): string =>
  paragraphs(
    "# Kinds of alerts",
    "What rules of [alerts](../alerts.md) can be about. Every template may use " +
      `${commonValues.map((name) => code(`{${name}}`)).join(", ")}.`,
    table(
      ["kind", "tells", "level", "names of its template", "its own template"],
      alertNames.map((name) => {
        const { summary, level, values, template } = kindOf(name);
        return [
          code(name),
          summary,
          level,
          values.map((each) => code(`{${each}}`)).join(", "),
          code(template),
        ];
      }),
    ),
  );

/** What Prometheus is told. */
export const figuresPage = (): string =>
  paragraphs(
    "# Figures for Prometheus",
    "What an account says of itself at `/metrics` ([operation](../operation.md#figures)), beside the usual figures of a process of Node " +
      "(`process_…`, `nodejs_…`). All have the label `account`.",
    table(
      ["figure", "kind", "labels", "is"],
      figureList()
        .filter(({ name }) => name.startsWith("bitfever_"))
        .map(({ name, kind, labels, help }) => [code(name), kind, labels.map(code).join(", "), help]),
    ),
  );
