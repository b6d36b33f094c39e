// f over the map, read from the heights that the chart was sent: bilinear between its samples.

class Heights {
  // `stretch` is how the heights were spaced (sign, floor, unit), null where they are f itself.
  constructor(stretch) {
    this.stretch = stretch
  }

  read(chart) {
    if (this.x) return true
    const trace = chart?._fullData?.find(each => each.meta === "levels")
    if (!trace?.z?.length) return false
    Object.assign(this, { x: Array.from(trace.x), y: Array.from(trace.y), z: trace.z })
    return true
  }

  // f at a place, from the four corners of its cell; null where it is unknown.
  at([x, y]) {
    const [nx, ny] = [this.x.length, this.y.length]
    const i = ((x - this.x[0]) / (this.x[nx - 1] - this.x[0])) * (nx - 1)
    const j = ((y - this.y[0]) / (this.y[ny - 1] - this.y[0])) * (ny - 1)
    if (!(i >= 0 && j >= 0 && i <= nx - 1 && j <= ny - 1)) return null
    const [i0, j0] = [Math.min(Math.floor(i), nx - 2), Math.min(Math.floor(j), ny - 2)]
    const [s, t] = [i - i0, j - j0]
    const corner = (a, b) => this.unstretch(this.z[j0 + b]?.[i0 + a])
    const value =
      (1 - s) * (1 - t) * corner(0, 0) + s * (1 - t) * corner(1, 0) + (1 - s) * t * corner(0, 1) + s * t * corner(1, 1)
    return Number.isFinite(value) ? value : null
  }

  unstretch(shown) {
    if (shown === null || shown === undefined) return NaN
    const [sign, floor, unit] = this.stretch ?? [0, 0, 1]
    return sign === 0 ? shown : floor + sign * Math.expm1(Math.abs(shown)) * unit
  }

  // The gradient by central differences over a cell; null where it is unknown.
  slope([x, y]) {
    const h = (this.x.at(-1) - this.x[0]) / (this.x.length - 1)
    const k = (this.y.at(-1) - this.y[0]) / (this.y.length - 1)
    const difference = (a, b, width) => {
      const [low, high] = [this.at(a), this.at(b)]
      return low === null || high === null ? NaN : (high - low) / width
    }
    const slope = [difference([x - h / 2, y], [x + h / 2, y], h), difference([x, y - k / 2], [x, y + k / 2], k)]
    return slope.every(Number.isFinite) ? slope : null
  }
}
