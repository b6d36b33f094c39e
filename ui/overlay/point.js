// The point's handle: dragged or moved by keys, with the tangent that goes with it. It reports where it comes to rest.

const SNAP = 5 // px within which a special point catches the handle
const OF_THE_POINT = ["tangent", "point", "slopes", "taylor"] // what the figure says of the old point

class Point {
  constructor(overlay, svg, clipped, on) {
    this.overlay = overlay
    this.svg = svg
    this.tangent = element("line", { class: "tangent" }, clipped)
    this.grip = new Grip(svg, "slider", this, on)
  }

  stop() {
    this.grip.stop()
  }

  // The place that the server knows, unless the person is moving it.
  update() {
    if (!this.grip.busy) this.x = this.overlay.data.x
    this.grip.node.setAttribute("aria-label", this.overlay.data.label)
  }

  draw() {
    const { overlay, x } = this
    const axes = overlay.chart.axes()
    const px = axes && Number.isFinite(x) ? axes.x.d2p(x) : NaN
    const inside = px >= -1 && px <= overlay.width + 1
    this.grip.show(inside || (this.grip.dragging && axes))
    this.tangent.style.display = "none"
    if (!inside) return
    const { data } = overlay
    const still = !this.grip.dragging && x === data.x
    const y = still && data.y !== undefined ? data.y : overlay.at(data.main, x)
    const slope = still ? (data.slope ?? null) : overlay.slopeAt(x)
    const height = y ?? (still ? data.rest : null)
    const py = height === null ? axes.y._length : axes.y.d2p(height)
    this.grip.put(px, Math.min(Math.max(py, 0), overlay.height))
    this.grip.node.classList.toggle("undefined", y === null)
    this.tell(x, y, slope)
    if (!still && y !== null && slope !== null) this.lay(axes, x, y, slope)
  }

  // For screen readers.
  tell(x, y, slope) {
    const { data, chart } = this.overlay
    const [low, high] = chart.window()
    const words = [
      `${data.variable} = ${show(x)}`,
      `${data.name} = ${show(y)}`,
      slope === null ? "no derivative" : `${data.slope_name} = ${show(slope)}`,
    ]
    set(this.grip.node, {
      "aria-valuemin": low,
      "aria-valuemax": high,
      "aria-valuenow": x,
      "aria-valuetext": words.join(", "),
    })
  }

  lay(axes, x, y, slope) {
    if (axes.x.type !== "linear" || axes.y.type !== "linear") return
    const ends = this.overlay.chart.window().map(end => axes.y.d2p(y + slope * (end - x)))
    if (!ends.every(Number.isFinite)) return
    const far = v => Math.min(Math.max(v, -1e5), 1e5)
    this.tangent.style.display = ""
    set(this.tangent, { x1: 0, x2: this.overlay.width, y1: far(ends[0]), y2: far(ends[1]) })
  }

  // ---- moving it

  grabbed(event) {
    this.overlay.readout.hide()
    this.overlay.chart.veil(OF_THE_POINT, true)
    this.overlay.root.classList.add("dragging")
    this.dragged(event)
  }

  dragged(event) {
    const axes = this.overlay.chart.axes()
    if (!axes) return
    const px = event.clientX - this.svg.getBoundingClientRect().left
    this.x = this.round(axes.x.p2d(Math.min(Math.max(px, 0), this.overlay.width)))
    this.draw()
    this.overlay.readout.write(this.x, axes.x.d2p(this.x))
  }

  released() {
    this.overlay.root.classList.remove("dragging")
    this.overlay.readout.hide()
    this.send()
    this.draw()
  }

  // A key: whether it moved the point.
  pressed(event) {
    if (!this.overlay.chart.axes()) return false
    const [lo, hi] = this.overlay.chart.window()
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }
    const ends = { Home: lo, End: hi }
    if (!(event.key in steps || event.key in ends)) return false
    const x = ends[event.key] ?? this.stepped(steps[event.key] * (event.shiftKey ? 10 : 1))
    this.x = this.round(Math.min(Math.max(x, lo), hi), true)
    this.overlay.chart.veil(OF_THE_POINT, true)
    this.draw()
    return true
  }

  rested() {
    this.send()
  }

  // So many key presses away: by a round number near a hundredth of the window; on a logarithmic axis by pixels.
  stepped(count) {
    const { x } = this.overlay.chart.axes()
    if (x.type !== "linear") return x.p2d(x.d2p(this.x) + (count * this.overlay.width) / 200)
    const [lo, hi] = this.overlay.chart.window()
    const step = keyStep(hi - lo)
    return (Math.round(this.x / step) + count) * step
  }

  // To the decimals that a pixel can tell apart, and onto a special point that is near.
  round(x, fine = false) {
    if (this.overlay.chart.axes().x.type !== "linear") return Number(x.toPrecision(4))
    const [lo, hi] = this.overlay.chart.window()
    const pixel = (hi - lo) / this.overlay.width
    for (const special of fine ? [] : this.overlay.data.special) {
      if (Math.abs(special - x) < SNAP * pixel) return special
    }
    return roundToPixels(x, pixel)
  }

  // Into the middle of the window.
  fetch() {
    const [lo, hi] = this.overlay.chart.window()
    this.x = this.round((lo + hi) / 2)
    this.send()
  }

  send() {
    if (this.x === this.overlay.data.x) this.overlay.chart.veil(OF_THE_POINT, false)
    else this.overlay.report("moved", this.x)
  }
}
