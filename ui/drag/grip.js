// The handle of a point: dragged with a pointer or moved by keys. What a move means is the owner's affair.

const REST = 250 // ms without a key press before the point counts as at rest

class Grip {
  // The owner answers to grabbed(), dragged(event), released(), pressed(event) (whether the key moved it) and rested().
  constructor(svg, role, owner, on) {
    this.owner = owner
    this.node = element("g", { class: "handle", tabindex: "0", role }, svg)
    element("circle", { r: 22, class: "reach" }, this.node)
    element("circle", { r: 13, class: "halo" }, this.node)
    element("circle", { r: 7, class: "knob" }, this.node)
    this.node.addEventListener("pointerdown", e => this.grab(e), on)
    this.node.addEventListener("pointermove", e => this.dragging && owner.dragged(e), on)
    for (const end of ["pointerup", "pointercancel"]) this.node.addEventListener(end, () => this.release(), on)
    this.node.addEventListener("keydown", e => this.press(e), on)
  }

  grab(event) {
    if (event.button) return
    event.preventDefault()
    event.stopPropagation()
    this.node.setPointerCapture(event.pointerId)
    this.node.focus({ preventScroll: true })
    this.dragging = true
    this.owner.grabbed(event)
  }

  release() {
    if (!this.dragging) return
    this.dragging = false
    this.owner.released()
  }

  press(event) {
    if (!this.owner.pressed(event)) return
    event.preventDefault()
    this.waiting = true
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.waiting = false
      this.owner.rested()
    }, REST)
  }

  // Whether the person is moving the point, so that the server's place for it is out of date.
  get busy() {
    return Boolean(this.dragging || this.waiting)
  }

  put(px, py) {
    this.node.setAttribute("transform", `translate(${px},${py})`)
  }

  show(isShown) {
    this.node.style.display = isShown ? "" : "none"
  }

  stop() {
    clearTimeout(this.timer)
  }
}
