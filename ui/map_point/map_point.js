// The point on the contour map: a click, a drag or an arrow key moves it; the server hears of it on release.
//
// The chart is drawn by Streamlit and replaced at each new figure; this component outlives it. It finds the chart by the
// key of the container that holds both, and draws in an SVG of its own. The rooms: heights.js (f, read from the chart),
// gradient.js (the arrow while the point moves), companion.js (the surface beside the map), player.js (walks of a
// descent), and what ui/drag shares.

const CLICK = 5 // px: a pointer that moved less was a click
const DIGITS = 5
const OF_THE_POINT = ["point", "cross", "tangent"] // what the figure says of the old point
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }
const instances = new WeakMap()

export default function (component) {
  const { parentElement } = component
  let overlay = instances.get(parentElement)
  if (!overlay) instances.set(parentElement, (overlay = new MapPoint(parentElement)))
  overlay.update(component)
  return () => {
    overlay.destroy()
    instances.delete(parentElement)
  }
}

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high)
}

class MapPoint {
  constructor(parent) {
    this.host = parent.host ?? parent
    this.root = parent.querySelector(".overlay")
    this.svg = parent.querySelector("svg")
    this.card = parent.querySelector(".card")
    this.stop = new AbortController()
    const on = { signal: this.stop.signal }
    this.arrow = new GradientArrow(this.svg)
    this.grip = new Grip(this.svg, "application", this, on)
    this.observer = new MutationObserver(() => this.follow())
    this.resizer = new ResizeObserver(() => this.place())
    this.companion = new Companion()
    this.player = new Player(this, parent, on)
  }

  update({ data, setTriggerValue }) {
    this.data = data
    this.report = setTriggerValue
    if (!this.grip.busy) this.at = [...data.point]
    const container = this.host.closest(`.st-key-${data.chart}`)
    if (container && container !== this.container) this.listen(container)
    for (const [name, value] of Object.entries(data.colors)) this.root.style.setProperty(`--${name}`, value)
    this.grip.node.setAttribute("aria-label", `Point on the map of ${data.name}: drag it, or use the arrow keys`)
    this.heights = new Heights(data.stretch)
    this.companion.watch(document.querySelector(`.st-key-${data.surface}`))
    this.follow()
    if (!this.grip.busy) this.veil(false)
    this.place()
    this.player.update(data.steps)
  }

  listen(container) {
    this.container = container
    const on = { signal: this.stop.signal }
    const down = e => (this.down = this.onPlayer(e) ? null : [e.clientX, e.clientY])
    container.addEventListener("pointerdown", down, { ...on, capture: true })
    // Plotly covers the page while a button is down, so the release is not heard in the container.
    window.addEventListener("pointerup", e => this.click(e), { ...on, capture: true })
    container.addEventListener("pointermove", e => this.hover(e), on)
    container.addEventListener("pointerleave", () => this.hide(), on)
    this.observer.observe(container, { childList: true, subtree: true })
    this.resizer.observe(container)
  }

  destroy() {
    this.stop.abort()
    this.observer.disconnect()
    this.resizer.disconnect()
    this.grip.stop()
    this.companion.destroy()
  }

  // ---- the chart

  follow() {
    const chart = this.container?.querySelector(".js-plotly-plot")
    if (!chart || chart === this.chart) return
    this.chart = chart
    this.heights = new Heights(this.data.stretch)
    for (const event of ["plotly_afterplot", "plotly_relayout"]) chart.on?.(event, () => this.place())
    this.player.update(this.data.steps)
    this.place()
  }

  axes() {
    const layout = this.chart?._fullLayout
    return layout?.xaxis?._length ? { x: layout.xaxis, y: layout.yaxis } : null
  }

  place() {
    const axes = this.axes()
    this.root.classList.toggle("away", !axes)
    if (!axes) return
    const base = this.root.getBoundingClientRect()
    const chart = this.chart.getBoundingClientRect()
    this.left = chart.left - base.left + axes.x._offset
    this.top = chart.top - base.top + axes.y._offset
    this.width = axes.x._length
    this.height = axes.y._length
    Object.assign(this.svg.style, { left: `${this.left}px`, top: `${this.top}px` })
    set(this.svg, { width: this.width, height: this.height })
    this.player.place(this)
    this.draw()
  }

  draw() {
    const axes = this.axes()
    if (!axes || !this.at) return
    const [px, py] = [axes.x.d2p(this.at[0]), axes.y.d2p(this.at[1])]
    const inside = px >= -1 && px <= this.width + 1 && py >= -1 && py <= this.height + 1
    this.grip.show(inside)
    this.arrow.hide()
    if (!inside) return
    this.grip.put(px, py)
    this.grip.node.setAttribute("aria-valuetext", this.rows().map(([name, value]) => `${name} = ${value}`).join(", "))
    const slope = this.moving && this.heights.read(this.chart) ? this.heights.slope(this.at) : null
    if (slope) this.arrow.draw(px, py, slope, axes, this.width)
  }

  // What the figure says of the old point is hidden while the point moves.
  veil(hidden) {
    this.moving = hidden
    if (!this.chart) return
    const parts = [...this.chart.querySelectorAll(".annotation")]
    const contours = [...this.chart.querySelectorAll(".contourlayer > .contour")]
    for (const { meta, uid, type } of this.chart._fullData ?? []) {
      if (type === "contour") {
        const drawn = contours.shift()
        if (meta === "level" && drawn) parts.push(drawn)
      } else if (OF_THE_POINT.includes(meta)) {
        parts.push(...this.chart.querySelectorAll(`.scatterlayer .trace${uid}`))
      }
    }
    for (const part of parts) part.style.opacity = hidden ? 0 : ""
  }

  // ---- moving

  locate(event) {
    if (!this.axes()) return null
    const box = this.svg.getBoundingClientRect()
    const [px, py] = [event.clientX - box.left, event.clientY - box.top]
    return { px, py, inside: px >= 0 && py >= 0 && px <= this.width && py <= this.height }
  }

  // The point of the map at a place in pixels, rounded to what they can tell apart.
  placeAt({ px, py }) {
    const { x, y } = this.axes()
    const rounded = (axis, pixel) => roundToPixels(axis.p2d(pixel), axis.p2d(1) - axis.p2d(0))
    return [rounded(x, clamp(px, 0, this.width)), rounded(y, clamp(py, 0, this.height))]
  }

  move(where) {
    this.veil(true)
    this.at = this.placeAt(where)
    this.draw()
  }

  grabbed() {
    this.root.classList.add("dragging")
    this.veil(true)
  }

  dragged(event) {
    const where = this.locate(event)
    if (!where) return
    this.move(where)
    this.write(where)
  }

  released() {
    this.root.classList.remove("dragging")
    this.hide()
    this.rested()
  }

  click(event) {
    if (this.grip.dragging || event.button || !this.down) return
    const moved = Math.hypot(event.clientX - this.down[0], event.clientY - this.down[1])
    this.down = null
    const where = this.locate(event)
    if (moved > CLICK || !where?.inside) return
    this.move(where)
    this.rested()
  }

  stepped(axis, value, count) {
    const [low, high] = [Math.min(...axis.range), Math.max(...axis.range)]
    const moved = value + count * keyStep(high - low)
    return clamp(roundToPixels(moved, axis.p2d(1) - axis.p2d(0)), low, high)
  }

  pressed(event) {
    const way = WAYS[event.key]
    const axes = this.axes()
    if (!way || !axes) return false
    const stride = event.shiftKey ? 10 : 1
    this.at = this.at.map((value, k) => (way[k] ? this.stepped(k ? axes.y : axes.x, value, way[k] * stride) : value))
    this.veil(true)
    this.draw()
    return true
  }

  rested() {
    const [x, y] = this.at
    if (x !== this.data.point[0] || y !== this.data.point[1]) return this.report("moved", [x, y])
    this.veil(false)
    return this.draw()
  }

  // ---- reading

  hover(event) {
    if (this.grip.dragging || event.pointerType === "touch" || event.buttons) return
    const where = this.onPlayer(event) ? null : this.locate(event)
    if (where?.inside) this.write(where, this.placeAt(where))
    else this.hide()
  }

  onPlayer(event) {
    return event.composedPath().some(each => each.classList?.contains("player"))
  }

  rows(at = this.at) {
    const rows = this.data.axes.map((name, k) => [name, show(at[k], DIGITS)])
    if (!this.data.stretch) return rows
    const value = this.heights.read(this.chart) ? this.heights.at(at) : null
    return [...rows, [`${this.data.name} ≈`, show(value, DIGITS)]]
  }

  write({ px, py }, at = this.at) {
    fillCard(this.card, this.rows(at))
    const [wide, tall] = [this.card.offsetWidth, this.card.offsetHeight]
    const x = px + wide + 20 > this.width ? px - wide - 16 : px + 16
    const y = py - tall - 14 < 0 ? py + 16 : py - tall - 12
    Object.assign(this.card.style, { left: `${this.left + x}px`, top: `${this.top + y}px` })
  }

  hide() {
    this.card.style.display = "none"
  }
}
