// The player of a descent: it lets the walks grow step by step, drawn here over the map, whose own lines are hidden meanwhile.

const LENGTH = 5000 // ms that a descent takes to play
const SLOWEST = 100 // ms: a frame that took longer counts as this

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
