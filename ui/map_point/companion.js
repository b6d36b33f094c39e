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
