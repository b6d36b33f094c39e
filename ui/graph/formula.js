// The formula as MathML and the typed text, both part by part, each part marked with its node of the graph.

const MATH = "http://www.w3.org/1998/Math/MathML"
const MATH_TAGS = new Set("mrow mi mn mo msup msub mfrac msqrt mroot mtable mtr mtd mtext".split(" "))

function mathElement(part, places) {
  const [tag, place, inner] = part
  const element = document.createElementNS(MATH, MATH_TAGS.has(tag) ? tag : "mrow")
  const node = places[String(place)]
  if (node !== undefined) element.dataset.node = String(node)
  if (typeof inner === "string") {
    element.textContent = inner
    if (tag === "mo" && "()|".includes(inner)) element.setAttribute("stretchy", "false")
  } else {
    for (const child of inner) element.append(mathElement(child, places))
  }
  if (tag === "mtable") element.setAttribute("columnalign", "left")
  return element
}

function drawFormula(host, scene) {
  host.replaceChildren()
  host.hidden = !scene.formula
  if (!scene.formula) return
  const math = document.createElementNS(MATH, "math")
  math.setAttribute("display", "block")
  math.append(mathElement(scene.formula, scene.places))
  host.append(math)
}

// Each character belongs to the smallest part of the text that holds it.
function drawSource(host, scene) {
  host.replaceChildren()
  const owner = new Array(scene.source.length).fill(null)
  const width = new Array(scene.source.length).fill(Infinity)
  for (const node of scene.nodes) {
    for (const [start, end] of node.spans) {
      for (let at = start; at < end; at += 1) {
        if (end - start <= width[at]) {
          width[at] = end - start
          owner[at] = node.id
        }
      }
    }
  }
  let from = 0
  for (let at = 1; at <= owner.length; at += 1) {
    if (at < owner.length && owner[at] === owner[from]) continue
    const piece = document.createElement("span")
    piece.textContent = scene.source.slice(from, at)
    if (owner[from] !== null) piece.dataset.node = String(owner[from])
    piece.dataset.from = String(from)
    piece.dataset.to = String(at)
    host.append(piece)
    from = at
  }
}

// Mark everything that shows one node: its part of the formula, its stretch of the text, its box, its line of code.
function markNode(root, scene, id) {
  for (const old of root.querySelectorAll(".marked")) old.classList.remove("marked")
  if (id === null) return
  for (const element of root.querySelectorAll(`.formula [data-node="${id}"], .graph g[data-node="${id}"], .code [data-node="${id}"]`)) {
    element.classList.add("marked")
  }
  for (const piece of root.querySelectorAll(".source span")) {
    const from = Number(piece.dataset.from)
    const to = Number(piece.dataset.to)
    const inside = scene.nodes[id].spans.some(([start, end]) => start <= from && to <= end)
    piece.classList.toggle("marked", inside)
  }
}
