import type { AccountSetup } from "./account-setup.js";

/**
 * What two setups say differently, in words: the first that was kept, then the one that is given. Where a program lies and which
 * BitFever began it is left out.
 */
export function setupDifferences(kept: AccountSetup, given: AccountSetup): readonly string[] {
  const [before, now] = [factsOf(kept), factsOf(given)];
  const labels = new Set([...before.keys(), ...now.keys()]);
  return [...labels].flatMap((label) => {
    const [a, b] = [before.get(label), now.get(label)];
    if (a === b) return [];
    return [
      label.startsWith("program") ? `${label}${lineText(a, b)}` : `${label}: ${shown(a)} → ${shown(b)}`,
    ];
  });
}

function factsOf(setup: AccountSetup): ReadonlyMap<string, string | undefined> {
  const {
    account,
    kind,
    venue,
    settings,
    instruments,
    gates,
    programs,
    seats,
    portfolio,
    abilities,
    plugins,
  } = setup;
  const facts = new Map<string, string | undefined>([
    ["account", account],
    ["kind", kind],
    ["venue", venue],
    ["what the venue can do", JSON.stringify(abilities)],
    ["plug-ins", plugins?.map(({ name, version }) => `${name}@${version}`).join(", ")],
    ["strategies", seats.map(({ strategy, symbol }) => `${strategy} on ${symbol}`).join(", ")],
    ["instruments", JSON.stringify(instruments)],
    ["gates", JSON.stringify(gates)],
  ]);
  for (const [name, value] of Object.entries(portfolio ?? {})) facts.set(`portfolio ${name}`, String(value));
  for (const [name, value] of Object.entries(settings)) facts.set(`setting ${name}`, JSON.stringify(value));
  for (const seat of seats) {
    const { strategy, symbol, program, params, intervalMs, share, sector, reads } = seat;
    const { text, imports } = programs[program];
    facts.set(`program of ${strategy}`, text);
    for (const each of imports) facts.set(`program of ${strategy}, ${each.path}`, each.text);
    for (const [name, value] of Object.entries(params)) facts.set(`${strategy}.${name}`, String(value));
    const where = `${strategy} on ${symbol}`;
    facts.set(`share of ${where}`, String(share));
    facts.set(`sector of ${where}`, String(sector));
    facts.set(`bars of ${where}`, `${intervalMs} ms apart`);
    if (seat.filter !== undefined) facts.set(`filter of ${where}`, JSON.stringify(seat.filter));
    for (const [name, value] of Object.entries(seat.settings ?? {}))
      facts.set(`setting ${name} of ${where}`, JSON.stringify(value));
    for (const read of reads) facts.set(`bars of ${read.symbol} for ${where}`, `${read.intervalMs} ms apart`);
  }
  return facts;
}

const longest = 60;

function shown(text: string | undefined): string {
  if (text === undefined) return "nothing";
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

/** The first line in which two texts differ. */
function lineText(a = "", b = ""): string {
  const [before, now] = [a.split("\n"), b.split("\n")];
  const line = now.findIndex((each, i) => each !== before[i]);
  const at = line < 0 ? now.length : line;
  return `, line ${at + 1}: ${shown(before[at]?.trim())} → ${shown(now[at]?.trim())}`;
}
