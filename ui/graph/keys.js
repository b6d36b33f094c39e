// The keyboard: which key does what, and the way of the arrow keys from box to box.

const KEYS = {
  ArrowLeft: "back", ArrowRight: "next", Home: "first", End: "last", " ": "play", "+": "in", "-": "out", 0: "fit", "?": "help",
}
const STEPPING = new Set(["first", "back", "next", "last"])
const ANYWHERE = new Set(["ArrowLeft", "ArrowRight", "?"]) // also with nothing chosen on the page, as a presenter expects
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

function listenToKeys(root, { stage, slider, acts, walk }, signal) {
  const press = (event) => {
    const { key, target } = event
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const inPicture = target === stage || stage.contains(target)
    if (target === slider && (key in WAYS || key === "Home" || key === "End")) return
    if (key === " " && ["BUTTON", "INPUT"].includes(target.tagName)) return
    const act = key === "Escape" && !root.querySelector(".help").hidden ? "help" : KEYS[key]
    if (inPicture && key in WAYS) walk(key)
    else if (act) {
      if (STEPPING.has(act)) acts.pause()
      acts[act]()
    } else return
    event.preventDefault()
  }
  root.addEventListener("keydown", press, { signal })
  document.addEventListener("keydown", (event) => {
    if (event.target === document.body && ANYWHERE.has(event.key)) press(event)
  }, { signal })
}

// The box that is nearest in the direction of an arrow key; null where there is none.
function nearestBox(places, from, key) {
  const [dx, dy] = WAYS[key]
  let best = null
  let least = Infinity
  for (const [id, place] of places) {
    const along = (place.x - from.x) * dx + (place.y - from.y) * dy
    const off = Math.abs((place.x - from.x) * dy) + Math.abs((place.y - from.y) * dx)
    if (along > 1 && along + 2 * off < least) {
      least = along + 2 * off
      best = id
    }
  }
  return best
}
