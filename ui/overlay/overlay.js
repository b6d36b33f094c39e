// The draggable point over the plotly chart: follows the pointer without the server, reports on release.
//
// The chart is drawn by Streamlit and replaced at each new figure; this component outlives it. It finds the chart by
// the key of the container that holds both, reads the curves from it, and draws in an SVG of its own.

const NS = "http://www.w3.org/2000/svg"
const PAUSE = 220 // ms without a move before a window or a key press is reported
const instances = new WeakMap()

export default function (component) {
  const { parentElement } = component
  let overlay = instances.get(parentElement)
  if (!overlay) instances.set(parentElement, (overlay = new Overlay(parentElement)))
  overlay.update(component)
  return () => {
    overlay.destroy()
    instances.delete(parentElement)
  }
}

// ---- numbers ---------------------------------------------------------------------------------------------------

const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" }

export function show(value) {
  if (value === null || !Number.isFinite(value)) return "undefined"
  if (value === 0) return "0"
  const size = Math.abs(value)
  const sign = value < 0 ? "−" : ""
  if (size >= 1e-4 && size < 1e7) return sign + String(Number(size.toPrecision(6)))
  const [digits, power] = size.toExponential(4).split("e")
  const tens = [...String(Number(power))].map(c => SUPERSCRIPT[c]).join("")
  return `${sign}${Number(digits)} × 10${tens}`
}

// ---- curves ----------------------------------------------------------------------------------------------------

// The value of a sampled curve at x by cubic Hermite interpolation; null in a gap. xs ascend, null between segments.
export function interpolate(xs, ys, slopes, x) {
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

function element(name, attributes, parent) {
  const made = document.createElementNS(NS, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  parent?.append(made)
  return made
}

// ---- the overlay -----------------------------------------------------------------------------------------------

class Overlay {
  constructor(parent) {
    this.parent = parent
    this.host = parent.host ?? parent
    this.root = parent.querySelector(".overlay")
    this.svg = parent.querySelector("svg.plot")
    this.card = parent.querySelector(".card")
    this.hint = parent.querySelector(".hint")
    this.stop = new AbortController()
    this.fingers = new Map()
    this.make()
  }

  make() {
    const on = { signal: this.stop.signal }
    this.clip = element("clipPath", { id: "plot" }, element("defs", {}, this.svg))
    this.clipBox = element("rect", {}, this.clip)
    const clipped = element("g", { "clip-path": "url(#plot)" }, this.svg)
    this.crosshair = element("line", { class: "crosshair" }, clipped)
    this.dots = element("g", {}, clipped)
    this.tangent = element("line", { class: "tangent" }, clipped)
    this.handle = element("g", { class: "handle", tabindex: "0", role: "slider" }, this.svg)
    element("circle", { r: 22, class: "reach" }, this.handle)
    element("circle", { r: 12, class: "halo" }, this.handle)
    this.knob = element("circle", { r: 7, class: "knob" }, this.handle)
    this.handle.addEventListener("pointerdown", e => this.grab(e), on)
    this.handle.addEventListener("pointermove", e => this.drag(e), on)
    this.handle.addEventListener("pointerup", e => this.release(e), on)
    this.handle.addEventListener("pointercancel", e => this.release(e), on)
    this.handle.addEventListener("keydown", e => this.press(e), on)
    const buttons = this.parent.querySelectorAll("button")
    for (const button of buttons) {
      button.addEventListener("click", () => this.command(button.dataset.command), on)
    }
    this.observer = new MutationObserver(() => this.follow())
    this.resizer = new ResizeObserver(() => this.place())
  }

  update({ data, setTriggerValue, key }) {
    this.data = data
    this.report = setTriggerValue
    this.key = key
    if (!this.dragging && !this.unsent) this.x = data.x
    const container = this.host.closest(`.st-key-${data.chart}`)
    if (container && container !== this.container) {
      this.container = container
      const on = { signal: this.stop.signal }
      container.addEventListener("pointermove", e => this.hover(e), on)
      container.addEventListener("pointerleave", () => this.unhover(), on)
      container.addEventListener("pointerdown", e => this.down(e), { ...on, capture: true })
      for (const end of ["pointerup", "pointercancel"]) {
        container.addEventListener(end, e => this.lift(e), { ...on, capture: true })
      }
      container.addEventListener("wheel", e => this.wheel(e), { ...on, passive: false })
      this.observer.observe(container, { childList: true, subtree: true })
      this.resizer.observe(container)
    }
    for (const [name, value] of Object.entries(data.colors)) this.root.style.setProperty(`--${name}`, value)
    this.handle.setAttribute("aria-label", data.label)
    this.follow()
    this.place()
  }

  destroy() {
    this.stop.abort()
    this.observer.disconnect()
    this.resizer.disconnect()
    clearTimeout(this.timer)
    clearTimeout(this.ghostTimer)
    this.ghost?.remove()
      }

  // Streamlit makes a new chart for each figure. Until it is drawn, a copy of the last one stands in its place.
  follow() {
    const chart = this.container?.querySelector(".js-plotly-plot:not(.ghost)") ?? null
    if (chart === this.chart && (chart === null || this.ready)) return
    if (chart !== this.chart) {
      if (this.chart && this.copy && !this.ghost) this.haunt()
      this.chart = chart
      this.ready = false
    }
    if (!chart?.on || !chart._fullLayout?.xaxis) return
    this.ready = true
    chart.on("plotly_relayout", change => this.moved(change))
    chart.on("plotly_relayouting", () => this.place())
    chart.on("plotly_afterplot", () => this.settle())
    if (chart.querySelector(".scatterlayer")) this.settle()
  }

  settle() {
    // A finger that moves up or down scrolls the page (touch-action in the styles); the rest is ours, not plotly's.
    if (matchMedia("(pointer: coarse)").matches && this.chart._fullLayout.dragmode !== false) {
      globalThis.Plotly?.relayout(this.chart, { dragmode: false })
    }
    this.place()
    this.ghost?.remove()
    this.ghost = null
    clearTimeout(this.copyTimer)
    this.copyTimer = setTimeout(() => this.remember(), 60)
  }

  remember() {
    const drawn = this.chart?.querySelector(".svg-container")
    if (!drawn || this.dragging) return
    const box = this.chart.getBoundingClientRect()
    const base = this.container.getBoundingClientRect()
    this.copy = document.createElement("div")
    this.copy.className = "js-plotly-plot ghost"
    this.copy.setAttribute("aria-hidden", "true")
    Object.assign(this.copy.style, {
      position: "absolute",
      left: `${box.left - base.left}px`,
      top: `${box.top - base.top}px`,
      width: `${box.width}px`,
      height: `${box.height}px`,
      pointerEvents: "none",
    })
    const plot = document.createElement("div")
    plot.className = "plotly plot-container"
    plot.append(drawn.cloneNode(true))
    this.copy.append(plot)
  }

  haunt() {
    this.ghost = this.copy
    this.copy = null
    this.container.append(this.ghost)
    clearTimeout(this.ghostTimer)
    const ghost = this.ghost
    this.ghostTimer = setTimeout(() => {
      ghost.remove()
      if (this.ghost === ghost) this.ghost = null
    }, 1500)
  }

  // ---- where things are

  axes() {
    const layout = this.ready && this.chart?._fullLayout
    return layout?.xaxis?.d2p ? { x: layout.xaxis, y: layout.yaxis } : null
  }

  curve(role) {
    const trace = this.chart?.data?.find(found => found.meta === role)
    return trace && { xs: trace.x, ys: trace.y, slopes: this.data.slopes[role] }
  }

  at(role, x) {
    const curve = this.curve(role)
    return curve ? interpolate(curve.xs, curve.ys, curve.slopes, x) : null
  }

  slopeAt(x) {
    const main = this.curve(this.data.main)
    if (!main?.slopes) return null
    const known = this.data.curves.find(curve => curve.order === 1)
    const value = known && this.at(known.role, x)
    if (known && value !== null) return value
    const step = 1e-4 * (this.window()[1] - this.window()[0])
    const [before, after] = [this.at(this.data.main, x - step), this.at(this.data.main, x + step)]
    return before === null || after === null ? null : (after - before) / (2 * step)
  }

  window() {
    const { x } = this.axes()
    return [x.p2d(0), x.p2d(x._length)]
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
    this.svg.setAttribute("width", this.width)
    this.svg.setAttribute("height", this.height)
    this.clipBox.setAttribute("width", this.width)
    this.clipBox.setAttribute("height", this.height)
    const tools = this.parent.querySelector(".tools")
    Object.assign(tools.style, { left: `${this.left + this.width}px`, top: `${this.top + this.height}px` })
    Object.assign(this.hint.style, { left: `${this.left + this.width / 2}px`, top: `${this.top + this.height / 2}px` })
    this.draw()
  }

  draw() {
    const axes = this.axes()
    const { x } = this
    if (!axes || x === null || x === undefined) {
      this.handle.style.display = "none"
      return
    }
    const still = !this.dragging && x === this.data.x
    const y = still && this.data.y !== undefined ? this.data.y : this.at(this.data.main, x)
    const px = axes.x.d2p(x)
    const waits = still ? this.data.rest : null
    const py = y === null && waits === null ? axes.y._length : axes.y.d2p(y ?? waits)
    const inside = Number.isFinite(px) && px >= -1 && px <= this.width + 1
    this.handle.style.display = inside || this.dragging ? "" : "none"
    if (!inside) return
    this.handle.setAttribute("transform", `translate(${px},${Math.min(Math.max(py, 0), this.height)})`)
    this.handle.classList.toggle("undefined", y === null)
    const range = this.window()
    this.handle.setAttribute("aria-valuemin", String(range[0]))
    this.handle.setAttribute("aria-valuemax", String(range[1]))
    this.handle.setAttribute("aria-valuenow", String(x))
    const slope = still ? (this.data.slope ?? null) : this.slopeAt(x)
    const name = this.data.name
    const words = [`${this.data.variable} = ${show(x)}`, `${name} = ${show(y)}`]
    words.push(slope === null ? "no derivative" : `${this.data.slope_name} = ${show(slope)}`)
    this.handle.setAttribute("aria-valuetext", words.join(", "))
    this.tangent.style.display = "none"
    if (!still && y !== null && slope !== null && axes.x.type === "linear" && axes.y.type === "linear") {
      const ends = range.map(end => axes.y.d2p(y + slope * (end - x)))
      if (ends.every(Number.isFinite)) {
        this.tangent.style.display = ""
        const far = v => Math.min(Math.max(v, -1e5), 1e5)
        this.tangent.setAttribute("x1", 0)
        this.tangent.setAttribute("x2", this.width)
        this.tangent.setAttribute("y1", far(ends[0]))
        this.tangent.setAttribute("y2", far(ends[1]))
      }
    }
  }

  // What the figure says of the old point is hidden while the point moves.
  veil(hidden) {
    for (const { meta, uid } of this.chart?._fullData ?? []) {
      if (!["tangent", "point", "slopes", "taylor"].includes(meta)) continue
      const trace = this.chart.querySelector(`.scatterlayer .trace${uid}`)
      if (trace) trace.style.opacity = hidden ? 0 : ""
    }
  }

  // ---- reading all curves at the pointer

  hover(event) {
    if (event.pointerType === "touch") return this.finger(event)
    const axes = this.axes()
    if (!axes || this.dragging) return
    const place = this.inside(event)
    if (!place || event.buttons) return this.unhover()
    this.read(this.round(axes.x.p2d(place[0])), place[0])
  }

  // Where in the plot an event is, in pixels; null outside it.
  inside(event) {
    const box = this.svg.getBoundingClientRect()
    const [px, py] = [event.clientX - box.left, event.clientY - box.top]
    return px < 0 || px > this.width || py < 0 || py > this.height ? null : [px, py]
  }

  read(x, px) {
    const axes = this.axes()
    this.crosshair.style.display = ""
    this.crosshair.setAttribute("x1", px)
    this.crosshair.setAttribute("x2", px)
    this.crosshair.setAttribute("y1", 0)
    this.crosshair.setAttribute("y2", this.height)
    this.dots.replaceChildren()
    const rows = [[this.data.variable, show(x), "currentColor"]]
    for (const curve of this.data.curves) {
      const y = this.at(curve.role, x)
      rows.push([curve.label, show(y), curve.color])
      const py = y === null ? NaN : axes.y.d2p(y)
      if (Number.isFinite(py)) {
        element("circle", { cx: px, cy: py, r: 4, fill: curve.color, class: "dot" }, this.dots)
      }
    }
    this.write(rows, px)
  }

  write(rows, px) {
    this.card.replaceChildren(
      ...rows.map(([label, value, color]) => {
        const row = document.createElement("div")
        const name = document.createElement("span")
        name.textContent = label
        name.style.color = color
        const figure = document.createElement("b")
        figure.textContent = value
        row.append(name, figure)
        return row
      }),
    )
    this.card.style.display = "block"
    const room = this.card.offsetWidth + 14
    const side = px + room > this.width ? px - room : px + 14
    Object.assign(this.card.style, {
      left: `${this.left + Math.max(0, side)}px`,
      top: `${this.top + this.height - this.card.offsetHeight - 8}px`,
    })
  }

  unhover() {
    this.crosshair.style.display = "none"
    this.card.style.display = "none"
    this.dots.replaceChildren()
  }

  // ---- moving the point

  // To the decimals that a pixel can tell apart, and onto a special point that is near.
  round(x, fine = false) {
    const axes = this.axes()
    const [lo, hi] = this.window()
    if (axes.x.type !== "linear") return Number(x.toPrecision(4))
    const pixel = (hi - lo) / this.width
    for (const special of fine ? [] : this.data.special) {
      if (Math.abs(special - x) < 5 * pixel) return special
    }
    const step = 10 ** Math.floor(Math.log10(2 * pixel))
    const decimals = Math.max(0, -Math.round(Math.log10(step)))
    return decimals > 15 ? x : Number((Math.round(x / step) * step).toFixed(decimals))
  }

  grab(event) {
    if (event.button) return
    event.preventDefault()
    event.stopPropagation()
    this.handle.setPointerCapture(event.pointerId)
    this.handle.focus({ preventScroll: true })
    this.dragging = true
    this.unhover()
    this.veil(true)
    this.root.classList.add("dragging")
    this.drag(event)
  }

  drag(event) {
    if (!this.dragging) return
    const axes = this.axes()
    if (!axes) return
    const px = event.clientX - this.svg.getBoundingClientRect().left
    this.x = this.round(axes.x.p2d(Math.min(Math.max(px, 0), this.width)))
    this.draw()
    const rows = [[this.data.variable, show(this.x), "currentColor"]]
    for (const curve of this.data.curves) rows.push([curve.label, show(this.at(curve.role, this.x)), curve.color])
    this.write(rows, axes.x.d2p(this.x))
  }

  release() {
    if (!this.dragging) return
    this.dragging = false
    this.root.classList.remove("dragging")
    this.card.style.display = "none"
    if (this.x === this.data.x) this.veil(false)
    else this.send()
    this.draw()
  }

  press(event) {
    const axes = this.axes()
    if (!axes) return
    const [lo, hi] = this.window()
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }
    let x
    if (event.key in steps) {
      const px = axes.x.d2p(this.x) + steps[event.key] * (event.shiftKey ? 10 : 1) * (this.width / 200)
      x = axes.x.type === "linear" ? this.step(steps[event.key] * (event.shiftKey ? 10 : 1)) : axes.x.p2d(px)
    } else if (event.key === "Home") x = lo
    else if (event.key === "End") x = hi
    else return
    event.preventDefault()
    this.x = this.round(Math.min(Math.max(x, lo), hi), true)
    this.veil(true)
    this.draw()
    clearTimeout(this.timer)
    this.unsent = true
    this.timer = setTimeout(() => this.send(), PAUSE)
  }

  // One key press: a round number near a hundredth of the window.
  step(count) {
    const [lo, hi] = this.window()
    const step = 10 ** Math.round(Math.log10((hi - lo) / 150))
    return (Math.round(this.x / step) + count) * step
  }

  send() {
    this.unsent = false
    if (this.x !== this.data.x) this.report("moved", this.x)
  }

  // ---- moving the window

  moved(change) {
    this.place()
    const keys = Object.keys(change)
    if (!keys.some(key => /^[xy]axis\.(range|autorange)/.test(key))) return
    this.tell()
  }

  // Report the window once it rests; a new chart under a finger would end its gesture.
  tell() {
    clearTimeout(this.viewTimer)
    this.waiting = this.fingers.size > 0
    if (this.waiting) return
    this.viewTimer = setTimeout(() => {
      const axes = this.axes()
      if (!axes) return
      const ends = axis => [axis.p2d(0), axis.p2d(axis._length)].sort((a, b) => a - b)
      this.report("view", { x: ends(axes.x), y: ends(axes.y) })
    }, PAUSE)
  }

  command(name) {
    if (name === "reset") {
      clearTimeout(this.viewTimer)
      this.report("view", { automatic: true })
    }
    if (name === "in") this.zoom(0.5)
    if (name === "out") this.zoom(2)
    if (name === "fetch") {
      const [lo, hi] = this.window()
      this.x = this.round((lo + hi) / 2)
      this.send()
    }
    if (name === "save") {
      globalThis.Plotly?.downloadImage?.(this.chart, { format: "png", scale: 2, filename: "derivlab" })
    }
  }

  zoom(factor, px = this.width / 2, py = this.height / 2) {
    const axes = this.axes()
    if (!axes || !globalThis.Plotly) return
    const range = (axis, middle) => {
      const [a, b] = axis.range.map(Number)
      const share = middle / axis._length
      const anchor = axis === axes.x ? a + (b - a) * share : b + (a - b) * share
      return [anchor + (a - anchor) * factor, anchor + (b - anchor) * factor]
    }
    globalThis.Plotly.relayout(this.chart, { "xaxis.range": range(axes.x, px), "yaxis.range": range(axes.y, py) })
  }

  wheel(event) {
    const place = this.inside(event)
    if (!place) return
    if (!event.ctrlKey && !event.metaKey) {
      this.hint.classList.add("seen")
      clearTimeout(this.hintTimer)
      this.hintTimer = setTimeout(() => this.hint.classList.remove("seen"), 900)
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

  // A second press at the same place goes back to the automatic window; fingers are counted for the pinch.
  down(event) {
    const last = this.pressed
    this.pressed = { time: event.timeStamp, x: event.clientX, y: event.clientY }
    const onHandle = event.composedPath().includes(this.handle)
    if (last && !onHandle && this.inside(event) && event.timeStamp - last.time < 400) {
      if (Math.hypot(event.clientX - last.x, event.clientY - last.y) < 8) this.command("reset")
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
    if (!before || this.dragging) return
    const now = [event.clientX, event.clientY]
    this.fingers.set(event.pointerId, now)
    if (this.fingers.size === 1) return this.shift(before[0] - now[0])
    const [a, b] = [...this.fingers.values()]
    const spread = Math.hypot(a[0] - b[0], a[1] - b[1])
    const box = this.svg.getBoundingClientRect()
    if (this.spread) {
      this.zoom(this.spread / spread, (a[0] + b[0]) / 2 - box.left, (a[1] + b[1]) / 2 - box.top)
    }
    this.spread = spread
  }

  shift(pixels) {
    const axes = this.axes()
    if (!axes || !pixels || !globalThis.Plotly) return
    const [a, b] = axes.x.range.map(Number)
    const by = ((b - a) * pixels) / this.width
    globalThis.Plotly.relayout(this.chart, { "xaxis.range": [a + by, b + by] })
  }
}
