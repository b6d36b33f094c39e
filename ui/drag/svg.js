// Elements of a drawing.

const NS = "http://www.w3.org/2000/svg"

function element(name, attributes, parent) {
  const made = document.createElementNS(NS, name)
  set(made, attributes)
  parent?.append(made)
  return made
}

function set(target, attributes) {
  for (const [key, value] of Object.entries(attributes)) target.setAttribute(key, value)
}
