import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compile } from "@bitfever/lang";
import { catalogue } from "@bitfever/engine";
import { Random } from "./support/random.js";

/*
 * One slip in every example of the repository: each token deleted, doubled, or replaced by one of another example. There
 * is an answer to each, and the first error mostly stands on the line of the slip. `SLIPS=all` takes every token.
 */

const folder = new URL("../examples/", import.meta.url);
const programs = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((each) => each.endsWith(".bf"))
  .sort()
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") }));

interface Token {
  readonly start: number;
  readonly text: string;
}

/** Words, numbers with their units, texts and signs; comments and blanks lie between. */
const tokensOf = (text: string): Token[] =>
  [...text.matchAll(/\/\/.*|"[^"\n]*"|[\p{L}_][\p{L}\p{N}_]*|\d[\d.]*[a-z%]*|\S/gu)]
    .filter(([each]) => !each.startsWith("//"))
    .map(({ 0: token, index }) => ({ start: index, text: token }));

const lineAt = (text: string, at: number): number => text.slice(0, at).split("\n").length;

const vocabulary = [...new Set(programs.flatMap(({ text }) => tokensOf(text).map((each) => each.text)))];
const every = process.env["SLIPS"] === "all" ? 1 : 9;

const slips: Readonly<Record<string, (token: string, random: Random) => string>> = {
  deleted: () => "",
  doubled: (token) => `${token} ${token}`,
  replaced: (token, random) => random.pick(vocabulary.filter((each) => each !== token)),
};

describe("one slip in an example", { timeout: 1_200_000 }, () => {
  test("there are many examples, and all of them are sound", () => {
    expect(programs.length).toBeGreaterThan(40);
    for (const { name, text } of programs) {
      const errors = compile({ name, text }, catalogue).diagnostics.filter(
        (each) => each.severity === "error",
      );
      expect([name, errors.map((each) => each.message)]).toEqual([name, []]);
    }
  });

  test.each(Object.entries(slips))("a token %s", (name, slip) => {
    const random = new Random(7);
    const distances: number[] = [];
    let all = 0;
    for (const { name: file, text } of programs)
      for (const [i, token] of tokensOf(text).entries()) {
        if (i % every !== 0) continue;
        const { start } = token;
        const broken =
          text.slice(0, start) + slip(token.text, random) + text.slice(start + token.text.length);
        const { program, diagnostics } = compile({ name: file, text: broken }, catalogue);
        const errors = diagnostics.filter((each) => each.severity === "error");
        all++;
        // What is not a program has a reason.
        expect([broken, program === null]).toEqual([broken, errors.length > 0]);
        if (errors.length > 0)
          distances.push(Math.abs(lineAt(broken, errors[0].span.start) - lineAt(text, start)));
      }
    distances.sort((a, b) => a - b);
    const at = (share: number): number => distances[Math.floor((distances.length - 1) * share)];
    console.info(
      `token ${name}: ${all} programs, ${distances.length} refused; lines from the slip to the first error: ` +
        `median ${at(0.5)}, 90 % within ${at(0.9)}`,
    );
    expect(at(0.5)).toBeLessThanOrEqual(1);
    expect(distances.length).toBeGreaterThan(all * 0.8);
  });
});
