// The picture: boxes, links and labels as SVG elements, made once; steps only switch classes and texts.

const SVG = "http://www.w3.org/2000/svg"
const BOX = { pad: 9, line: 17, least: 62 }
const SMALLEST_TEXT = 0.62 // below this scale the picture follows the step instead of shrinking

function svg(tag, attributes = {}, text = "") {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  if (text) element.textContent = text
  return element
}

const pen = document.createElement("canvas").getContext("2d")
function widthOf(text, font) {
  pen.font = font
  return pen.measureText(text).width
}

function boxFor(node, inside) {
  const title = node.label === node.symbol ? node.symbol : `${node.symbol} = ${node.label}`
  const gradient = node.gradient ? `${node.partial} = ${node.gradient}` : ""
  const caption = node.kind === "leaf" ? "leaf" : node.kind === "condition" ? "not on the tape" : node.tape
  if (node.kind === "constant" && !node.tape) {
    return { id: node.id, w: Math.max(30, widthOf(node.label, "14px system-ui") + 18), h: 28, light: true, lines: { title: node.label } }
  }
  const widest = Math.max(
    widthOf(title, "600 14px system-ui"),
    widthOf(node.value, "600 14px system-ui"),
    widthOf(gradient, "600 14px system-ui"),
    widthOf(caption, "11px system-ui"),
    inside ? widthOf(`${inside} inside  ⊞`, "11px system-ui") : 0,
  )
  const rows = 3 + (gradient ? 1 : 0)
  return {
    id: node.id,
    w: Math.max(BOX.least, widest + 2 * BOX.pad + (node.kind === "leaf" ? 16 : 0)),
    h: rows * BOX.line + 11,
    lines: { title, caption: inside ? `${inside} inside  ⊞` : caption, value: node.value, gradient },
  }
}

function drawBox(box, node) {
  const second = node.stage === "gradient" ? " second" : ""
  const group = svg("g", { class: `box ${node.kind}${second}`, "data-node": box.id, tabindex: -1, role: "button" })
  const { w, h } = box
  const round = node.kind === "leaf" ? h / 2 : node.kind === "constant" ? 5 : 7
  if (node.kind === "output") {
    group.append(svg("rect", { class: "rim", x: -w / 2 - 4, y: -h / 2 - 4, width: w + 8, height: h + 8, rx: 10 }))
  }
  group.append(svg("rect", { class: "shape", x: -w / 2, y: -h / 2, width: w, height: h, rx: round }))
  if (box.light) {
    group.append(svg("text", { class: "title", y: 5 }, box.lines.title))
  } else {
    const top = -h / 2 + 15
    group.append(svg("text", { class: "caption", y: top }, box.lines.caption))
    group.append(svg("text", { class: "title", y: top + BOX.line }, box.lines.title))
    group.append(svg("text", { class: "value", y: top + 2 * BOX.line }, box.lines.value))
    if (box.lines.gradient) group.append(svg("text", { class: "grad", y: top + 3 * BOX.line }, box.lines.gradient))
  }
  if (node.faults.length) group.append(svg("text", { class: "alarm", x: w / 2, y: -h / 2 - 5 }, "⚠"))
  return group
}

function linkPath(from, to, bends, vertical) {
  const points = [from, ...bends, to]
  let path = `M${from.x} ${from.y}`
  for (let index = 1; index < points.length; index += 1) {
    const a = points[index - 1]
    const b = points[index]
    const reach = (vertical ? b.y - a.y : b.x - a.x) * 0.5
    path += vertical
      ? `C${a.x} ${a.y + reach} ${b.x} ${b.y - reach} ${b.x} ${b.y}`
      : `C${a.x + reach} ${a.y} ${b.x - reach} ${b.y} ${b.x} ${b.y}`
  }
  return path
}

// The local derivative as it is written on a link: formula and number where both fit.
function slopeWords({ rule, local }) {
  return rule && rule !== local && rule.length + local.length < 17 ? `${rule} = ${local}` : local
}

function portsOf(links, boxes, places, vertical) {
  const ports = new Map(links.map((link) => [link.index, {}]))
  const side = (key, towards) => {
    const groups = new Map()
    for (const link of links) (groups.get(link[key]) ?? groups.set(link[key], []).get(link[key])).push(link)
    for (const [id, members] of groups) {
      const box = boxes.get(id)
      const across = (link) => (vertical ? places.get(link[towards]).x : places.get(link[towards]).y)
      members.sort((one, other) => across(one) - across(other) || one.index - other.index)
      const room = (vertical ? box.w : box.h) * 0.5
      members.forEach((link, index) => {
        const shift = members.length < 2 ? 0 : (index / (members.length - 1) - 0.5) * Math.min(room, 16 * (members.length - 1))
        const middle = places.get(id)
        const sign = key === "source" ? 1 : -1
        ports.get(link.index)[key] = vertical
          ? { x: middle.x + shift, y: middle.y + (sign * box.h) / 2 }
          : { x: middle.x + (sign * box.w) / 2, y: middle.y + shift }
      })
    }
  }
  side("source", "target")
  side("target", "source")
  return ports
}

function arrowhead(way) {
  const marker = svg("marker", { id: way, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 10, markerHeight: 10, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" })
  marker.append(svg("path", { d: "M0 0.5L7.5 4L0 7.5z", class: `head ${way}` }))
  return marker
}

// A value runs along a link to its target; a gradient, once it has come, runs the other way.
function pointLink(path, isBackward) {
  const [set, unset, way] = isBackward ? ["marker-start", "marker-end", "backward"] : ["marker-end", "marker-start", "forward"]
  path.removeAttribute(unset)
  path.setAttribute(set, `url(#${way})`)
}

// Draw what is visible. Returns what the player needs: elements by node, links by edge, the size of the picture.
function drawGraph(host, scene, shown, vertical) {
  const boxes = new Map(shown.ids.map((id) => [id, boxFor(scene.nodes[id], shown.inside.get(id))]))
  for (const link of shown.links) {
    link.words = link.whole ? slopeWords(scene.edges[link.edges[0]]) : ""
    link.room = link.words && !vertical ? widthOf(link.words, "600 12.5px system-ui") + 26 : 0
  }
  const layout = layoutGraph([...boxes.values()], shown.links, vertical)
  const ports = portsOf(shown.links, boxes, layout.places, vertical)
  const view = svg("g", { class: "view" })
  const lines = svg("g", { class: "links" })
  const labels = svg("g", { class: "labels" })
  const nodes = svg("g", { class: "boxes" })
  const parts = { boxes: new Map(), links: [], layout, sizes: boxes }
  const turns = new Map()
  for (const link of shown.links) {
    const { source, target } = ports.get(link.index)
    const edges = link.edges.map((index) => scene.edges[index])
    const tracked = edges.some((edge) => edge.tracked)
    const path = svg("path", { d: linkPath(source, target, layout.routes.get(link.index), vertical), class: tracked ? "link" : "link off" })
    lines.append(path)
    let label = null
    if (link.words) {
      label = svg("text", { class: vertical ? "slope beside" : "slope" }, link.words)
      labels.append(label)
      label.setAttribute("x", vertical ? target.x + 7 : target.x - 11)
      label.setAttribute("y", vertical ? target.y - 11 - 14 * (turns.get(link.target) ?? 0) : target.y - 5)
      turns.set(link.target, (turns.get(link.target) ?? 0) + 1)
    }
    parts.links.push({ path, label, edges: link.edges, target: link.target, source: link.source })
  }
  for (const [id, box] of boxes) {
    const group = drawBox(box, scene.nodes[id])
    const { x, y } = layout.places.get(id)
    group.setAttribute("transform", `translate(${x} ${y})`)
    nodes.append(group)
    parts.boxes.set(id, group)
  }
  const definitions = svg("defs")
  definitions.append(arrowhead("forward"), arrowhead("backward"))
  view.append(lines, nodes, labels)
  host.replaceChildren(definitions, view)
  parts.view = view
  return parts
}
