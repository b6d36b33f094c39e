// The card of numbers at the pointer: rows of a name, its value and perhaps a colour.

function fillCard(card, rows) {
  card.replaceChildren(...rows.map(([label, value, color]) => {
    const row = document.createElement("div")
    const name = document.createElement("span")
    name.textContent = label
    if (color) name.style.color = color
    const figure = document.createElement("b")
    figure.textContent = value
    row.append(name, figure)
    return row
  }))
  card.style.display = "block"
}
