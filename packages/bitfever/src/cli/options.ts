import { parseSettings, type Settings } from "@bitfever/engine";
import { InvalidArgumentError, Option, type Command } from "commander";
import type { ReadOptions } from "../files.js";

/** `name=value`, any number of times. */
export function collectPair(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("write it as name=value");
  return { ...before, [text.slice(0, at).trim()]: text.slice(at + 1).trim() };
}

export const collect = (text: string, before: readonly string[] = []): string[] => [...before, text];

/** A whole number that is at least so large. */
export const wholeFrom =
  (least: number) =>
  (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= least) return value;
    throw new InvalidArgumentError(`write a whole number from ${least} on`);
  };

/** A number above 0. */
export function positive(text: string): number {
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : NaN;
  if (value > 0) return value;
  throw new InvalidArgumentError("write a number above 0");
}

/** A share above 0 and below 1, written as 0.5 or 50%. */
export function share(text: string): number {
  const [, digits, percent] = /^(\d*\.?\d+)(%?)$/.exec(text) ?? [];
  const value = digits === undefined ? NaN : Number(percent === "%" ? `${digits}e-2` : digits);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError("write a share above 0 and below 1, such as 50%");
}

const dateOrders = { "day-first": "day first", "month-first": "month first" } as const;

export interface DataFlags {
  readonly data: string;
  readonly dataMode?: ReadOptions["mode"];
  readonly dataZone?: string;
  readonly dataStamp?: ReadOptions["stamp"];
  readonly dataDates?: keyof typeof dateOrders;
  readonly symbol?: string;
}

/** What every command takes that reads bars. */
export const addDataOptions = (command: Command): Command =>
  addReadOptions(
    command.requiredOption(
      "--data <path>",
      "bars: CSV (also .gz), Arrow IPC or Parquet; for a universe a folder with one file for each symbol",
    ),
  );

/** How bars are read, wherever they are. */
export function addReadOptions(command: Command): Command {
  return command
    .addOption(
      choice("--data-mode <mode>", "refuse bars with defects (the default), or drop them and say which", [
        "strict",
        "lenient",
      ]),
    )
    .option("--data-zone <zone>", "time zone of times that name none, as an IANA name; UTC by default")
    .addOption(
      choice("--data-stamp <side>", "whether times are the open (the default) or the close of their bar", [
        "open",
        "close",
      ]),
    )
    .addOption(
      choice(
        "--data-dates <order>",
        "which number of 1/2/2020 comes first, where no row tells",
        Object.keys(dateOrders),
      ),
    )
    .option("--symbol <name>", "what the bars are of; the file's name by default");
}

const choice = (flags: string, what: string, choices: readonly string[]): Option =>
  new Option(flags, what).choices(choices);

export const readOptionsOf = ({
  dataMode,
  dataZone,
  dataStamp,
  dataDates,
  symbol,
}: DataFlags): ReadOptions => ({
  mode: dataMode,
  zone: dataZone,
  stamp: dataStamp,
  dates: dataDates && dateOrders[dataDates],
  symbol,
});

export const settingsOf = ({ set = {} }: { readonly set?: Record<string, string> }): Settings =>
  parseSettings(set);
