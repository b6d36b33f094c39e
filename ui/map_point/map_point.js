// The point on the contour map: a click, a drag or an arrow key moves it; the server hears of it on release.
//
// The chart is drawn by Streamlit and replaced at each new figure; this component outlives it. It finds the chart by the
// key of the container that holds both, reads the heights from it, and draws in an SVG of its own. It also keeps the surface
// beside it turned as it was, and lets the walks of a descent grow on both.

const NS = "http://www.w3.org/2000/svg"
const PAUSE = 250 // ms without a key press before the point is reported
const CLICK = 5 // px: a pointer that moved less was a click
const LENGTH = 5000 // ms that a descent takes to play
const SLOWEST = 100 // ms: a frame that took longer counts as this
const ARROW = 0.16 // length of the gradient, as a share of the plot's width
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

function element(name, attributes, parent) {
  const made = document.createElementNS(NS, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  parent?.append(made)
  return made
}

function show(value) {
  if (value === null || !Number.isFinite(value)) return "undefined"
  const size = Math.abs(value)
  const sign = value < 0 ? "−" : ""
  return size !== 0 && (size < 1e-4 || size >= 1e7)
    ? sign + size.toExponential(3)
    : sign + String(Number(size.toPrecision(5)))
}

class MapPoint {
  constructor(parent) {
    this.parent = parent
    this.host = parent.host ?? parent
    this.root = parent.querySelector(".overlay")
    this.svg = parent.querySelector("svg")
    this.card = parent.querySelector(".card")
    this.stop = new AbortController()
    const on = { signal: this.stop.signal }
    this.gradient = element("g", { class: "gradient" }, this.svg)
    this.shaft = element("line", {}, this.gradient)
    this.head = element("path", { "stroke-width": 0 }, this.gradient)
    this.handle = element("g", { class: "handle", tabindex: "0", role: "application" }, this.svg)
    element("circle", { r: 22, class: "reach" }, this.handle)
    element("circle", { r: 13, class: "halo" }, this.handle)
    element("circle", { r: 7, class: "knob" }, this.handle)
    this.handle.addEventListener("pointerdown", e => this.grab(e), on)
    this.handle.addEventListener("pointermove", e => this.drag(e), on)
    this.handle.addEventListener("pointerup", () => this.release(), on)
    this.handle.addEventListener("pointercancel", () => this.release(), on)
    this.handle.addEventListener("keydown", e => this.press(e), on)
    this.observer = new MutationObserver(() => this.follow())
    this.companion = new Companion()
    this.player = new Player(this, parent, on)
    this.resizer = new ResizeObserver(() => this.place())
  }

  update({ data, setTriggerValue }) {
    this.data = data
    this.report = setTriggerValue
    if (!this.dragging) this.at = [...data.point]
    const container = this.host.closest(`.st-key-${data.chart}`)
    if (container && container !== this.container) {
      this.container = container
      const on = { signal: this.stop.signal }
      container.addEventListener("pointerdown", e => (this.pressed = this.onPlayer(e) ? null : [e.clientX, e.clientY]), { ...on, capture: true })
      // Plotly covers the page while a button is down, so the release is not heard in the container.
      window.addEventListener("pointerup", e => this.click(e), { ...on, capture: true })
      container.addEventListener("pointermove", e => this.hover(e), on)
      container.addEventListener("pointerleave", () => this.hide(), on)
      this.observer.observe(container, { childList: true, subtree: true })
      this.resizer.observe(container)
    }
    for (const [name, value] of Object.entries(data.colors)) this.root.style.setProperty(`--${name}`, value)
    this.handle.setAttribute("aria-label", `Point on the map of ${data.name}: drag it, or use the arrow keys`)
    this.heights = null
    this.companion.watch(document.querySelector(`.st-key-${data.surface}`))
    this.follow()
    this.veil(false)
    this.place()
    this.player.update(data.steps)
  }

  destroy() {
    this.stop.abort()
    this.observer.disconnect()
    this.resizer.disconnect()
    clearTimeout(this.timer)
    this.companion.destroy()
  }

  // ---- the chart

  follow() {
    const chart = this.container?.querySelector(".js-plotly-plot")
    if (!chart || chart === this.chart) return
    this.chart = chart
    this.heights = null
    this.onPlot = () => this.place()
    chart.on?.("plotly_afterplot", this.onPlot)
    chart.on?.("plotly_relayout", this.onPlot)
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
    this.svg.setAttribute("width", this.width)
    this.svg.setAttribute("height", this.height)
    this.player.place(this)
    this.draw()
  }

  draw() {
    const axes = this.axes()
    if (!axes || !this.at) return
    const [px, py] = [axes.x.d2p(this.at[0]), axes.y.d2p(this.at[1])]
    const inside = px >= -1 && px <= this.width + 1 && py >= -1 && py <= this.height + 1
    this.handle.style.display = inside ? "" : "none"
    this.gradient.style.display = "none"
    if (!inside) return
    this.handle.setAttribute("transform", `translate(${px},${py})`)
    this.handle.setAttribute("aria-valuetext", this.words().map(([name, value]) => `${name} = ${value}`).join(", "))
    const slope = this.moving ? this.slope() : null
    if (!slope) return
    const along = [slope[0] * (axes.x.p2d(1) - axes.x.p2d(0)) ** -1, slope[1] * (axes.y.p2d(1) - axes.y.p2d(0)) ** -1]
    const pixels = [slope[0] / (axes.x.p2d(1) - axes.x.p2d(0)), slope[1] / (axes.y.p2d(1) - axes.y.p2d(0))]
    const length = Math.hypot(...along)
    if (!(length > 0)) return
    const reach = (ARROW * this.width) / length
    const [dx, dy] = [pixels[0] * reach, pixels[1] * reach]
    const angle = (Math.atan2(dy, dx) * 180) / Math.PI
    this.gradient.style.display = "inline"
    this.gradient.setAttribute("transform", `translate(${px},${py})`)
    for (const [key, value] of Object.entries({ x1: 0, y1: 0, x2: dx * 0.9, y2: dy * 0.9 })) {
      this.shaft.setAttribute(key, value)
    }
    this.head.setAttribute("d", "M0,0 L-13,-6 L-13,6 Z")
    this.head.setAttribute("transform", `translate(${dx},${dy}) rotate(${angle})`)
  }

  // What the figure says of the old point is hidden while the point moves.
  veil(hidden) {
    this.moving = hidden
    const chart = this.chart
    if (!chart) return
    const parts = [...chart.querySelectorAll(".annotation")]
    const contours = [...chart.querySelectorAll(".contourlayer > .contour")]
    for (const { meta, uid, type } of chart._fullData ?? []) {
      if (type === "contour") {
        const drawn = contours.shift()
        if (meta === "level" && drawn) parts.push(drawn)
      } else if (["point", "cross", "tangent"].includes(meta)) {
        parts.push(...chart.querySelectorAll(`.scatterlayer .trace${uid}`))
      }
    }
    for (const part of parts) part.style.opacity = hidden ? 0 : ""
  }

  // ---- heights

  grid() {
    if (this.heights) return this.heights
    const trace = this.chart?._fullData?.find(each => each.meta === "levels")
    if (!trace?.z?.length) return null
    this.heights = { x: Array.from(trace.x), y: Array.from(trace.y), z: trace.z }
    return this.heights
  }

  // f at a place, from the four corners of its cell; null where it is unknown.
  value([x, y]) {
    const grid = this.grid()
    if (!grid) return null
    const [nx, ny] = [grid.x.length, grid.y.length]
    const i = ((x - grid.x[0]) / (grid.x[nx - 1] - grid.x[0])) * (nx - 1)
    const j = ((y - grid.y[0]) / (grid.y[ny - 1] - grid.y[0])) * (ny - 1)
    if (!(i >= 0 && j >= 0 && i <= nx - 1 && j <= ny - 1)) return null
    const [i0, j0] = [Math.min(Math.floor(i), nx - 2), Math.min(Math.floor(j), ny - 2)]
    const [s, t] = [i - i0, j - j0]
    const corner = (a, b) => this.unstretch(grid.z[j0 + b]?.[i0 + a])
    const value =
      (1 - s) * (1 - t) * corner(0, 0) + s * (1 - t) * corner(1, 0) + (1 - s) * t * corner(0, 1) + s * t * corner(1, 1)
    return Number.isFinite(value) ? value : null
  }

  unstretch(shown) {
    if (shown === null || shown === undefined) return NaN
    const [sign, floor, unit] = this.data.stretch ?? [0, 0, 1]
    return sign === 0 ? shown : floor + sign * Math.expm1(Math.abs(shown)) * unit
  }

  slope() {
    const grid = this.grid()
    if (!grid) return null
    const [x, y] = this.at
    const h = (grid.x.at(-1) - grid.x[0]) / (grid.x.length - 1)
    const k = (grid.y.at(-1) - grid.y[0]) / (grid.y.length - 1)
    const difference = (a, b, width) => {
      const [low, high] = [this.value(a), this.value(b)]
      return low === null || high === null ? NaN : (high - low) / width
    }
    const slope = [
      difference([x - h / 2, y], [x + h / 2, y], h),
      difference([x, y - k / 2], [x, y + k / 2], k),
    ]
    return slope.every(Number.isFinite) ? slope : null
  }

  words(at = this.at) {
    const [first, second] = this.data.axes
    const rows = [
      [first, show(at[0])],
      [second, show(at[1])],
    ]
    if (this.data.stretch) rows.push([`${this.data.name} ≈`, show(this.value(at))])
    return rows
  }

  onPlayer(event) {
    return event.composedPath().some(each => each.classList?.contains("player"))
  }

  // ---- moving

  locate(event) {
    const axes = this.axes()
    if (!axes) return null
    const box = this.svg.getBoundingClientRect()
    const [px, py] = [event.clientX - box.left, event.clientY - box.top]
    return { px, py, inside: px >= 0 && py >= 0 && px <= this.width && py <= this.height }
  }

  // To the decimals that two pixels can tell apart.
  round(axis, value) {
    const step = 10 ** Math.floor(Math.log10(2 * Math.abs(axis.p2d(1) - axis.p2d(0))))
    const decimals = Math.max(0, -Math.round(Math.log10(step)))
    return decimals > 15 ? value : Number((Math.round(value / step) * step).toFixed(decimals))
  }

  move({ px, py }) {
    const axes = this.axes()
    const clamp = (value, end) => Math.min(Math.max(value, 0), end)
    this.at = [
      this.round(axes.x, axes.x.p2d(clamp(px, this.width))),
      this.round(axes.y, axes.y.p2d(clamp(py, this.height))),
    ]
    this.draw()
  }

  grab(event) {
    if (event.button) return
    event.preventDefault()
    event.stopPropagation()
    this.handle.setPointerCapture(event.pointerId)
    this.handle.focus({ preventScroll: true })
    this.dragging = true
    this.root.classList.add("dragging")
    this.veil(true)
  }

  drag(event) {
    const where = this.dragging && this.locate(event)
    if (!where) return
    this.move(where)
    this.write(where)
  }

  release() {
    if (!this.dragging) return
    this.dragging = false
    this.root.classList.remove("dragging")
    this.hide()
    this.send()
  }

  click(event) {
    if (this.dragging || event.button || !this.pressed) return
    const moved = Math.hypot(event.clientX - this.pressed[0], event.clientY - this.pressed[1])
    this.pressed = null
    const where = this.locate(event)
    if (moved > CLICK || !where?.inside) return
    this.veil(true)
    this.move(where)
    this.send()
  }

  press(event) {
    const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }
    const step = steps[event.key]
    const axes = this.axes()
    if (!step || !axes) return
    event.preventDefault()
    const stride = event.shiftKey ? 10 : 1
    this.at = this.at.map((value, k) => {
      const axis = k ? axes.y : axes.x
      const unit = 10 ** Math.round(Math.log10(Math.abs(axis.range[1] - axis.range[0]) / 150))
      const [low, high] = [Math.min(...axis.range), Math.max(...axis.range)]
      return step[k] ? Math.min(Math.max(this.round(axis, value + step[k] * stride * unit), low), high) : value
    })
    this.veil(true)
    this.draw()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.send(), PAUSE)
  }

  send() {
    const [x, y] = this.at
    if (x === this.data.point[0] && y === this.data.point[1]) return this.veil(false), this.draw()
    this.report("moved", [x, y])
  }

  // ---- reading

  hover(event) {
    if (this.dragging || event.pointerType === "touch" || event.buttons) return
    if (this.onPlayer(event)) return this.hide()
    const where = this.locate(event)
    if (!where?.inside) return this.hide()
    const axes = this.axes()
    this.write(where, [this.round(axes.x, axes.x.p2d(where.px)), this.round(axes.y, axes.y.p2d(where.py))])
  }

  write({ px, py }, at = this.at) {
    this.card.replaceChildren(
      ...this.words(at).map(([label, value]) => {
        const row = document.createElement("div")
        const name = document.createElement("span")
        name.textContent = label
        const figure = document.createElement("b")
        figure.textContent = value
        row.append(name, figure)
        return row
      }),
    )
    this.card.style.display = "block"
    const [wide, tall] = [this.card.offsetWidth, this.card.offsetHeight]
    const x = px + wide + 20 > this.width ? px - wide - 16 : px + 16
    const y = py - tall - 14 < 0 ? py + 16 : py - tall - 12
    Object.assign(this.card.style, { left: `${this.left + x}px`, top: `${this.top + y}px` })
  }

  hide() {
    this.card.style.display = "none"
  }
}

// The surface beside the map: it stays turned as it was when a new figure comes.
class Companion {
  constructor() {
    this.observer = new MutationObserver(() => this.follow())
  }

  watch(container) {
    if (!container || container === this.container) return
    this.container = container
    this.observer.disconnect()
    this.observer.observe(container, { childList: true, subtree: true })
    this.follow()
  }

  destroy() {
    this.observer.disconnect()
  }

  follow() {
    const chart = this.container?.querySelector(".js-plotly-plot")
    if (!chart?.on || chart === this.chart) return
    this.chart = chart
    this.walks = null
    chart.on("plotly_relayout", () => this.remember())
    if (this.camera) globalThis.Plotly?.relayout(chart, { "scene.camera": this.camera })
  }

  remember() {
    const camera = this.chart?._fullLayout?.scene?._scene?.getCamera?.()
    if (camera) this.camera = camera
  }

  // The walks on the surface up to a step; while a redraw is under way the next one waits.
  async show(step) {
    this.wanted = step
    if (this.drawing || !this.chart?._fullData) return
    this.drawing = true
    try {
      while (this.wanted !== null) {
        const shown = this.wanted
        this.wanted = null
        await this.redraw(shown)
      }
    } finally {
      this.drawing = false
    }
  }

  redraw(step) {
    this.walks ??= this.chart._fullData
      .map(({ meta, x, y, z }, place) => ({ meta: String(meta), place, x: [...x], y: [...y], z: z ? [...z] : [] }))
      .filter(({ meta }) => meta.startsWith("path-"))
    if (!this.walks.length) return null
    const part = axis => this.walks.map(walk => walk[axis].slice(0, step + 1))
    const change = { x: part("x"), y: part("y"), z: part("z") }
    return globalThis.Plotly?.restyle(this.chart, change, this.walks.map(({ place }) => place))
  }
}

// Lets the walks grow step by step: drawn here over the map, whose own lines are hidden meanwhile.
class Player {
  constructor(owner, parent, on) {
    this.owner = owner
    this.bar = parent.querySelector(".player")
    this.button = this.bar.querySelector("button")
    this.slider = this.bar.querySelector("input")
    this.label = this.bar.querySelector("output")
    this.group = element("g", {}, owner.svg)
    this.button.addEventListener("click", () => (this.playing ? this.pause() : this.play()), on)
    this.slider.addEventListener("input", () => (this.pause(), this.show(Number(this.slider.value))), on)
  }

  update(steps) {
    if (steps === this.steps && this.owner.chart === this.chart) return
    this.pause()
    this.chart = this.owner.chart
    this.steps = steps
    this.bar.hidden = steps === 0
    this.slider.max = steps
    this.show(steps)
  }

  place({ left, top }) {
    this.tell()
    Object.assign(this.bar.style, { left: `${left}px`, top: `${top - 44}px` })
    if (this.step < this.steps) this.draw()
  }

  play() {
    this.playing = true
    this.button.textContent = "❚❚"
    this.button.setAttribute("aria-label", "Pause the descent")
    const from = this.step >= this.steps ? 0 : this.step
    let [before, elapsed] = [performance.now(), 0]
    const tick = now => {
      if (!this.playing) return
      elapsed += Math.min(Math.max(now - before, 0), SLOWEST) // a slow browser plays slowly and skips nothing
      before = now
      const step = Math.min(this.steps, from + Math.floor((elapsed / LENGTH) * this.steps))
      this.show(step)
      if (step >= this.steps) this.pause()
      else requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  }

  pause() {
    this.playing = false
    this.button.textContent = "▶"
    this.button.setAttribute("aria-label", "Play the descent")
  }

  show(step) {
    if (step === this.step && this.shownOn === this.owner.chart) return
    this.step = step
    this.shownOn = this.owner.chart
    this.slider.value = step
    this.tell()
    this.draw()
    this.owner.companion.show(step)
  }

  tell() {
    const { step, steps } = this
    this.label.textContent = this.owner.width < 300 ? `${step}/${steps}` : `step ${step} of ${steps}`
  }

  draw() {
    const axes = this.owner.axes()
    const chart = this.owner.chart
    if (!axes || !chart?._fullData) return
    const whole = this.step >= this.steps
    this.group.replaceChildren()
    for (const { meta, uid, x, y, line } of chart._fullData) {
      if (!String(meta).startsWith("path-")) continue
      for (const drawn of chart.querySelectorAll(`.scatterlayer .trace${uid}`)) drawn.style.opacity = whole ? "" : 0
      if (whole) continue
      const count = Math.min(this.step + 1, x.length)
      const points = Array.from({ length: count }, (_, k) => [axes.x.d2p(x[k]), axes.y.d2p(y[k])])
      const usable = points.filter(point => point.every(Number.isFinite))
      if (!usable.length) continue
      element("polyline", { class: "walk", stroke: line.color, points: usable.map(p => p.join(",")).join(" ") }, this.group)
      const [cx, cy] = usable.at(-1)
      element("circle", { cx, cy, r: 5, fill: line.color, stroke: this.owner.data.colors.background }, this.group)
    }
  }
}
