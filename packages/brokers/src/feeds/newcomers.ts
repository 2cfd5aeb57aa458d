/** Says of ids whether they came for the first time, as far as so many of the newest are remembered. */
export function newcomers(remembered: number): (id: string) => boolean {
  const known = new Set<string>();
  return (id) => {
    if (known.has(id)) return false;
    known.add(id);
    const [oldest] = known;
    if (known.size > remembered) known.delete(oldest);
    return true;
  };
}
