import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

export interface TestFolder {
  readonly at: (name: string) => string;
  /** Writes a file, for its owner alone where nothing else is said. */
  readonly put: (name: string, text: string, mode?: number) => string;
}

/** A folder of its own for a test, that goes with it. */
export function testFolder(): TestFolder {
  const root = mkdtempSync(join(tmpdir(), "bitfever-configuration-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const at = (name: string): string => join(root, name);
  return {
    at,
    put: (name, text, mode = 0o600) => {
      mkdirSync(dirname(at(name)), { recursive: true });
      writeFileSync(at(name), text);
      chmodSync(at(name), mode);
      return at(name);
    },
  };
}

export const up =
  'strategy "Up" on 1m {\n  enter long when close > open { unprotected }\n  exit long when close < open\n}\n';

/** A whole account, of which a test changes what it is about. */
export const account = `account: mine
capital: 1000
exchanges:
  main:
    venue: binance futures
    api_key: \${KEY}
    secret: \${SECRET}
strategies:
  - program: up.bf
    symbols: [BTCUSDT]
`;
