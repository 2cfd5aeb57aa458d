edition 2026

// Enters when bands come out of the channel they were squeezed into, on the side of the momentum, and
// leaves when that turns.
strategy "Squeeze" on 15m {
  param length: bars = 20

  let middle = sma(close, length)
  let band = 2 * stddev(close, length)
  let channel_middle = ema(close, length)
  let channel = 1.5 * ema(trange() or else high - low, length)
  let momentum = linearreg(close - middle, length)

  let is_inside =
      middle - band > channel_middle - channel and middle + band < channel_middle + channel
  let is_outside =
      middle - band < channel_middle - channel or middle + band > channel_middle + channel
  state was_squeezed: bool = false reset never {
    when is_inside { set was_squeezed = true }
    when is_outside and was_squeezed[1] and momentum != 0 { set was_squeezed = false }
  }
  let is_released = is_outside and was_squeezed[1]

  enter long when is_released and momentum > 0 { size 1  unprotected }
  enter short when is_released and momentum < 0 { size 1  unprotected }
  exit long when momentum < 0
  exit short when momentum > 0
}
