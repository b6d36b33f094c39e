// The player: one step at a time, forward and back, and everything that shows it kept together.

const BEAT = 1100
const ROOM_AROUND = 322 // px of the window that the rest of the page takes
const HEIGHTS = { alone: [260, 560], beside: [392, 560] }
const players = new WeakMap()

function clamp(value, least, most) {
  return Math.min(most, Math.max(least, value))
}

function play(root, scene, start, address) {
  const find = (selector) => root.querySelector(selector)
  const stage = find("svg.graph")
  const slider = find(".scrub input")
  const eye = camera(stage)
  const folds = folding(scene)
  const firstBack = scene.steps.findIndex((step) => step.phase !== "forward")
  const state = { at: 0, chosen: null, constants: false, timer: null, parts: null, shown: null }
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)")
  const stepOf = new Map()
  scene.steps.forEach((step, index) => {
    if (step.phase !== "call") stepOf.set(`${step.phase}/${step.node}`, index)
  })

  function redraw() {
    const frame = stage.clientWidth
    state.shown = folds.visible(state.constants)
    state.parts = drawGraph(stage, scene, state.shown, frame > 0 && frame < 560)
    const { height, width } = state.parts.layout
    const scale = Math.min(1.3, (frame - 40) / Math.max(1, width))
    const wish = Math.max(scale, SMALLEST_TEXT) * height + 48
    const isAlone = frame > 0.75 * root.clientWidth // the words stand below, not beside
    const [least, most] = isAlone ? HEIGHTS.alone : HEIGHTS.beside
    const free = isAlone ? least : window.innerHeight - ROOM_AROUND
    stage.style.height = `${Math.round(clamp(Math.max(wish, free), least, most))}px`
    eye.fit(state.parts)
    eye.follow(state.shown.stand[scene.steps[state.at].node], false, true)
    find('[data-do="all"]').hidden = state.shown.inside.size === 0
    refresh()
  }

  function refresh() {
    const step = scene.steps[state.at]
    const done = new Set()
    const got = new Set()
    const used = new Set()
    let called = false
    for (let index = 0; index <= state.at; index += 1) {
      const past = scene.steps[index]
      if (past.phase === "forward") done.add(past.node)
      if (past.phase === "call") {
        called = true
        if (!scene.refused) got.add(past.node)
      }
      if (past.phase === "backward") {
        got.add(past.node)
        if (scene.nodes[past.node].kind !== "leaf") past.edges.forEach((edge) => used.add(edge))
      }
    }
    const now = new Set(step.edges)
    const current = state.shown.stand[step.node] ?? step.node
    for (const [id, group] of state.parts.boxes) {
      const light = scene.nodes[id].kind === "constant" && id !== scene.output
      group.classList.toggle("later", !light && !done.has(id))
      group.classList.toggle("got", got.has(id))
      group.classList.toggle("now", id === current)
      group.classList.toggle("chosen", id === state.chosen)
      group.setAttribute("aria-label", spoken(id, done.has(id), got.has(id)))
    }
    for (const { path, label, edges, target } of state.parts.links) {
      const back = edges.some((edge) => used.has(edge))
      const active = edges.some((edge) => now.has(edge))
      path.classList.toggle("later", !done.has(target) && !back)
      path.classList.toggle("back", back)
      pointLink(path, back)
      path.classList.toggle("now", active)
      path.classList.toggle("flow", active && step.phase === "backward" && !calm.matches)
      label?.classList.toggle("shown", back)
    }
    const total = step.phase === "forward" ? firstBack : scene.steps.length - firstBack
    const number = step.phase === "forward" ? state.at + 1 : state.at - firstBack + 1
    const where = `${phaseOf(step)}, step ${number} of ${total}`
    showStep(find(".step"), step, where)
    slider.value = String(state.at)
    slider.setAttribute("aria-valuetext", `${where}: ${step.title}`)
    find(".count").textContent = `${state.at + 1} / ${scene.steps.length}`
    lightCode(find(".code"), scene, step, state.at === scene.steps.length - 1)
    const id = state.chosen ?? step.node
    showTensor(find(".tensor"), scene, id, called, foldActions(id))
    eye.follow(current)
    address?.write(state.at)
  }

  function phaseOf(step) {
    if (step.phase !== "forward") return "Backward"
    return scene.nodes[step.node].stage === "gradient" ? "Forward, the gradient" : "Forward"
  }

  function spoken(id, valued, graded) {
    const node = scene.nodes[id]
    const gradient = graded && node.gradient ? `, ${node.partial} is ${node.gradient}` : ""
    return `${node.kind} ${node.symbol}${valued ? ` is ${node.value}` : ""}${gradient}`
  }

  function foldActions(id) {
    const change = (act) => () => {
      act(id)
      redraw()
    }
    if (folds.isFolded(id)) return [["Open what is inside", change(folds.unfold)]]
    return folds.canFold(id) ? [["Fold what leads here", change(folds.fold)]] : []
  }

  function go(to, chosen = null) {
    state.at = Math.max(0, Math.min(scene.steps.length - 1, to))
    state.chosen = chosen
    refresh()
  }

  function pause() {
    clearInterval(state.timer)
    state.timer = null
    find('[data-do="play"]').textContent = "▶ Play"
  }

  function toggle() {
    if (state.timer !== null) return pause()
    if (state.at === scene.steps.length - 1) go(0)
    find('[data-do="play"]').textContent = "❚❚ Pause"
    state.timer = setInterval(() => {
      if (!root.isConnected || state.at >= scene.steps.length - 1) pause()
      else go(state.at + 1)
    }, BEAT)
    return undefined
  }

  // Jump to a node: to its backward step after backward() was called, to its forward step before.
  function jump(id) {
    pause()
    const back = state.at >= firstBack ? stepOf.get(`backward/${id}`) : undefined
    go(back ?? stepOf.get(`forward/${id}`) ?? state.at, id)
    openTab("tensor")
  }

  function openTab(name) {
    for (const tab of root.querySelectorAll("[data-tab]")) {
      const chosen = tab.dataset.tab === name
      tab.setAttribute("aria-selected", String(chosen))
      find(`.${tab.dataset.tab}`).hidden = !chosen
    }
    lightCode(find(".code"), scene, scene.steps[state.at], state.at === scene.steps.length - 1)
  }

  const acts = {
    first: () => go(0),
    back: () => go(state.at - 1),
    next: () => go(state.at + 1),
    last: () => go(scene.steps.length - 1),
    play: toggle,
    pause,
    in: () => eye.zoom(1.25),
    out: () => eye.zoom(0.8),
    fit: () => eye.overview(),
    all: () => {
      folds.openAll()
      redraw()
    },
    help: () => {
      const open = find(".help").hidden
      find(".help").hidden = !open
      find('[data-do="help"]').setAttribute("aria-expanded", String(open))
    },
  }
  root.onclick = (event) => {
    const button = event.target.closest("button[data-do]")
    if (button) {
      if (STEPPING.has(button.dataset.do)) pause()
      acts[button.dataset.do]()
      return
    }
    const tab = event.target.closest("[data-tab]")
    if (tab) return openTab(tab.dataset.tab)
    const part = event.target.closest("[data-node]")
    const id = part ? standIn(Number(part.dataset.node)) : null
    if (id !== null && !stage.classList.contains("dragged")) jump(id)
    return undefined
  }
  root.ondblclick = (event) => {
    const box = event.target.closest("g.box")
    const [action] = box ? foldActions(Number(box.dataset.node)) : []
    action?.[1]()
  }
  // A node that is folded away is shown by the box that holds it or takes it.
  function standIn(id) {
    if (id === undefined || id === null || state.parts.boxes.has(id)) return id
    const stand = state.shown.stand[id]
    if (stand !== null && stand !== id) return standIn(stand)
    const user = folds.outOf[id][0]
    return user === undefined ? null : standIn(scene.edges[user].target)
  }

  root.onpointerover = (event) => {
    const part = event.target.closest("[data-node]")
    markNode(root, scene, part ? standIn(Number(part.dataset.node)) : null)
  }
  root.onpointerleave = () => markNode(root, scene, null)
  find('input[data-do="constants"]').onchange = (event) => {
    state.constants = event.target.checked
    redraw()
  }
  slider.max = String(scene.steps.length - 1)
  slider.oninput = () => {
    pause()
    go(Number(slider.value))
  }
  // Arrow keys in the picture walk to the nearest box in that direction.
  function walk(key) {
    const { places } = state.parts.layout
    const best = nearestBox(places, places.get(state.chosen ?? state.shown.stand[scene.steps[state.at].node]), key)
    if (best === null) return
    jump(best)
    markNode(root, scene, best)
    eye.follow(best, true)
  }

  const leaving = new AbortController()
  listenToKeys(root, { stage, slider, acts, walk }, leaving.signal)

  slider.style.setProperty("--turn", `${(100 * (firstBack - 0.5)) / Math.max(1, scene.steps.length - 1)}%`)
  find(".phases").style.gridTemplateColumns = `${Math.max(1, firstBack)}fr ${Math.max(1, scene.steps.length - firstBack)}fr`
  drawFormula(find(".formula"), scene)
  drawSource(find(".source"), scene)
  drawCode(find(".code"), scene)
  state.constants = find('input[data-do="constants"]').checked
  folds.foldLong()
  find(".key.condition").hidden = !scene.nodes.some((node) => node.kind === "condition")
  find(".key.second").hidden = !scene.nodes.some((node) => node.stage === "gradient")
  find(".key.constants").hidden = !scene.nodes.some((node) => node.kind === "constant")
  state.at = clamp(start, 0, scene.steps.length - 1)
  redraw()

  let width = stage.clientWidth
  const watcher = new ResizeObserver(() => {
    if (Math.abs(stage.clientWidth - width) > 8) {
      width = stage.clientWidth
      redraw()
    }
  })
  watcher.observe(stage.parentElement)
  return () => {
    pause()
    address?.stop()
    leaving.abort()
    watcher.disconnect()
  }
}

export default function (component) {
  const { data, parentElement } = component
  const root = parentElement.querySelector(".tape")
  if (!root || !data?.scene) return undefined
  for (const [name, color] of Object.entries(data.colors)) root.style.setProperty(`--${name}`, color)
  const known = players.get(parentElement)
  if (known?.print !== data.print) {
    known?.stop()
    const address = data.keeps_step ? stepInAddress() : null
    const start = known ? 0 : (data.start ?? 0)
    players.set(parentElement, { print: data.print, stop: play(root, data.scene, start, address) })
  }
  return () => {
    players.get(parentElement)?.stop()
    players.delete(parentElement)
  }
}
