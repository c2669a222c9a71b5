// Small pictures packed as bits in base64, and what is wrong with a predicted one.

/** The rows of a square picture of whole numbers of `bits` bits each. */
export function unpackSquare(text, bits, side) {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const perByte = 8 / bits;
  const value = (index) => (bytes[Math.floor(index / perByte)] >> (8 - bits * (1 + (index % perByte)))) & (2 ** bits - 1);
  return Array.from({ length: side }, (_, row) => Array.from({ length: side }, (__, column) => value(row * side + column)));
}

/** 1 where two pictures differ, 0 elsewhere. */
export function wrongPixels(predicted, truth) {
  return predicted.map((row, y) => row.map((value, x) => Number(value !== truth[y][x])));
}
