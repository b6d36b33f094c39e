// The value of a sampled curve at x by cubic Hermite interpolation; null in a gap. xs ascend, null between segments.
export function interpolate(xs, ys, slopes, x) {
  const [lo, hi] = around(xs, x)
  if (xs[lo] === x) return ys[lo]
  if (xs[hi] === x) return ys[hi]
  if (hi !== lo + 1 || xs[lo] === null || xs[hi] === null || xs[lo] > x || xs[hi] < x) return null
  const [y0, y1] = [ys[lo], ys[hi]]
  if (y0 === null || y1 === null) return null
  const h = xs[hi] - xs[lo]
  const t = (x - xs[lo]) / h
  const [d0, d1] = [slopes?.[lo] ?? null, slopes?.[hi] ?? null]
  if (d0 === null || d1 === null) return y0 + t * (y1 - y0)
  const s = 1 - t
  return y0 * (1 + 2 * t) * s * s + d0 * h * t * s * s + y1 * t * t * (3 - 2 * t) - d1 * h * t * t * s
}

// The places of the neighbours of x, by halving; a null is passed over to the nearer side.
function around(xs, x) {
  let lo = 0
  let hi = xs.length - 1
  while (hi - lo > 1) {
    let middle = (lo + hi) >> 1
    while (middle > lo && xs[middle] === null) middle--
    if (middle === lo) {
      middle = (lo + hi) >> 1
      while (middle < hi && xs[middle] === null) middle++
      if (middle === hi) break
    }
    if (xs[middle] <= x) lo = middle
    else hi = middle
  }
  return [lo, hi]
}
