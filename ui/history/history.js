// That the browser's Back undoes a change. Streamlit writes each change of a widget over the address of the one before;
// here the earlier address is put back and the new one goes on top of it. On Back, Streamlit itself reads the address
// into the widgets. Without the Navigation API nothing is done, and Back leaves the page as before.

const PLAYED = "step" // where a player stands: a link keeps it, Back does not walk through it
const TYPING = 2000 // ms: changes of the same parameters that follow sooner are one step back
const OPENING = 5000 // ms: Streamlit opens another page with up to four addresses, one after the other

let since = null

class Steps {
  constructor() {
    this.touched = false // whether the person did something since the page was opened or Back was pressed
    this.acted = false // the same since the last address was put on top
    this.pushed = -Infinity
    this.writing = false
    this.last = { keys: "", time: -Infinity }
  }

  watch() {
    this.stopped = new AbortController()
    const on = { signal: this.stopped.signal, capture: true, passive: true }
    for (const act of ["pointerdown", "keydown", "input"]) {
      window.addEventListener(act, () => (this.touched = this.acted = true), on)
    }
    history.pushState = (...address) => this.push(address)
    navigation.addEventListener("currententrychange", change => this.changed(change), on)
  }

  stop() {
    this.stopped.abort()
    delete history.pushState
  }

  // Addresses that follow one another without the person doing anything are one step: the last of them stays.
  push(address) {
    const time = performance.now()
    const goesOn = !this.acted && !this.writing && time - this.pushed < OPENING
    if (!goesOn) {
      this.acted = false
      this.pushed = time
      History.prototype.pushState.apply(history, address)
      return
    }
    this.writing = true
    history.replaceState(...address)
    this.writing = false
  }

  changed({ navigationType, from }) {
    if (this.writing) return
    if (navigationType === "traverse") {
      if (new URL(from.url).pathname !== location.pathname) {
        location.reload() // Streamlit would leave out what both pages have bound, such as the function
        return
      }
      this.touched = false
      this.last = { keys: "", time: -Infinity }
    }
    if (navigationType !== "replace" || !this.touched) return
    const [before, after] = [new URL(from.url), new URL(location.href)]
    if (before.pathname !== after.pathname || before.search === after.search) return
    const keys = differing(before.searchParams, after.searchParams)
    if (keys === PLAYED) return
    const time = performance.now()
    const goesOn = keys === this.last.keys && time - this.last.time < TYPING
    this.last = { keys, time }
    if (!goesOn) this.keep(before, after)
  }

  keep(before, after) {
    this.writing = true
    const state = history.state
    history.replaceState(state, "", before)
    history.pushState(state, "", after)
    this.writing = false
  }
}

// The names of the parameters that are not the same, in one string.
function differing(before, after) {
  const names = [...new Set([...before.keys(), ...after.keys()])]
  return names
    .filter(name => String(before.getAll(name)) !== String(after.getAll(name)))
    .sort()
    .join(" ")
}

export default function () {
  if (!("navigation" in window) || since) return
  since = new Steps()
  since.watch()
  return () => {
    since.stop()
    since = null
  }
}
