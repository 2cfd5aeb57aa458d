/*
 * The strategies of W1, W2 and W3 as one would write them by hand in C, from columns to trades, equity and every metric
 * (`metrics.h`): what the language could do at best. Compiled with `gcc -O3 -march=native`.
 *
 *   backtest FILE BARS MILLISECONDS    FILE holds the columns time, open, high, low and close as doubles, one after the
 *                                      other; so many milliseconds lie between two bars
 *
 * Each line of input is a request. `cross FAST SLOW` and `reversal` run a strategy once, `sweep FAST… ` all pairs of a fast and
 * a slow length; each answers with the nanoseconds it took by the clock and of the processor. `write FILE` writes the trades of
 * the last run, five doubles each, and then its metrics, in their order.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "metrics.h"

static const double rate = 0.001, capital = 100000;

static struct bars bars;
static struct run run;

static inline double least(double a, double b) { return a < b ? a : b; }

static inline void enter(long bar, double price, double wanted, double *cash, double *quantity) {
  *quantity = least(wanted, *cash / (price * (1 + rate)));
  const double value = *quantity * price;
  *cash -= value + value * rate;
  run.trades[run.count++] =
      (struct trade){.entry_bar = bar, .exit_bar = -1, .entry_price = price, .quantity = *quantity, .commission = value * rate};
}

static inline void leave(long bar, double price, double *cash, double *quantity) {
  struct trade *const trade = &run.trades[run.count - 1];
  const double value = *quantity * price;
  *cash += value - value * rate;
  trade->exit_bar = bar;
  trade->exit_price = price;
  trade->commission += value * rate;
  trade->profit = *quantity * (price - trade->entry_price) - trade->commission;
  *quantity = 0;
}

static void cross(long fast, long slow) {
  column open = bars.open, close = bars.close;
  double *restrict equity = run.equity;
  double cash = capital, quantity = 0, wanted = 0, fast_sum = 0, slow_sum = 0, before = NAN;
  long held = 0;
  run.count = 0;
  for (long i = 0; i < bars.length; i++) {
    if (wanted != 0) {
      if (wanted > 0) enter(i, open[i], wanted, &cash, &quantity);
      else leave(i, open[i], &cash, &quantity);
      wanted = 0;
    }
    const double last = close[i];
    equity[i] = cash + quantity * last;
    held += quantity > 0;

    fast_sum += last;
    slow_sum += last;
    if (i >= slow - 1) {
      const double difference = fast_sum / fast - slow_sum / slow;
      if (difference > 0 && before <= 0) {
        if (quantity == 0) wanted = cash / last;
      } else if (difference < 0 && before >= 0 && quantity > 0) wanted = -1;
      before = difference;
      slow_sum -= close[i - slow + 1];
    }
    if (i >= fast - 1) fast_sum -= close[i - fast + 1];
  }
  run.held = held;
}

static void reversal(void) {
  enum { span = 20, momentum = 14, range = 14 };
  column open = bars.open, high = bars.high, low = bars.low, close = bars.close;
  double *restrict equity = run.equity;
  double cash = capital, quantity = 0, wanted = 0, stop = 0, sum = 0, squares = 0, gain = 0, loss = 0, atr = 0;
  long held = 0;
  run.count = 0;
  for (long i = 0; i < bars.length; i++) {
    if (wanted > 0) enter(i, open[i], wanted, &cash, &quantity);
    // A gap through the stop fills at the open.
    if (quantity > 0 && (wanted < 0 || low[i] <= stop))
      leave(i, wanted < 0 ? open[i] : least(open[i], stop), &cash, &quantity);
    wanted = 0;
    const double last = close[i];
    equity[i] = cash + quantity * last;
    held += quantity > 0;

    sum += last;
    squares += last * last;
    if (i > 0) {
      const double previous = close[i - 1], change = last - previous;
      const double rise = change > 0 ? change : 0, fall = change < 0 ? -change : 0;
      const double width = (high[i] > previous ? high[i] : previous) - (low[i] < previous ? low[i] : previous);
      if (i <= momentum) {
        gain += rise / momentum;
        loss += fall / momentum;
        atr += width / range;
      } else {
        gain += (rise - gain) / momentum;
        loss += (fall - loss) / momentum;
        atr += (width - atr) / range;
      }
    }
    if (i >= span - 1) {
      const double mean = sum / span;
      if (quantity > 0) {
        if (last > mean) wanted = -1;
      } else if (last < mean && gain < 0.3 * (gain + loss)) {
        const double variance = squares / span - mean * mean;
        if (variance > 0 && last < mean - 2 * sqrt(variance)) {
          wanted = cash / last;
          stop = last - 2 * atr;
        }
      }
      const double oldest = close[i - span + 1];
      sum -= oldest;
      squares -= oldest * oldest;
    }
  }
  run.held = held;
}

static double *room(long count) {
  double *const values = calloc(count, sizeof(double));
  if (values == NULL) exit(1);
  return values;
}

static int write_run(const char *path) {
  FILE *const file = fopen(path, "wb");
  if (file == NULL) return 0;
  for (long i = 0; i < run.count; i++) {
    const struct trade *const t = &run.trades[i];
    const double row[5] = {t->entry_bar, t->entry_price, t->exit_bar, t->exit_bar < 0 ? NAN : t->exit_price, t->profit};
    fwrite(row, sizeof(double), 5, file);
  }
  fwrite(run.metrics, sizeof(double), metric_count, file);
  return fclose(file) == 0;
}

static long nanoseconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * 1000000000L + now.tv_nsec;
}

/* All pairs of two arithmetic sequences of lengths in which the fast one is shorter; their net profits add up to a check. */
static double sweep(const long *p) {
  double sum = 0;
  for (long fast = p[0]; fast <= p[1]; fast += p[2])
    for (long slow = p[3]; slow <= p[4]; slow += p[5]) {
      if (fast >= slow) continue;
      cross(fast, slow);
      measure(&bars, &run, capital);
      sum += run.metrics[0];
    }
  return sum;
}

static int answer(const char *name, const long *p, double *check) {
  if (!strcmp(name, "cross")) cross(p[0], p[1]);
  else if (!strcmp(name, "reversal")) reversal();
  else if (!strcmp(name, "sweep")) {
    *check = sweep(p);
    return 1;
  } else return 0;
  measure(&bars, &run, capital);
  *check = run.metrics[0];
  return 1;
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  bars.length = atol(arguments[2]);
  bars.interval = atof(arguments[3]);
  const long length = bars.length;
  double *const values = room(5 * length);
  FILE *const file = fopen(arguments[1], "rb");
  if (file == NULL || fread(values, sizeof(double), 5 * length, file) != (size_t)(5 * length)) return 1;
  fclose(file);
  bars.time = values;
  bars.open = values + length;
  bars.high = values + 2 * length;
  bars.low = values + 3 * length;
  bars.close = values + 4 * length;
  run.equity = room(length);
  run.trades = malloc(length * sizeof(struct trade));
  if (run.trades == NULL) return 1;

  char line[4096], name[16], path[4000];
  while (fgets(line, sizeof line, stdin) != NULL) {
    long p[6] = {0};
    double check = 0;
    if (sscanf(line, "write %3999[^\n]", path) == 1) {
      if (!write_run(path)) return 1;
      printf("%ld %ld\n", run.count, (long)metric_count);
    } else {
      if (sscanf(line, "%15s %ld %ld %ld %ld %ld %ld", name, &p[0], &p[1], &p[2], &p[3], &p[4], &p[5]) < 1) return 1;
      const long clock = nanoseconds(CLOCK_MONOTONIC), used = nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
      if (!answer(name, p, &check)) return 1;
      const long spent = nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - used;
      printf("%ld %ld %.17g\n", nanoseconds(CLOCK_MONOTONIC) - clock, spent, check);
    }
    fflush(stdout);
  }
  return 0;
}
