// The draggable point over the plotly chart: follows the pointer without the server, reports on release.
//
// The component outlives the charts. It finds the chart by the key of the container that holds both, reads the curves
// from it, and draws in an SVG of its own. The rooms: chart.js (the chart itself), point.js (the handle), window.js and pan), readout.js (numbers at the pointer), hermite.js (a curve between its samples), and what ui/drag shares.

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

class Overlay {
  constructor(parent) {
    this.parent = parent
    this.host = parent.host ?? parent
    this.root = parent.querySelector(".overlay")
    this.svg = parent.querySelector("svg.plot")
    this.tools = parent.querySelector(".tools")
    this.stop = new AbortController()
    const on = { signal: this.stop.signal }
    this.clip = element("rect", {}, element("clipPath", { id: "plot" }, element("defs", {}, this.svg)))
    const clipped = element("g", { "clip-path": "url(#plot)" }, this.svg)
    this.readout = new Readout(this, clipped)
    this.point = new Point(this, this.svg, clipped, on)
    this.view = new ViewWindow(this)
    this.chart = new DrawnChart({
      drawn: () => this.place(),
      moved: change => (this.place(), this.view.moved(change)),
      busy: () => this.point.grip.dragging,
    })
    const commands = {
      in: () => this.view.zoom(0.5),
      out: () => this.view.zoom(2),
      fetch: () => this.point.fetch(),
      reset: () => this.view.reset(),
      save: () => this.chart.save(),
    }
    for (const button of this.tools.querySelectorAll("button")) {
      button.addEventListener("click", commands[button.dataset.command], on)
    }
  }

  update({ data, setTriggerValue }) {
    this.data = data
    this.report = setTriggerValue
    this.point.update()
    const container = this.host.closest(`.st-key-${data.chart}`)
    if (container && container !== this.container) {
      this.container = container
      const on = { signal: this.stop.signal }
      container.addEventListener("pointermove", e => this.hover(e), on)
      container.addEventListener("pointerleave", () => this.readout.hide(), on)
      this.view.listen(container, on)
      this.chart.watch(container)
    }
    for (const [name, value] of Object.entries(data.colors)) this.root.style.setProperty(`--${name}`, value)
    this.chart.follow()
    this.place()
  }

  destroy() {
    this.stop.abort()
    this.chart.stop()
    this.point.stop()
    this.view.stop()
  }

  // ---- what the curves say

  at(role, x) {
    const trace = this.chart.trace(role)
    return trace ? interpolate(trace.x, trace.y, this.data.slopes[role], x) : null
  }

  slopeAt(x) {
    const { main, slopes, curves } = this.data
    if (!slopes[main] || !this.chart.trace(main)) return null
    const { order } = curves.find(curve => curve.role === main)
    const known = curves.find(curve => curve.order === order + 1)
    const value = known && this.at(known.role, x)
    if (known && value !== null) return value
    const [lo, hi] = this.chart.window()
    const step = 1e-4 * (hi - lo)
    const [before, after] = [this.at(main, x - step), this.at(main, x + step)]
    return before === null || after === null ? null : (after - before) / (2 * step)
  }

  // ---- where things are

  place() {
    const axes = this.chart.axes()
    this.root.classList.toggle("away", !axes)
    if (!axes) return
    const base = this.root.getBoundingClientRect()
    const chart = this.chart.plot.getBoundingClientRect()
    this.left = chart.left - base.left + axes.x._offset
    this.top = chart.top - base.top + axes.y._offset
    this.width = axes.x._length
    this.height = axes.y._length
    Object.assign(this.svg.style, { left: `${this.left}px`, top: `${this.top}px` })
    set(this.svg, { width: this.width, height: this.height })
    set(this.clip, { width: this.width, height: this.height })
    const pixels = (x, y) => ({ left: `${this.left + x}px`, top: `${this.top + y}px` })
    Object.assign(this.tools.style, pixels(this.width, this.height))
    Object.assign(this.view.hint.style, pixels(this.width / 2, this.height / 2))
    this.point.draw()
  }

  // The upper left corner of the plot on the screen.
  corner() {
    const box = this.svg.getBoundingClientRect()
    return [box.left, box.top]
  }

  // Where in the plot an event is, in pixels; null outside it.
  inside(event) {
    const [left, top] = this.corner()
    const [px, py] = [event.clientX - left, event.clientY - top]
    return px < 0 || px > this.width || py < 0 || py > this.height ? null : [px, py]
  }

  hover(event) {
    if (event.pointerType === "touch") return this.view.finger(event)
    const axes = this.chart.axes()
    if (!axes || this.point.grip.dragging) return
    const place = this.inside(event)
    if (!place || event.buttons) return this.readout.hide()
    this.readout.show(this.point.round(axes.x.p2d(place[0])), place[0])
  }
}
