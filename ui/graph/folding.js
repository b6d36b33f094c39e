// What of a graph is shown: constants may be hidden, and what leads to a node may be folded into it.

const MOST_SHOWN = 70
const OPEN_DEPTH = 7

function folding(scene) {
  const into = scene.nodes.map(() => [])
  const outOf = scene.nodes.map(() => [])
  scene.edges.forEach((edge, index) => {
    into[edge.target].push(index)
    outOf[edge.source].push(index)
  })
  const folded = new Set()

  const isLight = (id) => scene.nodes[id].kind === "constant" && id !== scene.output

  // For each hidden node the folded node that stands for it; shown nodes stand for themselves.
  function standIns(constants) {
    const stand = new Array(scene.nodes.length).fill(null)
    for (let id = scene.nodes.length - 1; id >= 0; id -= 1) {
      const node = scene.nodes[id]
      stand[id] = id
      if (isLight(id) && !constants) {
        stand[id] = null
        continue
      }
      if (node.kind === "leaf" || id === scene.output) continue
      const users = new Set(outOf[id].map((index) => {
        const target = scene.edges[index].target
        if (stand[target] !== target) return stand[target]
        return folded.has(target) ? target : -1
      }))
      if (users.size === 1 && !users.has(-1) && !users.has(null)) stand[id] = [...users][0]
    }
    return stand
  }

  function visible(constants) {
    const stand = standIns(constants)
    const inside = new Map()
    stand.forEach((by, id) => {
      if (by !== null && by !== id) inside.set(by, (inside.get(by) ?? 0) + 1)
    })
    const links = []
    const joined = new Map()
    scene.edges.forEach((edge, index) => {
      const source = stand[edge.source]
      const target = stand[edge.target]
      if (source === null || target === null || source === target) return
      const whole = source === edge.source && target === edge.target
      const key = `${source}>${target}`
      if (!whole && joined.has(key)) {
        joined.get(key).edges.push(index)
        return
      }
      const link = { index: links.length, source, target, edges: [index], whole }
      if (!whole) joined.set(key, link)
      links.push(link)
    })
    const ids = scene.nodes.map((node) => node.id).filter((id) => stand[id] === id)
    return { ids, links, inside, stand }
  }

  function foldDeep(start, depth) {
    let edge = [start]
    const seen = new Set(edge)
    for (let level = 0; level < depth; level += 1) {
      const further = []
      for (const id of edge) {
        for (const index of into[id]) {
          const source = scene.edges[index].source
          if (!seen.has(source)) {
            seen.add(source)
            further.push(source)
          }
        }
      }
      edge = further
    }
    for (const id of edge) if (into[id].length) folded.add(id)
  }

  return {
    visible,
    into,
    outOf,
    isFolded: (id) => folded.has(id),
    canFold: (id) => into[id].some((index) => !isLight(scene.edges[index].source) && scene.nodes[scene.edges[index].source].kind !== "leaf"),
    fold: (id) => folded.add(id),
    unfold(id) {
      folded.delete(id)
      if (scene.nodes.length > MOST_SHOWN) foldDeep(id, OPEN_DEPTH)
    },
    foldLong() {
      if (visible(false).ids.length <= MOST_SHOWN) return false
      for (let depth = 24; depth >= 3; depth -= 1) {
        folded.clear()
        foldDeep(scene.output, depth)
        if (visible(false).ids.length <= MOST_SHOWN) return true
      }
      return true
    },
    openAll: () => folded.clear(),
  }
}
