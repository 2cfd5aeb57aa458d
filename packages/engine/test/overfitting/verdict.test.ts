import { describe, expect, it } from "vitest";
import { verdictOn, type VerdictInput } from "../../src/overfitting/verdict.js";

const sound: VerdictInput = {
  trials: 1000,
  effectiveTrials: 118.4,
  sessions: 1250,
  realityCheck: { chosen: 0.002 },
  deflatedSharpe: 0.97,
  overfitting: { probability: 0.08, probabilityOfLoss: 0.01 },
  plateau: { score: 0.8 },
};

describe("a verdict in words", () => {
  it("is an edge where nothing speaks for chance", () => {
    expect(verdictOn(sound)).toEqual({
      word: "edge",
      why: "Chance alone makes the best of 1000 trials (as 118 independent ones) as good in 0.2% of draws, the deflated Sharpe ratio is 97% and the probability of overfitting is 8%.",
      level: 0.05,
    });
  });

  it("is luck where the best of so many tries is as good by chance, whatever else looks well", () => {
    expect(verdictOn({ ...sound, realityCheck: { chosen: 0.31 } })).toEqual({
      word: "luck",
      why: "Chance alone makes the best of 1000 trials (as 118 independent ones) as good in 31% of draws.",
      level: 0.05,
    });
    expect(verdictOn({ ...sound, realityCheck: { chosen: 0.05 } }).word).toBe("edge");
    expect(verdictOn({ ...sound, realityCheck: { chosen: 0.05 }, level: 0.01 }).word).toBe("luck");
  });

  it.each<[string, Partial<VerdictInput>, string]>([
    [
      "a deflated Sharpe ratio too low",
      { deflatedSharpe: 0.9 },
      "the deflated Sharpe ratio is 90% after 1250 sessions",
    ],
    [
      "none",
      { deflatedSharpe: { reason: "too lopsided" } },
      "the deflated Sharpe ratio is not known (too lopsided)",
    ],
    [
      "losses out of sample",
      { overfitting: { probability: 0.5, probabilityOfLoss: 0.4 } },
      "what was best in one half of the sessions lost in the other in 40% of splits",
    ],
    ["a lonely peak", { plateau: { score: 0.2 } }, "its neighbours keep 20% of its value"],
    ["permuted bars", { permutation: 0.2 }, "permuted bars do as well in 20% of runs"],
    ["a walk", { outOfSample: 0.6 }, "out of sample its Sharpe ratio is above 0 with a certainty of 60%"],
  ])("is open for %s", (_, wrong, said) => {
    const { word, why } = verdictOn({ ...sound, ...wrong });
    expect(word).toBe("undecided");
    expect(why).toBe(
      `Chance alone makes the best of 1000 trials (as 118 independent ones) as good in 0.2% of draws, but ${said}.`,
    );
  });

  it("names all doubts", () => {
    const { why } = verdictOn({ ...sound, deflatedSharpe: 0.9, permutation: 0.2, plateau: { score: 0 } });
    expect(why).toContain("after 1250 sessions, its neighbours keep 0% of its value and permuted bars");
  });

  it("does not mind that all are equally good, nor numbers that are not known", () => {
    const unknown = { reason: "of one trial nothing is chosen" };
    const others = { overfitting: unknown, plateau: unknown, outOfSample: unknown };
    expect(verdictOn({ ...sound, overfitting: { probability: 0.6, probabilityOfLoss: 0.01 } }).word).toBe(
      "edge",
    );
    expect(verdictOn({ ...sound, ...others, trials: 1, effectiveTrials: 1 }).why).toBe(
      "Chance alone makes the best of 1 trial as good in 0.2% of draws, the deflated Sharpe ratio is 97%.",
    );
    expect(verdictOn({ ...sound, realityCheck: unknown })).toMatchObject({
      word: "undecided",
      why: "What chance alone shows is not known: of one trial nothing is chosen.",
    });
  });

  it("rounds nothing to all or none", () => {
    const { why } = verdictOn({ ...sound, realityCheck: { chosen: 0.0001 }, deflatedSharpe: 0.99999 });
    expect(why).toContain("in less than 0.1% of draws");
    expect(why).toContain("more than 99.9%");
  });

  it("refuses a level that is none", () => {
    for (const level of [0, 1, -1, NaN])
      expect(() => verdictOn({ ...sound, level })).toThrow(
        expect.objectContaining({ code: "BF5125" }) as Error,
      );
  });
});
