// Numbers as people read them, as in derivlab/figures/numbers.py but with fewer digits.

const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" }

export function show(value, digits = 6) {
  if (value === null || !Number.isFinite(value)) return "undefined"
  if (value === 0) return "0"
  const size = Math.abs(value)
  const sign = value < 0 ? "−" : ""
  if (size >= 1e-4 && size < 1e7) return sign + String(Number(size.toPrecision(digits)))
  const [body, power] = size.toExponential(digits - 2).split("e")
  const tens = [...String(Number(power))].map(c => SUPERSCRIPT[c]).join("")
  return Number(body) === 1 ? `${sign}10${tens}` : `${sign}${Number(body)} × 10${tens}`
}
