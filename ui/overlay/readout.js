// All curves read at the pointer: a line through the plot, a dot on each curve, the numbers in a card.

class Readout {
  constructor(overlay, clipped) {
    this.overlay = overlay
    this.card = overlay.parent.querySelector(".card")
    this.crosshair = element("line", { class: "crosshair" }, clipped)
    this.dots = element("g", {}, clipped)
  }

  show(x, px) {
    const { height, chart, data } = this.overlay
    const axes = chart.axes()
    this.crosshair.style.display = ""
    set(this.crosshair, { x1: px, x2: px, y1: 0, y2: height })
    this.dots.replaceChildren()
    for (const { role, color } of data.curves) {
      const y = this.overlay.at(role, x)
      const py = y === null ? NaN : axes.y.d2p(y)
      if (Number.isFinite(py)) element("circle", { cx: px, cy: py, r: 4, fill: color, class: "dot" }, this.dots)
    }
    this.write(x, px)
  }

  // The card alone.
  write(x, px) {
    const { data, left, top, width, height } = this.overlay
    const rows = [[data.variable, show(x), "currentColor"]]
    for (const { role, label, color } of data.curves) rows.push([label, show(this.overlay.at(role, x)), color])
    fillCard(this.card, rows)
    const room = this.card.offsetWidth + 14
    const side = px + room > width ? px - room : px + 14
    Object.assign(this.card.style, {
      left: `${left + Math.max(0, side)}px`,
      top: `${top + height - this.card.offsetHeight - 8}px`,
    })
  }

  hide() {
    this.crosshair.style.display = "none"
    this.card.style.display = "none"
    this.dots.replaceChildren()
  }
}
