/*
 * Every metric of a run without deposits that only buys, by the formulas of the reference page, NaN where there is too little
 * to tell. Sessions are the days of UTC.
 */
#include <math.h>
#include <stdlib.h>
#include <time.h>

typedef const double *restrict column;

struct bars {
  long length;
  /* Milliseconds between two bars. */
  double interval;
  const double *time, *open, *high, *low, *close;
};

struct trade {
  /* The exit of an open trade is -1. */
  long entry_bar, exit_bar;
  double entry_price, exit_price, quantity, profit, commission;
};

/* In the order in which they are written; `by-hand/c.ts` reads the names here. */
#define METRICS(each)                                                                                                  \
  each(net_profit) each(total_return) each(cagr) each(money_weighted_return) each(buy_and_hold_return) each(alpha)      \
  each(best_session) each(worst_session) each(positive_sessions) each(best_month) each(worst_month)                    \
  each(positive_months) each(max_drawdown) each(max_drawdown_money) each(max_drawdown_duration)                        \
  each(average_drawdown) each(average_drawdown_duration) each(time_under_water) each(pain_index) each(ulcer_index)     \
  each(volatility) each(downside_deviation) each(value_at_risk_95) each(expected_shortfall_95) each(beta)              \
  each(benchmark_correlation) each(tracking_error) each(sharpe) each(probabilistic_sharpe) each(deflated_sharpe)       \
  each(sortino) each(calmar) each(martin_ratio) each(pain_ratio) each(burke_ratio) each(omega) each(gain_to_pain)      \
  each(treynor) each(information_ratio) each(recovery_factor) each(skewness) each(kurtosis) each(tail_ratio)           \
  each(stability) each(trades) each(open_trades) each(long_trades) each(short_trades) each(trades_per_year)            \
  each(win_rate) each(long_win_rate) each(short_win_rate) each(gross_profit) each(gross_loss) each(long_net_profit)    \
  each(short_net_profit) each(profit_factor) each(expectancy) each(expectancy_ratio) each(average_win)                 \
  each(average_loss) each(payoff_ratio) each(kelly) each(largest_win) each(largest_loss) each(best_trade)              \
  each(worst_trade) each(average_trade_return) each(average_adverse_excursion) each(average_favourable_excursion)      \
  each(longest_winning_streak) each(longest_losing_streak) each(average_bars_held) each(average_winning_bars)          \
  each(average_losing_bars) each(sqn) each(exposure) each(turnover) each(commission_paid)

#define PLACE(name) name##_,
enum { METRICS(PLACE) metric_count };

struct run {
  double *equity;
  struct trade *trades;
  long count;
  /* Bars that close with a position. */
  long held;
  double metrics[metric_count];
};

static const double day = 86400000, year = 365.25 * 86400000;

static void measure_falls(const struct bars *bars, const struct run *run, double capital, double growth, double *m) {
  column equity = run->equity, time = bars->time;
  const long length = bars->length;
  double deepest = 0, depths = 0, squared_depths = 0, largest = 0, longest = 0, total = 0, sum = 0, squares = 0;
  double peak = capital;
  long count = 0, below = 0;
  for (long i = 0; i < length;) {
    if (equity[i] >= peak) {
      peak = equity[i++];
      continue;
    }
    const double since = i == 0 ? time[0] : time[i - 1] + bars->interval;
    const long first = i;
    double lowest = equity[i], money = 0, squared = 0;
    for (; i < length && equity[i] < peak; i++) {
      const double fall = peak - equity[i];
      money += fall;
      squared += fall * fall;
      lowest = equity[i] < lowest ? equity[i] : lowest;
    }
    const double depth = (peak - lowest) / peak;
    const double lasted = time[i < length ? i : length - 1] + bars->interval - since;
    count++;
    depths += depth;
    squared_depths += depth * depth;
    total += lasted;
    below += i - first;
    sum += money / peak;
    squares += squared / (peak * peak);
    deepest = fmax(deepest, depth);
    largest = fmax(largest, peak - lowest);
    longest = fmax(longest, lasted);
  }
  const double ulcer = sqrt(squares / length), pain = sum / length;
  m[max_drawdown_] = deepest;
  m[max_drawdown_money_] = largest;
  m[max_drawdown_duration_] = longest / day;
  m[average_drawdown_] = depths / count;
  m[average_drawdown_duration_] = total / count / day;
  m[time_under_water_] = (double)below / length;
  m[pain_index_] = pain;
  m[ulcer_index_] = ulcer;
  m[calmar_] = growth / deepest;
  m[martin_ratio_] = growth / ulcer;
  m[pain_ratio_] = growth / pain;
  m[burke_ratio_] = growth / sqrt(squared_depths);
  m[recovery_factor_] = m[net_profit_] / largest;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double quantile(const double *sorted, long count, double share) {
  const double place = (count - 1) * share;
  const long lower = (long)place, upper = lower + (place > lower);
  return sorted[lower] + (place - lower) * (sorted[upper] - sorted[lower]);
}

static double normal_share(double deviations) {
  if (fabs(deviations) > 8) return deviations < 0 ? 0 : 1;
  double sum = deviations, term = deviations, before = NAN;
  for (double odd = 3; sum != before; odd += 2) {
    before = sum;
    term *= deviations * deviations / odd;
    sum += term;
  }
  return 0.5 + sum * exp(-deviations * deviations / 2) / sqrt(2 * M_PI);
}

static int month_of(double milliseconds) {
  const time_t seconds = (time_t)(milliseconds / 1000);
  struct tm date;
  gmtime_r(&seconds, &date);
  return date.tm_mon;
}

/* What is told from the account at the ends of days and months; the mean of the account. */
static double measure_days(const struct bars *bars, const struct run *run, double capital, double *m) {
  column time = bars->time, close = bars->close, equity = run->equity;
  const long length = bars->length, most = (long)((time[length - 1] - time[0]) / day) + 2;
  double *const own = malloc(4 * (most + 1) * sizeof(double));
  if (own == NULL) exit(1);
  double *const market = own + most, *const logs = market + most, *const sorted = logs + most + 1;
  long n = 0, weekdays[7] = {0}, months = 0, months_risen = 0;
  double worth = capital, price = bars->open[0], month_worth = capital, equity_sum = capital, log_sum = 0;
  double month_sum = 0, month_losses = 0, best_month = -INFINITY, worst_month = INFINITY;
  logs[0] = 0;
  for (long i = 0; i < length; n++) {
    const long today = (long)floor(time[i] / day);
    const double midnight = (today + 1) * day;
    weekdays[(today + 4) % 7]++;
    while (i < length && time[i] < midnight) i++;
    own[n] = equity[i - 1] / worth - 1;
    market[n] = close[i - 1] / price - 1;
    log_sum += logs[n + 1] = log(equity[i - 1] / capital);
    worth = equity[i - 1];
    price = close[i - 1];
    equity_sum += worth;
    if (i == length || month_of(time[i]) != month_of(midnight - day)) {
      const double earned = worth / month_worth - 1;
      months++;
      month_sum += earned;
      if (earned < 0) month_losses -= earned;
      months_risen += earned > 0;
      best_month = fmax(best_month, earned);
      worst_month = fmin(worst_month, earned);
      month_worth = worth;
    }
  }
  if (months >= 3) {
    m[best_month_] = best_month;
    m[worst_month_] = worst_month;
    m[positive_months_] = (double)months_risen / months;
    if (month_losses > 0) m[gain_to_pain_] = month_sum / month_losses;
  }
  if (n >= 30) {
    const long weekend = weekdays[0] < weekdays[6] ? weekdays[0] : weekdays[6];
    const double per_year = weekend * 14 >= n ? 365 : 252, root = sqrt(per_year);
    double sum = 0, market_sum = 0, up = 0, down = 0, down_squares = 0;
    long risen = 0;
    for (long i = 0; i < n; i++) {
      sum += own[i];
      market_sum += market[i];
      if (own[i] > 0) {
        up += own[i];
        risen++;
      } else {
        down -= own[i];
        down_squares += own[i] * own[i];
      }
    }
    const double mean = sum / n, market_mean = market_sum / n;
    double second = 0, third = 0, fourth = 0, market_second = 0, both = 0, ahead = 0;
    for (long i = 0; i < n; i++) {
      const double a = own[i] - mean, b = market[i] - market_mean;
      second += a * a;
      third += a * a * a;
      fourth += a * a * a * a;
      market_second += b * b;
      both += a * b;
      ahead += (a - b) * (a - b);
    }
    const double spread = sqrt(second / (n - 1)), ahead_spread = sqrt(ahead / (n - 1)), beta = both / market_second;
    const double downside = sqrt(down_squares / n), skew = third / n / pow(second / n, 1.5);
    const double tailed = fourth / n / (second / n * (second / n)), ratio = mean / spread;
    const double error = 1 - skew * ratio + (tailed - 1) / 4 * ratio * ratio;
    const double log_mean = log_sum / (n + 1), middle = n / 2.0;
    double across = 0, along = 0, straight = 0;
    for (long i = 0; i <= n; i++) {
      const double a = logs[i] - log_mean, b = i - middle;
      across += a * a;
      along += b * b;
      straight += a * b;
    }
    for (long i = 0; i < n; i++) sorted[i] = own[i];
    qsort(sorted, n, sizeof(double), ascending);
    m[alpha_] = (mean - beta * market_mean) * per_year;
    m[best_session_] = sorted[n - 1];
    m[worst_session_] = sorted[0];
    m[positive_sessions_] = (double)risen / n;
    m[volatility_] = spread * root;
    m[downside_deviation_] = downside * root;
    m[beta_] = beta;
    m[benchmark_correlation_] = both / sqrt(second * market_second);
    m[tracking_error_] = ahead_spread * root;
    m[sharpe_] = ratio * root;
    m[probabilistic_sharpe_] = m[deflated_sharpe_] = normal_share(ratio * sqrt((n - 1) / error));
    m[sortino_] = mean / downside * root;
    m[omega_] = up / down;
    m[treynor_] = mean * per_year / beta;
    m[information_ratio_] = (mean - market_mean) / ahead_spread * root;
    m[skewness_] = n * third / ((n - 1.0) * (n - 2) * pow(spread, 3));
    m[kurtosis_] = (n - 1.0) / ((n - 2.0) * (n - 3)) * (n * (n + 1.0) * fourth / (second * second) - 3 * (n - 1));
    m[stability_] = straight * straight / (across * along);
    if (n >= 100) {
      const double fifth = quantile(sorted, n, 0.05), top = quantile(sorted, n, 0.95);
      double tail = 0;
      long count = 0;
      for (; sorted[count] <= fifth; count++) tail += sorted[count];
      m[value_at_risk_95_] = -fifth;
      m[expected_shortfall_95_] = -tail / count;
      m[tail_ratio_] = fabs(top) / fabs(fifth);
    }
  }
  free(own);
  return equity_sum / (n + 1);
}

/* The value of all that was traded. */
static double measure_trades(const struct bars *bars, const struct run *run, double *m) {
  column high = bars->high, low = bars->low, close = bars->close;
  long closed = 0, wins = 0, losses = 0, winning = 0, losing = 0, most_wins = 0, most_losses = 0;
  long lasting = 0, winning_bars = 0, losing_bars = 0;
  double gained = 0, lost = 0, largest_win = 0, largest_loss = 0, best = -INFINITY, worst = INFINITY, returns = 0;
  double adverse = 0, favourable = 0, commissions = 0, traded = 0, profits = 0;
  for (long i = 0; i < run->count; i++) {
    const struct trade t = run->trades[i];
    const double value = t.quantity * t.entry_price;
    commissions += t.commission;
    traded += value;
    if (t.exit_bar < 0) continue;
    const long lasted = t.exit_bar - t.entry_bar;
    traded += t.quantity * t.exit_price;
    closed++;
    profits += t.profit;
    lasting += lasted;
    if (t.profit > 0) {
      wins++;
      gained += t.profit;
      winning_bars += lasted;
      largest_win = fmax(largest_win, t.profit);
      if (++winning > most_wins) most_wins = winning;
      losing = 0;
    } else if (t.profit < 0) {
      losses++;
      lost -= t.profit;
      losing_bars += lasted;
      largest_loss = fmax(largest_loss, -t.profit);
      if (++losing > most_losses) most_losses = losing;
      winning = 0;
    } else winning = losing = 0;
    const double earned = t.profit / value;
    returns += earned;
    best = fmax(best, earned);
    worst = fmin(worst, earned);
    double highest = t.exit_price > t.entry_price ? t.exit_price : t.entry_price;
    double lowest = t.exit_price < t.entry_price ? t.exit_price : t.entry_price;
    if (t.exit_bar > t.entry_bar) {
      highest = close[t.entry_bar] > highest ? close[t.entry_bar] : highest;
      lowest = close[t.entry_bar] < lowest ? close[t.entry_bar] : lowest;
    }
    for (long bar = t.entry_bar + 1; bar < t.exit_bar; bar++) {
      highest = high[bar] > highest ? high[bar] : highest;
      lowest = low[bar] < lowest ? low[bar] : lowest;
    }
    favourable += highest / t.entry_price - 1;
    adverse += 1 - lowest / t.entry_price;
  }
  const double mean = profits / closed, win = gained / wins, loss = lost / losses, won = (double)wins / closed;
  m[trades_] = m[long_trades_] = closed;
  m[open_trades_] = run->count - closed;
  m[short_trades_] = m[short_net_profit_] = 0;
  m[win_rate_] = m[long_win_rate_] = won;
  m[gross_profit_] = gained;
  m[gross_loss_] = lost;
  m[long_net_profit_] = profits;
  if (losses > 0) m[profit_factor_] = gained / lost;
  m[expectancy_] = mean;
  m[expectancy_ratio_] = mean / loss;
  m[average_win_] = win;
  m[average_loss_] = loss;
  m[payoff_ratio_] = win / loss;
  if (wins > 0) m[largest_win_] = largest_win;
  if (losses > 0) m[largest_loss_] = largest_loss;
  if (closed > 0) {
    m[best_trade_] = best;
    m[worst_trade_] = worst;
  }
  m[average_trade_return_] = returns / closed;
  m[average_adverse_excursion_] = adverse / closed;
  m[average_favourable_excursion_] = favourable / closed;
  m[longest_winning_streak_] = most_wins;
  m[longest_losing_streak_] = most_losses;
  m[average_bars_held_] = (double)lasting / closed;
  m[average_winning_bars_] = (double)winning_bars / wins;
  m[average_losing_bars_] = (double)losing_bars / losses;
  m[commission_paid_] = commissions;
  if (closed >= 30) {
    double squares = 0;
    for (long i = 0; i < run->count; i++) {
      const double apart = run->trades[i].profit - mean;
      if (run->trades[i].exit_bar >= 0) squares += apart * apart;
    }
    m[kelly_] = won - (1 - won) / (win / loss);
    m[sqn_] = sqrt(closed) * mean / sqrt(squares / (closed - 1));
  }
  return traded;
}

static void measure(const struct bars *bars, struct run *run, double capital) {
  double *const m = run->metrics;
  const long last = bars->length - 1;
  const double end = run->equity[last], years = (bars->time[last] + bars->interval - bars->time[0]) / year;
  const int enough = years * 365.25 >= 30;
  const double growth = enough ? pow(end / capital, 1 / years) - 1 : NAN;
  for (int i = 0; i < metric_count; i++) m[i] = NAN;
  m[net_profit_] = end - capital;
  m[total_return_] = end / capital - 1;
  m[cagr_] = growth;
  m[buy_and_hold_return_] = bars->close[last] / bars->close[0] - 1;
  m[exposure_] = (double)run->held / bars->length;
  measure_falls(bars, run, capital, growth, m);
  const double mean = measure_days(bars, run, capital, m);
  const double traded = measure_trades(bars, run, m);
  if (enough) {
    m[trades_per_year_] = m[trades_] / years;
    m[turnover_] = traded / mean / years;
  }
}
