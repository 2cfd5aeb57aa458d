import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { compile } from "../../src/index.js";
import { serviceKinds } from "../../src/services/catalogue.js";
import { figureList } from "../../src/services/monitoring/figure-list.js";

/* examples/deploy: what can be said of it without a machine to put it on. */

const at = (path: string): string =>
  fileURLToPath(new URL(`../../../../examples/deploy/${path}`, import.meta.url));
const read = (path: string): string => readFileSync(at(path), "utf8");

const has = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;

const folder = mkdtempSync(join(tmpdir(), "bitfever-deploy-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("the unit", () => {
  const unit = join(folder, "bitfever@.service");
  beforeAll(() => {
    cpSync(at("bitfever@.service"), unit);
    // systemd looks whether the program is there, and on this machine it is not where it will be.
    writeFileSync(unit, read("bitfever@.service").replace("/usr/bin/bf", process.execPath));
  });

  it.skipIf(!has("systemd-analyze"))(
    "is one that systemd understands, and lets the account do little",
    () => {
      // A word that it does not know is passed over: it says so, and ends well all the same.
      const { stderr, status } = spawnSync("systemd-analyze", ["verify", "--man=no", unit], {
        encoding: "utf8",
      });
      expect(stderr.split("\n").filter((line) => line.includes("bitfever@"))).toEqual([]);
      expect(status).toBe(0);
      const exposure = spawnSync("systemd-analyze", ["security", "--offline=true", "--threshold=25", unit], {
        encoding: "utf8",
      });
      expect(exposure.stdout + exposure.stderr).toMatch(/Overall exposure level.*OK/);
      expect(exposure.status).toBe(0);
    },
  );

  it("ends the account in order, and starts it again where that may help", () => {
    const lines = read("bitfever@.service").split("\n");
    for (const line of [
      "KillSignal=SIGTERM",
      "TimeoutStopSec=60",
      "Restart=on-failure",
      "RestartPreventExitStatus=2",
      "NoNewPrivileges=yes",
      "ProtectSystem=strict",
      "StateDirectory=bitfever/%i",
    ])
      expect(lines).toContain(line);
  });
});

describe("the container", () => {
  it("has no rights, says whether it is well, and hears of its end", () => {
    const steps = read("Dockerfile").replace(/\\\n/g, " ").split("\n");
    const last = steps.slice(steps.findLastIndex((line) => line.startsWith("FROM ")));
    for (const step of [
      /^USER node$/,
      /^HEALTHCHECK .*9464\/health/,
      /^STOPSIGNAL SIGTERM$/,
      /^ENTRYPOINT \["node", /,
    ])
      expect(last.some((line) => step.test(line))).toBe(true);
    expect(steps.filter((line) => line.startsWith("FROM "))).toHaveLength(2);
    const [, script] = /CMD (\[.*\])$/.exec(last.find((line) => line.startsWith("HEALTHCHECK")) ?? "") ?? [];
    const [, , check] = JSON.parse(script) as string[];
    // Nobody is there: it says so by its exit code, and not by a fault of its own.
    const { status, stderr } = spawnSync(process.execPath, ["-e", check.replace("9464", "1")], {
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([1, ""]);
  });

  it("is put beside Prometheus and Grafana, out of reach of other machines", () => {
    const { services, volumes } = parse(read("compose.yaml")) as {
      readonly services: Record<
        string,
        { readonly ports?: string[]; readonly volumes: string[]; readonly cap_drop: string[] }
      >;
      readonly volumes: object;
    };
    for (const { ports = [], volumes: mounts, cap_drop: dropped } of Object.values(services)) {
      expect(dropped).toEqual(["ALL"]);
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
      for (const [from] of mounts.map((each) => each.split(":")))
        if (from.startsWith("./")) expect(() => execFileSync("test", ["-e", at(from)])).not.toThrow();
        else expect(volumes).toHaveProperty(from);
    }
  });

  it.skipIf(!has("docker") || spawnSync("docker", ["compose", "version"]).status !== 0)(
    "is one that compose understands",
    () => {
      const { status, stderr } = spawnSync(
        "docker",
        ["compose", "-f", at("compose.yaml"), "config", "--quiet"],
        { encoding: "utf8" },
      );
      expect([status, stderr]).toEqual([0, ""]);
    },
  );
});

describe("the account", () => {
  it("is told what its services take", async () => {
    const { services } = parse(read("account.yaml")) as { readonly services: Record<string, unknown> };
    for (const [name, options] of Object.entries(services)) {
      const kind = await serviceKinds[name]();
      const given = JSON.parse(
        JSON.stringify(options)
          .replace("${TELEGRAM_TOKEN}", "123456:ABC-def")
          .replace("${TELEGRAM_CHAT}", "4711"),
      ) as unknown;
      expect(kind.schema.safeParse(given), name).toMatchObject({ success: true });
    }
    expect(compile(read("trend.bf")).program).toBeDefined();
  });
});

describe("what Prometheus is asked for", () => {
  const figures = figureList();
  const known = figures.flatMap(({ name, kind }) =>
    // Served under several names.
    kind === "histogram" ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
  );
  /** Words of its language, and names of labels. */
  const metricsIn = (expression: string): string[] =>
    expression.match(/\b(?:bitfever|nodejs|process)_[a-z\d_]+/g) ?? [];

  it("by the dashboard is served", () => {
    const { panels, templating } = JSON.parse(read("grafana/dashboards/account.json")) as {
      readonly panels: { readonly id: number; readonly targets?: { readonly expr: string }[] }[];
      readonly templating: { readonly list: { readonly query: { readonly query: string } }[] };
    };
    const asked = [
      ...panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => metricsIn(expr))),
      ...templating.list.flatMap(({ query }) => metricsIn(query.query)),
    ];
    for (const name of asked) expect(known).toContain(name);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    // And all that is ours is shown, but for what another figure is made of.
    const own = figures.map(({ name }) => name).filter((name) => name.startsWith("bitfever_"));
    const shown = asked.map((name) => name.replace(/_bucket$/, ""));
    expect(own.filter((name) => !shown.includes(name))).toEqual([
      ...["bitfever_paused_strategies", "bitfever_feed_last_close_timestamp_seconds"],
    ]);
  });

  it("by the rules is served", () => {
    const { groups } = parse(read("prometheus-rules.yml")) as {
      readonly groups: { readonly rules: { readonly alert: string; readonly expr: string }[] }[];
    };
    const rules = groups.flatMap((each) => each.rules);
    expect(rules.length).toBeGreaterThan(5);
    for (const { alert, expr } of rules) {
      if (alert !== "AccountGone") expect(metricsIn(expr).length, alert).toBeGreaterThan(0);
      for (const name of metricsIn(expr)) expect(known).toContain(name);
    }
  });

  it("of a figure that there is not is found out", () => {
    expect(metricsIn('rate(bitfever_nothing_total{account="main"}[5m])')).toEqual(["bitfever_nothing_total"]);
    expect(known).not.toContain("bitfever_nothing_total");
  });
});
