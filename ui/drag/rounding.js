// Round numbers: where a pointer comes to rest, and how far a key goes.

// To the decimals that two pixels can tell apart; `pixel` is the width of one in the chart's units.
export function roundToPixels(value, pixel) {
  const step = 10 ** Math.floor(Math.log10(2 * Math.abs(pixel)))
  const decimals = Math.max(0, -Math.round(Math.log10(step)))
  return decimals > 15 ? value : Number((Math.round(value / step) * step).toFixed(decimals))
}

// A key press goes a power of ten near a hundredth of the window.
export function keyStep(span) {
  return 10 ** Math.round(Math.log10(Math.abs(span) / 150))
}
