import { Bell } from "./bell.js";

/** Asks again and again, and yields each answer, or undefined at each beat of the clock that comes without one. */
export async function* answersOrBeats<Answer>(
  ask: () => Promise<Answer>,
): AsyncGenerator<Answer | undefined, never, void> {
  // One bell for all of them: a race with a timer for each answer keeps as many timers as answers come in a beat.
  const bell = new Bell();
  let answer: { readonly it: Answer } | undefined;
  const listen = (): void => {
    void ask().then((it) => {
      answer = { it };
      bell.ring();
    });
  };
  listen();
  for (;;) {
    if (answer === undefined) await bell.next();
    const heard = answer;
    answer = undefined;
    if (heard !== undefined) listen();
    yield heard?.it;
  }
}
