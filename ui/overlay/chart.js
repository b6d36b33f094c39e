// The plotly chart in a container. Streamlit makes a new one for each figure; until it is drawn, a copy of the last one
// stands in its place, so that nothing flickers.

const LONGEST_COPY = 1500 // ms that a copy stands at the most

class DrawnChart {
  // `drawn` is called when the chart is there or has another size, `moved` when its window was changed in it.
  constructor({ drawn, moved, busy }) {
    this.calls = { drawn, moved, busy }
    this.observer = new MutationObserver(() => this.follow())
    this.resizer = new ResizeObserver(() => drawn())
  }

  watch(container) {
    this.container = container
    this.observer.observe(container, { childList: true, subtree: true })
    this.resizer.observe(container)
  }

  stop() {
    this.observer.disconnect()
    this.resizer.disconnect()
    clearTimeout(this.copyTimer)
    clearTimeout(this.ghostTimer)
    this.ghost?.remove()
  }

  follow() {
    const found = this.container?.querySelector(".js-plotly-plot:not(.ghost)") ?? null
    if (found === this.plot && (found === null || this.ready)) return
    if (found !== this.plot) {
      if (this.plot && this.copy && !this.ghost) this.haunt()
      this.plot = found
      this.ready = false
    }
    if (!found?.on || !found._fullLayout?.xaxis) return
    this.ready = true
    found.on("plotly_relayout", change => this.calls.moved(change))
    found.on("plotly_relayouting", () => this.calls.drawn())
    found.on("plotly_afterplot", () => this.settle())
    if (found.querySelector(".scatterlayer")) this.settle()
  }

  settle() {
    // A finger that moves up or down scrolls the page (touch-action in the styles); the rest is ours, not plotly's.
    if (matchMedia("(pointer: coarse)").matches && this.plot._fullLayout.dragmode !== false) {
      this.relayout({ dragmode: false })
    }
    this.calls.drawn()
    this.ghost?.remove()
    this.ghost = null
    clearTimeout(this.copyTimer)
    this.copyTimer = setTimeout(() => this.remember(), 60)
  }

  remember() {
    const drawn = this.plot?.querySelector(".svg-container")
    if (!drawn || this.calls.busy()) return
    const box = this.plot.getBoundingClientRect()
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
    const inner = document.createElement("div")
    inner.className = "plotly plot-container"
    inner.append(drawn.cloneNode(true))
    this.copy.append(inner)
  }

  haunt() {
    const ghost = this.copy
    this.ghost = ghost
    this.copy = null
    this.container.append(ghost)
    clearTimeout(this.ghostTimer)
    this.ghostTimer = setTimeout(() => {
      ghost.remove()
      if (this.ghost === ghost) this.ghost = null
    }, LONGEST_COPY)
  }

  // ---- what is in it

  axes() {
    const layout = this.ready && this.plot?._fullLayout
    return layout?.xaxis?.d2p ? { x: layout.xaxis, y: layout.yaxis } : null
  }

  window() {
    const { x } = this.axes()
    return [x.p2d(0), x.p2d(x._length)]
  }

  trace(role) {
    return this.plot?.data?.find(found => found.meta === role)
  }

  // Hide or show the traces of these roles.
  veil(roles, hidden) {
    for (const { meta, uid } of this.plot?._fullData ?? []) {
      const drawn = roles.includes(meta) && this.plot.querySelector(`.scatterlayer .trace${uid}`)
      if (drawn) drawn.style.opacity = hidden ? 0 : ""
    }
  }

  relayout(change) {
    globalThis.Plotly?.relayout(this.plot, change)
  }

  save() {
    globalThis.Plotly?.downloadImage?.(this.plot, { format: "png", scale: 2, filename: "derivlab" })
  }
}
