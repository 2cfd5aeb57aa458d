import { dirname, resolve } from "node:path";
import type { Source } from "@bitfever/lang";
import { parseSettings, type Instruments, type Settings } from "@bitfever/engine";
import { Gatekeeper, type GateRule } from "@bitfever/runtime";
import { readSource } from "../files.js";
import { readInstruments } from "../instruments-file.js";
import { readGates } from "../trading/gates-file.js";
import { Credentials, openTo, readCredentials, type Environment, type MissingName } from "./credentials.js";
import { kindsOf, type Kinds } from "./kinds.js";
import { isSecretName, literalSecrets, readOptions } from "./options.js";
import { PlacedYaml } from "./placed-yaml.js";
import { loadPlugin, type LoadedPlugin } from "./plugin.js";
import { errorOf, namesHint, problemOf, type DataPath, type PlacedProblem, type Problem } from "./problem.js";
import { schemaProblems } from "./schema-problems.js";
import { configurationSchema, type Configuration } from "./schema.js";
import { SecretTexts, type Secret } from "./secret.js";
import { readyStrategies, type ReadyStrategy } from "./strategies.js";

/** A configuration that can be: all that it names is there, and has been read. */
export interface ReadyConfiguration {
  readonly path: string;
  /** Where the paths in it begin. */
  readonly folder: string;
  readonly configuration: Configuration;
  readonly plugins: readonly LoadedPlugin[];
  readonly kinds: Kinds;
  readonly credentials: Credentials;
  /** What must not be shown of what comes back. */
  readonly secrets: SecretTexts;
  readonly strategies: readonly ReadyStrategy[];
  readonly settings: Partial<Settings>;
  readonly gates: readonly GateRule[];
  readonly instruments: Instruments;
}

export interface Examined {
  /** All that is wrong, in the order of the file. */
  readonly problems: readonly PlacedProblem[];
  /** Names that are referred to and stand for nothing now: who only checks a file need not have its secrets. */
  readonly missing: readonly PlacedProblem[];
  /** Undefined where something is wrong. */
  readonly ready: ReadyConfiguration | undefined;
}

/** Parts with secrets: references in them are put in when they are used, and not before. */
const apart = ["exchanges", "feeds", "services"] as const;

/**
 * Reads a configuration with all that it names on this machine: programs, gates, instruments, plug-ins, secrets. No venue is asked.
 *
 * @throws BitFeverError BF4001 for a file that cannot be read; what is wrong with it is answered, and all of it
 */
export async function examine(path: string, environment: Environment): Promise<Examined> {
  const source = await readSource(path);
  return new Examination(path, source, environment).run();
}

/**
 * The same for who needs it to be right.
 *
 * @throws BitFeverError with the code of the one problem, or BF5200 with all of them
 */
export async function readConfiguration(path: string, environment: Environment): Promise<ReadyConfiguration> {
  const { problems, ready } = await examine(path, environment);
  if (ready === undefined) throw errorOf(path, problems);
  return ready;
}

class Examination {
  private readonly problems: Problem[] = [];
  private readonly missing: MissingName[] = [];
  private readonly yaml: PlacedYaml;
  private readonly folder: string;
  private readonly secrets = new SecretTexts();

  constructor(
    private readonly path: string,
    { text }: Source,
    private readonly environment: Environment,
  ) {
    this.yaml = new PlacedYaml(text);
    this.folder = dirname(path);
  }

  async run(): Promise<Examined> {
    if (this.yaml.problems.length > 0) return this.answer(this.yaml.problems);
    const configuration = this.checkedByItself();
    if (configuration === null) return this.answer();
    const plugins = this.pluginsOf(configuration);
    const kinds = await this.kindsWith(plugins);
    const credentials = new Credentials(
      this.environment,
      await this.keptSecrets(configuration),
      this.secrets,
    );
    await this.checkLiterals(configuration);
    await this.checkNamed(configuration, kinds, credentials);
    this.checkConfirmations(configuration, kinds);
    const settings = this.settingsOf(configuration.set ?? {}, ["set"]);
    const gates = await this.gatesOf(configuration, kinds);
    const instruments = await this.instrumentsOf(configuration);
    const strategies = await readyStrategies(configuration, {
      folder: this.folder,
      own: kinds.own,
      settingsOf: (given, at) => this.settingsOf(given, at),
      report: (problem) => void this.problems.push(problem),
    });
    const { capital } = configuration;
    if (capital !== undefined && settings.initial_capital !== undefined)
      this.report(["set", "initial_capital"], "is said a second time", "leave it out: `capital` says it");
    return this.answer([], {
      ...{ path: this.path, folder: this.folder, configuration, plugins, kinds, credentials },
      ...{ secrets: this.secrets, strategies, gates, instruments },
      settings: { ...settings, ...(capital !== undefined && { initial_capital: capital }) },
    });
  }

  private answer(yaml: readonly PlacedProblem[] = [], ready?: ReadyConfiguration): Examined {
    const placed = [...yaml, ...this.problems.map((each) => this.yaml.placed(each))];
    const inOrder = placed.sort((a, b) => a.line - b.line || a.column - b.column);
    const missing = this.missing.map(({ name, path }) =>
      this.yaml.placed({
        ...{ path, code: "BF5202", text: `refers to ${name}, and there is no such variable` },
        hint: `set ${name} in the environment, or in the file of \`credentials\``,
      }),
    );
    return { problems: inOrder, missing, ready: inOrder.length === 0 ? ready : undefined };
  }

  private report(path: DataPath, text: string, hint: string, more: Partial<Problem> = {}): void {
    this.problems.push({ path, text, hint, ...more });
  }

  /** What can be said without a look at anything else; null where that is too much to go on. */
  private checkedByItself(): Configuration | null {
    const { data } = this.yaml;
    const plain = typeof data === "object" && data !== null && !Array.isArray(data) ? data : {};
    const outside = new Credentials(this.environment, new Map<string, Secret>(), this.secrets);
    const entries = Object.entries(plain).map(([name, each]) => {
      if ((apart as readonly string[]).includes(name)) return [name, each] as const;
      const { data: found, missing } = outside.resolve(each, () => false);
      for (const one of missing)
        this.report(
          [name, ...one.path],
          `refers to ${one.name}, and there is no such variable`,
          `set ${one.name} in the environment: only ${apart.join(", ")} may refer to the file of credentials`,
          { code: "BF5202" },
        );
      return [name, found] as const;
    });
    const given = data === plain ? Object.fromEntries(entries) : data;
    this.problems.push(
      ...schemaProblems(configurationSchema, given, [], (at) => {
        const name = at.findLast((each) => typeof each === "string");
        return !(apart as readonly unknown[]).includes(at[0]) || !isSecretName(name ?? "");
      }),
    );
    return this.problems.length > 0 ? null : configurationSchema.parse(given);
  }

  private pluginsOf({ plugins = [] }: Configuration): readonly LoadedPlugin[] {
    return plugins.flatMap((name, i) => {
      try {
        return [loadPlugin(name, resolve(this.folder))];
      } catch (error) {
        this.problems.push(problemOf(["plugins", i], error));
        return [];
      }
    });
  }

  private async kindsWith(plugins: readonly LoadedPlugin[]): Promise<Kinds> {
    try {
      return await kindsOf(plugins);
    } catch (error) {
      this.problems.push(problemOf(["plugins"], error));
      return kindsOf([]);
    }
  }

  private async keptSecrets({ credentials }: Configuration): Promise<ReadonlyMap<string, Secret>> {
    if (credentials === undefined) return new Map();
    try {
      return await readCredentials(resolve(this.folder, credentials), this.environment);
    } catch (error) {
      this.problems.push(problemOf(["credentials"], error));
      return new Map();
    }
  }

  /** A secret that stands in the file itself makes that a file of secrets, and is one as any other from then on. */
  private async checkLiterals(configuration: Configuration): Promise<void> {
    const found = apart.flatMap((part) => literalSecrets(configuration[part] ?? {}, [part]));
    if (found.length === 0) return;
    for (const { secret } of found) this.secrets.add(secret);
    const open = await openTo(this.path, this.environment);
    if (open === null) return;
    for (const { path } of found)
      this.report(
        path,
        `is a secret, and others than you may read this file (its permissions are ${open})`,
        `write a reference, such as \${${String(path.at(-1)).toUpperCase()}}, or: chmod 600 ${this.path}`,
        { code: "BF5140" },
      );
  }

  /** Exchanges, feeds and services: whether there are such kinds, and whether they take what they are told. */
  private async checkNamed(
    { exchanges = {}, feeds = {}, services = {} }: Configuration,
    kinds: Kinds,
    credentials: Credentials,
  ): Promise<void> {
    for (const [name, { venue, ...raw }] of Object.entries(exchanges)) {
      const kind = kinds.venues.get(venue);
      const path = ["exchanges", name];
      if (kind === undefined) this.unknown([...path, "venue"], venue, "venue", [...kinds.venues.keys()]);
      else this.checkOptions(readOptions(kind.schema, raw, path, credentials));
    }
    for (const [name, { kind: named, ...raw }] of Object.entries(feeds)) {
      const kind = kinds.feeds.get(named);
      const path = ["feeds", name];
      if (name in exchanges)
        this.report(path, "is the name of an exchange, too", "give the feed another", { isOfName: true });
      if (kind === undefined) this.unknown([...path, "kind"], named, "kind of feed", [...kinds.feeds.keys()]);
      else this.checkOptions(readOptions(kind.schema, raw, path, credentials));
    }
    for (const [name, raw] of Object.entries(services)) {
      const load = kinds.services.get(name);
      const path = ["services", name];
      if (load === undefined) {
        this.report(path, "is no service", namesHint(name, [...kinds.services.keys()], "the services are"), {
          isOfName: true,
        });
        continue;
      }
      const { schema } = await load();
      this.checkOptions(readOptions(schema, raw ?? {}, path, credentials));
    }
  }

  /** A name that is none would let through without a question what was to be asked. */
  private checkConfirmations({ by_hand: byHand }: Configuration, { services }: Kinds): void {
    const confirm = byHand?.confirm;
    if (confirm === undefined || typeof confirm === "string") return;
    const mouths = ["keyboard", "tradingview", ...services.keys()];
    for (const name of Object.keys(confirm))
      if (!mouths.includes(name))
        this.report(
          ["by_hand", "confirm", name],
          "is nothing that commands come by",
          namesHint(name, mouths, "they come by"),
          { isOfName: true },
        );
  }

  private checkOptions({
    problems,
    missing,
  }: {
    readonly problems: readonly Problem[];
    readonly missing: readonly MissingName[];
  }): void {
    this.problems.push(...problems);
    this.missing.push(...missing);
  }

  private unknown(path: DataPath, given: string, what: string, known: readonly string[]): void {
    this.report(path, `is \`${given}\`, and there is no such ${what}`, namesHint(given, known, "there are"));
  }

  private settingsOf(
    given: Readonly<Record<string, string | number | boolean>>,
    path: DataPath,
  ): Partial<Settings> {
    const found = Object.entries(given).map(([name, each]): Partial<Settings> => {
      try {
        const all = parseSettings({ [name]: String(each) });
        return { [name]: all[name as keyof Settings] };
      } catch (error) {
        this.problems.push(problemOf([...path, name], error));
        return {};
      }
    });
    return Object.assign({}, ...found) as Partial<Settings>;
  }

  private async gatesOf({ gates = [] }: Configuration, { own }: Kinds): Promise<readonly GateRule[]> {
    if (typeof gates === "string") {
      try {
        return await readGates(resolve(this.folder, gates), own.gates);
      } catch (error) {
        this.problems.push(problemOf(["gates"], error));
        return [];
      }
    }
    const rules: GateRule[] = [];
    for (const [i, each] of gates.entries()) {
      try {
        // With those before it, so that it is counted as it is listed.
        new Gatekeeper([...rules, each], own.gates);
        rules.push(each);
      } catch (error) {
        this.problems.push(problemOf(["gates", i], error));
      }
    }
    return rules;
  }

  private async instrumentsOf({ instruments }: Configuration): Promise<Instruments> {
    if (instruments === undefined) return {};
    try {
      return await readInstruments(resolve(this.folder, instruments));
    } catch (error) {
      this.problems.push(problemOf(["instruments"], error));
      return {};
    }
  }
}
