/*
 * The eight indicators as one would write them by hand in C, over whole columns: what the language could do at best.
 * They know no gaps, no blocks and no state to keep, and are compiled with `gcc -O3`.
 *
 *   indicators FILE BARS    FILE holds the columns high, low and close as doubles, one after the other
 *
 * Each line of input is a request. `NAME PARAMETER…` runs an indicator once and answers with the nanoseconds that its
 * loop took; `write FILE` writes what the last one put out, column after column.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef const double *restrict column;
typedef double *restrict output;

static long bars;
static const double *high, *low, *close_;
static double *outputs[3];

static void sma(column source, output out, long length) {
  double sum = 0;
  long i = 0;
  for (; i < length - 1; i++) {
    sum += source[i];
    out[i] = NAN;
  }
  for (; i < bars; i++) {
    sum += source[i];
    out[i] = sum / length;
    sum -= source[i - length + 1];
  }
}

static void ema(column source, output out, long length) {
  const double weight = 2.0 / (length + 1);
  double average = 0;
  long i = 0;
  for (; i < length - 1; i++) {
    average += source[i];
    out[i] = NAN;
  }
  average = (average + source[i]) / length;
  out[i] = average;
  for (i++; i < bars; i++) {
    average += (source[i] - average) * weight;
    out[i] = average;
  }
}

static void rsi(column source, output out, long length) {
  double gain = 0, loss = 0;
  out[0] = NAN;
  for (long i = 1; i < bars; i++) {
    const double change = source[i] - source[i - 1];
    const double up = change > 0 ? change : 0;
    const double down = change < 0 ? -change : 0;
    if (i <= length) {
      gain += up / length;
      loss += down / length;
    } else {
      gain = (gain * (length - 1) + up) / length;
      loss = (loss * (length - 1) + down) / length;
    }
    const double total = gain + loss;
    out[i] = i < length ? NAN : total == 0 ? 0 : 100 * (gain / total);
  }
}

static void macd(column source, output difference, output signal, output histogram, long fast, long slow, long smooth) {
  const double fast_weight = 2.0 / (fast + 1), slow_weight = 2.0 / (slow + 1), weight = 2.0 / (smooth + 1);
  const long complete = slow + smooth - 2;
  double fast_average = 0, slow_average = 0, average = 0;
  for (long i = 0; i < slow; i++) {
    slow_average += source[i] / slow;
    if (i >= slow - fast) fast_average += source[i] / fast;
  }
  for (long i = 0; i < complete; i++) difference[i] = signal[i] = histogram[i] = NAN;
  for (long i = slow - 1; i <= complete; i++) {
    if (i >= slow) {
      fast_average += (source[i] - fast_average) * fast_weight;
      slow_average += (source[i] - slow_average) * slow_weight;
    }
    average += (fast_average - slow_average) / smooth;
  }
  difference[complete] = fast_average - slow_average;
  signal[complete] = average;
  histogram[complete] = difference[complete] - average;
  for (long i = complete + 1; i < bars; i++) {
    fast_average += (source[i] - fast_average) * fast_weight;
    slow_average += (source[i] - slow_average) * slow_weight;
    const double apart = fast_average - slow_average;
    average += (apart - average) * weight;
    difference[i] = apart;
    signal[i] = average;
    histogram[i] = apart - average;
  }
}

static void bbands(column source, output upper, output middle, output lower, long length, double up, double down) {
  double sum = 0, squares = 0;
  long i = 0;
  for (; i < length - 1; i++) {
    sum += source[i];
    squares += source[i] * source[i];
    upper[i] = middle[i] = lower[i] = NAN;
  }
  for (; i < bars; i++) {
    sum += source[i];
    squares += source[i] * source[i];
    const double mean = sum / length;
    const double variance = squares / length - mean * mean;
    const double deviation = variance > 0 ? sqrt(variance) : 0;
    upper[i] = mean + up * deviation;
    middle[i] = mean;
    lower[i] = mean - down * deviation;
    const double oldest = source[i - length + 1];
    sum -= oldest;
    squares -= oldest * oldest;
  }
}

static inline double true_range(double top, double bottom, double previous) {
  const double above = top > previous ? top : previous;
  const double below = bottom < previous ? bottom : previous;
  return above - below;
}

static void atr(column top, column bottom, column last, output out, long length) {
  double average = 0;
  out[0] = NAN;
  for (long i = 1; i <= length; i++) {
    average += true_range(top[i], bottom[i], last[i - 1]) / length;
    out[i] = NAN;
  }
  out[length] = average;
  for (long i = length + 1; i < bars; i++) {
    average = (average * (length - 1) + true_range(top[i], bottom[i], last[i - 1])) / length;
    out[i] = average;
  }
}

static void adx(column top, column bottom, column last, output out, long length) {
  double plus = 0, minus = 0, range = 0, average = 0;
  out[0] = NAN;
  for (long i = 1; i < bars; i++) {
    const double up = top[i] - top[i - 1];
    const double down = bottom[i - 1] - bottom[i];
    const double width = true_range(top[i], bottom[i], last[i - 1]);
    const double rising = up > 0 && up > down ? up : 0;
    const double falling = down > 0 && down > up ? down : 0;
    if (i < length) {
      plus += rising;
      minus += falling;
      range += width;
    } else {
      plus = plus - plus / length + rising;
      minus = minus - minus / length + falling;
      range = range - range / length + width;
    }
    out[i] = NAN;
    if (i < length) continue;
    double index = 0;
    if (range != 0) {
      const double plus_indicator = 100 * (plus / range);
      const double minus_indicator = 100 * (minus / range);
      const double sum = plus_indicator + minus_indicator;
      if (sum != 0) index = 100 * (fabs(minus_indicator - plus_indicator) / sum);
    }
    if (i < 2 * length) {
      average += index / length;
      if (i == 2 * length - 1) out[i] = average;
    } else {
      average = (average * (length - 1) + index) / length;
      out[i] = average;
    }
  }
}

static void stoch(column top, column bottom, column last, output k, output d, long length, long slow, long smooth) {
  double *const places = malloc(slow * sizeof(double)), *const slowed = malloc(smooth * sizeof(double));
  double place_sum = 0, slowed_sum = 0;
  long highest = 0, lowest = 0, place_slot = 0, slowed_slot = 0;
  for (long i = 0; i < bars; i++) {
    if (highest <= i - length) {
      highest = i - length + 1;
      for (long j = highest + 1; j <= i; j++)
        if (top[j] >= top[highest]) highest = j;
    } else if (top[i] >= top[highest]) highest = i;
    if (lowest <= i - length) {
      lowest = i - length + 1;
      for (long j = lowest + 1; j <= i; j++)
        if (bottom[j] <= bottom[lowest]) lowest = j;
    } else if (bottom[i] <= bottom[lowest]) lowest = i;
    k[i] = d[i] = NAN;
    if (i < length - 1) continue;
    const double range = top[highest] - bottom[lowest];
    const double place = range == 0 ? 0 : 100 * ((last[i] - bottom[lowest]) / range);
    const long seen = i - length + 1;
    if (seen >= slow) place_sum -= places[place_slot];
    place_sum += places[place_slot] = place;
    if (++place_slot == slow) place_slot = 0;
    if (seen < slow - 1) continue;
    const double mean = place_sum / slow;
    if (seen >= slow - 1 + smooth) slowed_sum -= slowed[slowed_slot];
    slowed_sum += slowed[slowed_slot] = mean;
    if (++slowed_slot == smooth) slowed_slot = 0;
    if (seen < slow - 1 + smooth - 1) continue;
    k[i] = mean;
    d[i] = slowed_sum / smooth;
  }
  free(places);
  free(slowed);
}

static int run(const char *name, const double *p) {
  const long first = (long)p[0], second = (long)p[1], third = (long)p[2];
  double *const a = outputs[0], *const b = outputs[1], *const c = outputs[2];
  if (!strcmp(name, "sma")) sma(close_, a, first);
  else if (!strcmp(name, "ema")) ema(close_, a, first);
  else if (!strcmp(name, "rsi")) rsi(close_, a, first);
  else if (!strcmp(name, "macd")) macd(close_, a, b, c, first, second, third);
  else if (!strcmp(name, "bbands")) bbands(close_, a, b, c, first, p[1], p[2]);
  else if (!strcmp(name, "atr")) atr(high, low, close_, a, first);
  else if (!strcmp(name, "adx")) adx(high, low, close_, a, first);
  else if (!strcmp(name, "stoch")) stoch(high, low, close_, a, b, first, second, p[3]);
  else return 0;
  return 1;
}

static double *room(long columns) {
  double *const values = calloc(columns * bars, sizeof(double));
  if (values == NULL) exit(1);
  return values;
}

static int write_outputs(const char *path) {
  FILE *const file = fopen(path, "wb");
  if (file == NULL) return 0;
  int done = 1;
  for (int each = 0; each < 3; each++) done &= fwrite(outputs[each], sizeof(double), bars, file) == (size_t)bars;
  return fclose(file) == 0 && done;
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  bars = atol(arguments[2]);
  double *const values = room(3);
  FILE *const file = fopen(arguments[1], "rb");
  if (file == NULL || fread(values, sizeof(double), 3 * bars, file) != (size_t)(3 * bars)) return 1;
  fclose(file);
  high = values;
  low = values + bars;
  close_ = values + 2 * bars;
  for (int each = 0; each < 3; each++) outputs[each] = room(1);

  char line[4096], name[16], path[4000];
  while (fgets(line, sizeof line, stdin) != NULL) {
    double p[5] = {0};
    struct timespec start, end;
    if (sscanf(line, "write %3999[^\n]", path) == 1) {
      if (!write_outputs(path)) return 1;
      puts("0");
    } else {
      if (sscanf(line, "%15s %lf %lf %lf %lf %lf", name, &p[0], &p[1], &p[2], &p[3], &p[4]) < 1) return 1;
      clock_gettime(CLOCK_MONOTONIC, &start);
      const int known = run(name, p);
      clock_gettime(CLOCK_MONOTONIC, &end);
      if (!known) return 1;
      printf("%ld\n", (end.tv_sec - start.tv_sec) * 1000000000L + end.tv_nsec - start.tv_nsec);
    }
    fflush(stdout);
  }
  return 0;
}
