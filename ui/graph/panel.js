// The words beside the picture: the step, one tensor as it is, the code. Text goes in as text, never as markup.

const MEANING = {
  leaf: "A leaf with requires_grad=True: you made it, so this is where .grad is kept.",
  inner: "An inner tensor: it passes the gradient on and keeps none, unless you call retain_grad() before backward().",
  condition: "Not on the tape: requires_grad is False, so no gradient reaches it.",
  constant: "A constant: it requires no gradient.",
}
const ATTRIBUTES = ["data", "grad", "grad_fn", "is_leaf", "requires_grad", "retains_grad"]
const MOST_LINES = 60

function element(tag, className, text = "") {
  const made = document.createElement(tag)
  if (className) made.className = className
  if (text) made.textContent = text
  return made
}

// A fraction such as ∂f/∂x is not broken over two lines.
function joined(text) {
  return text.replaceAll("/∂", "\u2060/\u2060∂")
}

function showStep(host, step, where) {
  host.replaceChildren()
  host.append(element("p", `where ${step.phase}`, where), element("h3", "", step.title))
  for (const [style, text] of step.lines.slice(0, MOST_LINES)) host.append(element("p", style, joined(text)))
}

// What never changes stands there once; a change is marked.
function attributeRow(name, values) {
  const row = element("tr")
  row.append(element("td", "", `.${name}`))
  if (values.every((value) => value === values[0])) {
    const cell = element("td", "", values[0])
    cell.colSpan = values.length
    row.append(cell)
  } else {
    values.forEach((value, at) => row.append(element("td", at && value !== values[at - 1] ? "changed" : "", value)))
  }
  return row
}

function showTensor(host, scene, id, called, actions) {
  host.replaceChildren()
  const node = scene.nodes[id]
  const heading = node.symbol === node.text ? node.symbol : `${node.symbol} = ${node.text}`
  host.append(element("h4", "", heading))
  const after = called && !scene.refused
  const state = after ? node.after : node.before
  if (!state) {
    host.append(element("p", "say", `${node.value}: a plain Python number, not a tensor. The tape does not know it.`))
    return
  }
  const table = element("table")
  const head = element("tr")
  head.append(element("th", "", "attribute"), element("th", "", after ? "before" : "now, before .backward()"))
  if (after) head.append(element("th", "", "after"))
  if (after && node.kind !== "leaf" && node.retained && node.tape) head.append(element("th", "", "with retain_grad()"))
  table.append(head)
  const states = [node.before, node.after, node.retained].slice(0, head.children.length - 1)
  ATTRIBUTES.forEach((attribute, index) => table.append(attributeRow(attribute, states.map((each) => each[index]))))
  host.append(table)
  host.append(element("p", "say", MEANING[node.kind === "output" ? "inner" : node.kind]))
  const saved = node.saved.filter(([, value]) => value !== "None")
  if (saved.length) {
    const kept = saved.map(([name, value, owner]) => `${name} = ${value}${owner === null ? "" : ` (${scene.nodes[owner].symbol})`}`)
    host.append(element("p", "kept", `${node.tape} saved: ${kept.join(", ")}`))
  }
  if (node.next.length) {
    const next = node.next.map(([name, to]) => (name === null ? "None" : to === null ? name : `${name} of ${scene.nodes[to].symbol}`))
    host.append(element("p", "kept", `next_functions: ${next.join(", ")}`))
  }
  if (node.shape.length) host.append(element("p", "kept", `shape: (${node.shape.join(", ")})`))
  for (const fault of node.faults) host.append(element("p", "warn", fault))
  for (const [label, act] of actions) {
    const button = element("button", "", label)
    button.type = "button"
    button.onclick = act
    host.append(button)
  }
}

function drawCode(host, scene) {
  host.replaceChildren()
  scene.script.forEach((text, index) => {
    const line = element("code", "line", text || " ")
    const made = Object.keys(scene.lines).filter((node) => scene.lines[node] === index)
    if (made.length) line.dataset.node = made[made.length - 1]
    if (/^print/.test(text)) line.dataset.end = "1"
    host.append(line)
  })
  if (!scene.script.length) host.append(element("p", "say", "There is no script for this one."))
}

function lightCode(host, scene, step, isLast) {
  const wanted = step.phase === "forward" ? scene.lines[String(step.node)] : scene.call
  Array.from(host.children).forEach((line, index) => {
    const lit = index === wanted || (isLast && Boolean(line.dataset.end))
    line.classList.toggle("lit", lit)
    if (index === wanted && !host.hidden) host.scrollTop = Math.max(0, line.offsetTop - host.offsetTop - 60)
  })
}
