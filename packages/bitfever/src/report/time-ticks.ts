const day = 86_400_000;

export interface TimeTick {
  readonly time: number;
  readonly label: string;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const yearOf = (time: number): number => new Date(time).getUTCFullYear();
const monthOf = (time: number): number => yearOf(time) * 12 + new Date(time).getUTCMonth();

/** Beginnings of years, months, days or minutes of UTC inside a range, round ones, at most `most`. */
export function timeTicks(from: number, to: number, most: number): readonly TimeTick[] {
  for (const every of [1, 3, 6, 12, 24, 36, 60, 120, 240, 600, 1200]) {
    const first = Math.ceil((monthOf(from - 1) + 1) / every) * every;
    const count = Math.floor((monthOf(to) - first) / every) + 1;
    if (every === 1 && count < 2) break;
    if (count > most) continue;
    return Array.from({ length: Math.max(0, count) }, (_, i) => {
      const month = first + i * every;
      const [year, inYear] = [Math.floor(month / 12), ((month % 12) + 12) % 12];
      return {
        time: Date.UTC(year, inYear),
        label: inYear === 0 ? String(year) : `${months[inYear]} ${year}`,
      };
    });
  }
  const minute = 60_000;
  for (const step of [1, 5, 15, 60, 180, 360, 720, 1440, 2880, 10_080].map((minutes) => minutes * minute)) {
    const first = Math.ceil(from / step) * step;
    const count = Math.floor((to - first) / step) + 1;
    if (count > most) continue;
    return Array.from({ length: Math.max(0, count) }, (_, i) => {
      const time = first + i * step;
      const iso = new Date(time).toISOString();
      return { time, label: time % day === 0 ? iso.slice(0, 10) : iso.slice(11, 16) };
    });
  }
  return [];
}
