// Where one looks: fit, zoom, drag, and follow the step where the whole is too large to read.

function camera(host) {
  const eye = { x: 0, y: 0, scale: 1, following: false }
  let parts = null
  let held = null

  const show = () => parts?.view.setAttribute("transform", `translate(${eye.x} ${eye.y}) scale(${eye.scale})`)
  const room = () => ({ w: host.clientWidth || 600, h: host.clientHeight || 360 })

  function fit(drawn) {
    parts = drawn ?? parts
    const { w, h } = room()
    const { width, height } = parts.layout
    const whole = Math.min((w - 40) / Math.max(width, 1), (h - 40) / Math.max(height, 1), 1.3)
    eye.following = whole < SMALLEST_TEXT
    eye.scale = Math.max(whole, SMALLEST_TEXT)
    eye.x = (w - width * eye.scale) / 2
    eye.y = (h - height * eye.scale) / 2
    show()
  }

  function overview() {
    const { w, h } = room()
    const { width, height } = parts.layout
    eye.scale = Math.max(0.02, Math.min((w - 40) / Math.max(width, 1), (h - 40) / Math.max(height, 1), 1.15))
    eye.following = false
    eye.x = (w - width * eye.scale) / 2
    eye.y = (h - height * eye.scale) / 2
    show()
  }

  function zoom(factor, at) {
    const { w, h } = room()
    const { x, y } = at ?? { x: w / 2, y: h / 2 }
    const scale = Math.min(4, Math.max(0.02, eye.scale * factor))
    eye.x = x - ((x - eye.x) * scale) / eye.scale
    eye.y = y - ((y - eye.y) * scale) / eye.scale
    eye.scale = scale
    show()
  }

  // Bring a node into view, only as far as needed; or to the middle.
  function follow(id, always = false, centred = false) {
    const place = parts?.layout.places.get(id)
    if (!place || !(eye.following || always)) return
    const { w, h } = room()
    if (centred) {
      eye.x = w / 2 - place.x * eye.scale
      eye.y = h / 2 - place.y * eye.scale
    }
    const margin = { x: Math.min(150, w / 3), y: Math.min(80, h / 3) }
    const x = place.x * eye.scale + eye.x
    const y = place.y * eye.scale + eye.y
    if (x < margin.x) eye.x += margin.x - x
    if (x > w - margin.x) eye.x -= x - (w - margin.x)
    if (y < margin.y) eye.y += margin.y - y
    if (y > h - margin.y) eye.y -= y - (h - margin.y)
    show()
  }

  host.onwheel = (event) => {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    const frame = host.getBoundingClientRect()
    zoom(Math.exp(-event.deltaY * 0.004), { x: event.clientX - frame.left, y: event.clientY - frame.top })
  }
  host.onpointerdown = (event) => {
    if (event.button === 0) held = { x: event.clientX, y: event.clientY, moved: 0 }
  }
  host.onpointermove = (event) => {
    if (!held || !parts) return
    const dx = event.clientX - held.x
    const dy = event.clientY - held.y
    held.moved += Math.abs(dx) + Math.abs(dy)
    if (held.moved < 4) return
    if (!host.hasPointerCapture(event.pointerId)) host.setPointerCapture(event.pointerId)
    host.classList.add("dragged")
    eye.x += dx
    eye.y += dy
    held.x = event.clientX
    held.y = event.clientY
    show()
  }
  host.onpointerup = host.onpointercancel = () => {
    const dragged = held !== null && held.moved >= 4
    held = null
    setTimeout(() => host.classList.remove("dragged"), dragged ? 30 : 0)
  }
  return { fit, overview, zoom, follow }
}
