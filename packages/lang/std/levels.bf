// Prices of the session that traders look at.

pub type Range = { high: price?, low: price? }

pub fn Range.middle(self) = (self.high + self.low) / 2
pub fn Range.width(self) = self.high - self.low

// High and low of the first `span` of each session; absent until it is over.
pub fn opening_range(span: duration) -> Range {
  state top: price? = none reset session {
    when since_open <= span { set top = max(top or else high, high) }
  }
  state bottom: price? = none reset session {
    when since_open <= span { set bottom = min(bottom or else low, low) }
  }
  let done = since_open >= span
  return Range(high: if done then top else none, low: if done then bottom else none)
}

// The open of the session, and its high and low so far.
pub fn session_so_far() {
  state first: price = open reset session {}
  state top: price = high reset session { set top = max(top, high) }
  state bottom: price = low reset session { set bottom = min(bottom, low) }
  return { open: first, high: top, low: bottom }
}
