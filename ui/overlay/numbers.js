// Numbers as people read them, as in derivlab/figures/numbers.py but with fewer digits.

const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" }

export function show(value) {
  if (value === null || !Number.isFinite(value)) return "undefined"
  if (value === 0) return "0"
  const size = Math.abs(value)
  const sign = value < 0 ? "−" : ""
  if (size >= 1e-4 && size < 1e7) return sign + String(Number(size.toPrecision(6)))
  const [digits, power] = size.toExponential(4).split("e")
  const tens = [...String(Number(power))].map(c => SUPERSCRIPT[c]).join("")
  return `${sign}${Number(digits)} × 10${tens}`
}
