/**
 * A random on-off sequence with as many sessions on, in as many spells, as a given one, so that the share of time on and
 * the mean length of a spell are the same to the last digit. Every such sequence is as likely as any other.
 *
 * The sessions on are cut into spells of at least one, those off into the gaps around them: at least one between two
 * spells, and any number, none too, before the first and after the last.
 *
 * @source the places of the cuts are a random choice without putting back: Fisher & Yates; "stars and bars" (Feller 1968)
 */
export function randomSpells(like: Uint8Array, random: () => number): Uint8Array {
  const total = like.length;
  const spells = spellsOf(like);
  const drawn = new Uint8Array(total);
  if (spells === 0) return drawn;
  const on = like.reduce((sum, each) => sum + each, 0);
  const lengths = parts(on, spells, random);
  // With one more session off at each end there are gaps of at least one everywhere.
  const gaps = parts(total - on + 2, spells + 1, random);
  let at = gaps[0] - 1;
  lengths.forEach((length, i) => {
    drawn.fill(1, at, at + length);
    at += length + gaps[i + 1];
  });
  return drawn;
}

/** How many spells of sessions on there are. */
export function spellsOf(on: Uint8Array): number {
  let spells = 0;
  for (let i = 0; i < on.length; i++) if (on[i] === 1 && (i === 0 || on[i - 1] === 0)) spells++;
  return spells;
}

/** A whole number as a sum of so many, each at least one; every way to write it is as likely as any other. */
function parts(whole: number, count: number, random: () => number): number[] {
  const places = Array.from({ length: whole - 1 }, (_, i) => i + 1);
  for (let i = 0; i < count - 1; i++) {
    const other = i + Math.floor(random() * (places.length - i));
    [places[i], places[other]] = [places[other], places[i]];
  }
  const cuts = [0, ...places.slice(0, count - 1).sort((a, b) => a - b), whole];
  return Array.from({ length: count }, (_, i) => cuts[i + 1] - cuts[i]);
}
