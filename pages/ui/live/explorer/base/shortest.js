/**
 * The shortest decimal in an interval: how every threshold is written.
 *
 * `shortest_between` in evalcore/metrics/sweep/decimals.py takes the same steps, explains them, and gives the same
 * number, bit for bit.
 */

/**
 * The shortest decimal t with low < t <= high.
 * @param {number} low a row's next lower score; -Infinity where there is none
 * @param {number} high the row's own score; Infinity for "nothing is flagged"
 * @param {boolean} [float32] whether scores are 32-bit floats: then t lies inside also when rounded to one
 * @returns {number}
 */
export function shortestBetween(low, high, float32 = false) {
  if (low === high && Math.abs(high) === Infinity) return high;
  if (!(low < high)) throw new RangeError(`low must be below high, got ${low} and ${high}`);
  const upwards = high === Infinity;
  const near = upwards ? low : high;
  if (near === -Infinity || near === 0) return upwards && near === 0 ? 1 : 0;

  const [mantissa, power] = Math.abs(near).toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const sign = near < 0 ? "-" : "";
  /** @param {number} count @returns {number} the number with so many digits kept */
  const cut = (count) => {
    let head = BigInt(digits.slice(0, count).padEnd(count, "0") || "0");
    if (near > 0 === upwards) head += 1n;
    else if (upwards && count >= digits.length) head -= 1n;
    return Number(`${sign}${head}e${Number(power) + 1 - count}`) + 0; // never -0
  };
  /** @param {number} value @returns {boolean} */
  const inside = (value) => low < value && (!float32 || Math.fround(low) < Math.fround(value));

  if (upwards) {
    for (let count = 3; count >= 0; count -= 1) {
      const value = cut(count);
      if (inside(value)) return value;
    }
    return high;
  }
  for (let count = low === -Infinity ? 3 : near < 0 ? 1 : 0; count < digits.length; count += 1) {
    const value = cut(count);
    if (inside(value)) return value;
  }
  return high;
}
