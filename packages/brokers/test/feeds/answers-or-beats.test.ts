import { expect, test } from "vitest";
import { answersOrBeats } from "../../src/feeds/answers-or-beats.js";
import { wait } from "../../src/wait.js";

const timersNow = (): number => process.getActiveResourcesInfo().filter((each) => each === "Timeout").length;

test("a thousand answers between two beats leave no timers behind", async () => {
  const before = timersNow();
  let asked = 0;
  const heard: (number | undefined)[] = [];
  for await (const answer of answersOrBeats(() => Promise.resolve(++asked))) {
    heard.push(answer);
    if (heard.length === 1_000) break;
  }
  expect(heard).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
  expect(timersNow()).toBeLessThanOrEqual(before + 1);
});

test("a beat comes without an answer, and an answer that comes while nobody waits is not lost", async () => {
  let answer: (it: string) => void = () => undefined;
  const told = answersOrBeats(() => new Promise<string>((resolve) => (answer = resolve)));
  expect((await told.next()).value).toBeUndefined();
  answer("first");
  await wait(1);
  expect((await told.next()).value).toBe("first");
  const second = told.next();
  answer("second");
  expect((await second).value).toBe("second");
});
