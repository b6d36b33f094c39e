// The arrow of the gradient while the point moves; at rest the figure has its own.

const ARROW = 0.16 // its length, as a share of the plot's width

class GradientArrow {
  constructor(svg) {
    this.group = element("g", { class: "gradient" }, svg)
    this.shaft = element("line", {}, this.group)
    this.head = element("path", { d: "M0,0 L-13,-6 L-13,6 Z", "stroke-width": 0 }, this.group)
  }

  hide() {
    this.group.style.display = "none"
  }

  // From the pixel (px, py) along `slope`, which is in the units of the axes.
  draw(px, py, slope, axes, width) {
    const along = [slope[0] / (axes.x.p2d(1) - axes.x.p2d(0)), slope[1] / (axes.y.p2d(1) - axes.y.p2d(0))]
    const length = Math.hypot(...along)
    if (!(length > 0)) return this.hide()
    const [dx, dy] = along.map(part => (part * ARROW * width) / length)
    this.group.style.display = "inline"
    this.group.setAttribute("transform", `translate(${px},${py})`)
    set(this.shaft, { x1: 0, y1: 0, x2: dx * 0.9, y2: dy * 0.9 })
    const angle = (Math.atan2(dy, dx) * 180) / Math.PI
    this.head.setAttribute("transform", `translate(${dx},${dy}) rotate(${angle})`)
    return undefined
  }
}
