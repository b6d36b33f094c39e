// Layered layout of a directed graph: layers by longest path, order by barycentres, places by isotonic regression.
// Plain functions of plain data: boxes {id, w, h}, links {index, source, target}; nothing here touches the page.

const LAYER_GAP = 38
const ROW_GAP = 18
const LONGEST_BENT = 14 // a link over more layers is drawn as one curve

function layersOf(boxes, links) {
  const into = new Map(boxes.map((box) => [box.id, []]))
  const outOf = new Map(boxes.map((box) => [box.id, []]))
  for (const link of links) {
    into.get(link.target).push(link.source)
    outOf.get(link.source).push(link.target)
  }
  const layer = new Map()
  for (const box of boxes) {
    layer.set(box.id, into.get(box.id).reduce((most, source) => Math.max(most, (layer.get(source) ?? 0) + 1), 0))
  }
  for (const box of [...boxes].reverse()) {
    const targets = outOf.get(box.id)
    if (targets.length && (box.light || !into.get(box.id).length)) {
      layer.set(box.id, Math.max(0, Math.min(...targets.map((target) => layer.get(target))) - 1))
    }
  }
  return layer
}

// The nearest places to `wanted` that keep the order and the distances: pool adjacent violators.
function placeInOrder(cells, wanted) {
  const pools = []
  let offset = 0
  cells.forEach((cell, index) => {
    if (index) offset += (cells[index - 1].size + cell.size) / 2 + ROW_GAP
    cell.offset = offset
    pools.push({ sum: (wanted[index] - offset) * cell.weight, weight: cell.weight, from: index, to: index })
    while (pools.length > 1) {
      const last = pools[pools.length - 1]
      const before = pools[pools.length - 2]
      if (before.sum / before.weight <= last.sum / last.weight) break
      pools.pop()
      before.sum += last.sum
      before.weight += last.weight
      before.to = last.to
    }
  })
  for (const pool of pools) {
    for (let index = pool.from; index <= pool.to; index += 1) {
      cells[index].at = pool.sum / pool.weight + cells[index].offset
    }
  }
}

function mean(numbers) {
  return numbers.reduce((sum, item) => sum + item, 0) / numbers.length
}

function layoutGraph(boxes, links, vertical) {
  const layer = layersOf(boxes, links)
  const cells = new Map()
  const rows = []
  const put = (cell) => {
    ;(rows[cell.layer] ??= []).push(cell)
    cells.set(cell.id, cell)
  }
  for (const box of boxes) {
    const size = vertical ? box.w : box.h
    put({ id: box.id, layer: layer.get(box.id), size, weight: 1, up: [], down: [], at: 0 })
  }
  const bends = new Map()
  const tie = (above, below) => {
    cells.get(above).down.push(below)
    cells.get(below).up.push(above)
  }
  for (const link of links) {
    const from = layer.get(link.source)
    const to = layer.get(link.target)
    let last = link.source
    const through = []
    if (to - from <= LONGEST_BENT) {
      for (let between = from + 1; between < to; between += 1) {
        const id = `${link.index}/${between}`
        put({ id, layer: between, size: 6, weight: 0.6, up: [], down: [], at: 0 })
        tie(last, id)
        through.push(id)
        last = id
      }
      tie(last, link.target)
    }
    bends.set(link.index, through)
  }
  for (let layerIndex = 0; layerIndex < rows.length; layerIndex += 1) rows[layerIndex] ??= []
  orderRows(rows, cells)
  placeRows(rows, cells)
  const gaps = rows.map(() => LAYER_GAP)
  for (const link of links) {
    const before = layer.get(link.target) - 1
    gaps[before] = Math.max(gaps[before], link.room ?? 0)
  }
  return measured(boxes, links, rows, cells, { bends, gaps }, vertical)
}

function orderRows(rows, cells) {
  const rank = new Map()
  const remember = (row) => row.forEach((cell, index) => rank.set(cell.id, index))
  rows.forEach(remember)
  for (let sweep = 0; sweep < 8; sweep += 1) {
    const downward = sweep % 2 === 1
    const order = downward ? rows : [...rows].reverse()
    for (const row of order) {
      const key = new Map(
        row.map((cell) => {
          const near = downward ? cell.up : cell.down
          return [cell.id, near.length ? mean(near.map((id) => rank.get(id))) : rank.get(cell.id)]
        }),
      )
      row.sort((one, other) => key.get(one.id) - key.get(other.id))
      remember(row)
    }
  }
}

function placeRows(rows, cells) {
  for (const row of rows) placeInOrder(row, row.map(() => 0))
  for (let sweep = 0; sweep < 16; sweep += 1) {
    const order = sweep % 2 ? rows : [...rows].reverse()
    for (const row of order) {
      const wanted = row.map((cell) => {
        const near = sweep % 2 ? cell.up : cell.down
        const all = sweep > 11 ? [...cell.up, ...cell.down] : near
        return all.length ? mean(all.map((id) => cells.get(id).at)) : cell.at
      })
      placeInOrder(row, wanted)
    }
  }
}

function measured(boxes, links, rows, cells, { bends, gaps }, vertical) {
  const depth = rows.map((row) => row.reduce((most, cell) => {
    const box = boxes.find((item) => item.id === cell.id)
    return Math.max(most, box ? (vertical ? box.h : box.w) : 0)
  }, 0))
  const starts = []
  let along = 0
  depth.forEach((size, index) => {
    starts[index] = along + size / 2
    along += size + gaps[index]
  })
  let least = Infinity
  let most = -Infinity
  for (const cell of cells.values()) {
    least = Math.min(least, cell.at - cell.size / 2)
    most = Math.max(most, cell.at + cell.size / 2)
  }
  const point = (id) => {
    const cell = cells.get(id)
    const across = cell.at - least
    return vertical ? { x: across, y: starts[cell.layer] } : { x: starts[cell.layer], y: across }
  }
  const across = boxes.length ? most - least : 0
  const length = Math.max(0, along - (gaps[gaps.length - 1] ?? 0))
  return {
    places: new Map(boxes.map((box) => [box.id, point(box.id)])),
    routes: new Map(links.map((link) => [link.index, bends.get(link.index).map(point)])),
    width: vertical ? across : length,
    height: vertical ? length : across,
  }
}
