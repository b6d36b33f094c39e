// The window of the chart: zoomed by buttons, Ctrl and the wheel, two fingers; panned by a finger; sent back to
// automatic by a second press at the same place. It is reported once it rests.

const PAUSE = 220 // ms without a change before the window is reported
const TWICE = 400 // ms between two presses that are one double press
const HINT = 900 // ms that the hint about Ctrl stands

class ViewWindow {
  constructor(overlay) {
    this.overlay = overlay
    this.hint = overlay.parent.querySelector(".hint")
    this.fingers = new Map()
  }

  listen(container, on) {
    this.container = container
    container.addEventListener("pointerdown", e => this.down(e), { ...on, capture: true })
    for (const end of ["pointerup", "pointercancel"]) {
      container.addEventListener(end, e => this.lift(e), { ...on, capture: true })
    }
    container.addEventListener("wheel", e => this.wheel(e), { ...on, passive: false })
  }

  stop() {
    clearTimeout(this.timer)
    clearTimeout(this.hintTimer)
  }

  // Plotly says what was changed in its layout.
  moved(change) {
    if (Object.keys(change).some(key => /^[xy]axis\.(range|autorange)/.test(key))) this.tell()
  }

  // A new chart under a finger would end its gesture: wait until all are lifted.
  tell() {
    clearTimeout(this.timer)
    this.waiting = this.fingers.size > 0
    if (this.waiting) return
    this.timer = setTimeout(() => {
      const axes = this.overlay.chart.axes()
      if (!axes) return
      const ends = axis => [axis.p2d(0), axis.p2d(axis._length)].sort((a, b) => a - b)
      this.overlay.report("view", { x: ends(axes.x), y: ends(axes.y) })
    }, PAUSE)
  }

  reset() {
    clearTimeout(this.timer)
    this.overlay.report("view", { automatic: true })
  }

  zoom(factor, px = this.overlay.width / 2, py = this.overlay.height / 2) {
    const axes = this.overlay.chart.axes()
    if (!axes) return
    const range = (axis, share) => {
      const [a, b] = axis.range.map(Number)
      const anchor = a + (b - a) * share
      return [anchor + (a - anchor) * factor, anchor + (b - anchor) * factor]
    }
    this.overlay.chart.relayout({
      "xaxis.range": range(axes.x, px / axes.x._length),
      "yaxis.range": range(axes.y, 1 - py / axes.y._length),
    })
  }

  shift(pixels) {
    const axes = this.overlay.chart.axes()
    if (!axes || !pixels) return
    const [a, b] = axes.x.range.map(Number)
    const by = ((b - a) * pixels) / this.overlay.width
    this.overlay.chart.relayout({ "xaxis.range": [a + by, b + by] })
  }

  wheel(event) {
    const place = this.overlay.inside(event)
    if (!place) return
    if (!event.ctrlKey && !event.metaKey) {
      this.hint.classList.add("seen")
      clearTimeout(this.hintTimer)
      this.hintTimer = setTimeout(() => this.hint.classList.remove("seen"), HINT)
      return
    }
    event.preventDefault()
    const factor = Math.exp(Math.min(Math.max(event.deltaY, -60), 60) / 200)
    this.turned = { factor: (this.turned?.factor ?? 1) * factor, place }
    if (this.frame) return
    this.frame = requestAnimationFrame(() => {
      const { turned } = this
      this.frame = this.turned = null
      this.zoom(turned.factor, ...turned.place)
    })
  }

  down(event) {
    const last = this.pressed
    this.pressed = { time: event.timeStamp, x: event.clientX, y: event.clientY }
    const onHandle = event.composedPath().includes(this.overlay.point.grip.node)
    if (last && !onHandle && this.overlay.inside(event) && event.timeStamp - last.time < TWICE) {
      if (Math.hypot(event.clientX - last.x, event.clientY - last.y) < 8) this.reset()
    }
    if (event.pointerType !== "touch" || onHandle) return
    this.container.setPointerCapture(event.pointerId) // the chart may redraw what the finger is on
    this.fingers.set(event.pointerId, [event.clientX, event.clientY])
    this.spread = null
  }

  lift(event) {
    this.fingers.delete(event.pointerId)
    this.spread = null
    if (this.fingers.size === 0 && this.waiting) this.tell()
  }

  // One finger pans sideways, two zoom about their middle.
  finger(event) {
    const before = this.fingers.get(event.pointerId)
    if (!before || this.overlay.point.grip.dragging) return
    const now = [event.clientX, event.clientY]
    this.fingers.set(event.pointerId, now)
    if (this.fingers.size === 1) return this.shift(before[0] - now[0])
    const [a, b] = [...this.fingers.values()]
    const spread = Math.hypot(a[0] - b[0], a[1] - b[1])
    const [left, top] = this.overlay.corner()
    if (this.spread) this.zoom(this.spread / spread, (a[0] + b[0]) / 2 - left, (a[1] + b[1]) / 2 - top)
    this.spread = spread
  }
}
