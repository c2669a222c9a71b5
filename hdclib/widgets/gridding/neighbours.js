// Two outputs side by side: which inputs each of them reads, and which they share.
import { shareInAddress } from "../kit/address.js";
import { commonDivisor, sharedInputs, stackOf, stackWords, tapCounts } from "../kit/dilation.js";
import { inkOn } from "../kit/pens.js";
import { makePicture } from "../kit/picture.js";
import { addTools, make, makeFrame, redrawOn } from "../kit/parts.js";

const KERNEL_SIZE = 3;
const KEY = "A: read by the first output. B: read by the second. AB: read by both.";

function stateOf(model) {
  const dilations = model.get("dilations");
  const counts = tapCounts(stackOf(dilations, KERNEL_SIZE));
  return { dilations, counts, right: model.get("right"), down: model.get("down"), room: model.get("bounds").right.max };
}

/** "A", "B", "AB" or "" for the input at (row, column) of the joint window. */
function readersOf({ counts, right, down }, row, column) {
  const a = counts[row] > 0 && counts[column] > 0 ? "A" : "";
  const b = counts[row - down] > 0 && counts[column - right] > 0 ? "B" : "";
  return a + b;
}

function countShared({ counts, right, down }) {
  return sharedInputs(counts, down) * sharedInputs(counts, right);
}

function describe(state) {
  const { dilations, counts, right, down } = state;
  const each = counts.filter((count) => count > 0).length ** 2;
  const step = commonDivisor(dilations);
  const place = `Output B is ${right} to the right of output A and ${down} below it.`;
  const shared = `Each reads ${each} inputs and they share ${countShared(state)}.`;
  const apart = right % step || down % step ? "A and B are on different ones" : "A and B are on the same one";
  const grids = step === 1
    ? "No number above 1 divides all dilations: the input is one grid."
    : `All dilations are multiples of ${step}, so the input falls into ${step ** 2} sub-grids that never meet; ${apart}.`;
  return `${place} ${shared} ${grids}`;
}

function paintWindow(pen, { width, colours }, state) {
  const span = state.counts.length + state.room; // of one scale wherever B lies
  const cell = width / span;
  const fills = { A: colours.tap, B: colours.second, AB: colours.both };
  const [rows, columns] = [state.counts.length + state.down, state.counts.length + state.right];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const readers = readersOf(state, row, column);
      const fill = fills[readers] || colours["hole-ground"];
      pen.rect(column * cell, row * cell, cell - 1, cell - 1, { fill });
      if (readers) {
        const [x, y] = [column * cell + cell / 2, row * cell + cell / 2];
        pen.text(x, y, readers, { fill: inkOn(fill), size: Math.min(15, cell * 0.5), bold: true });
      }
    }
  }
  return {
    rows,
    columns,
    box: (row, column) => ({ x: column * cell, y: row * cell, width: cell, height: cell }),
    describe: (row, column) => {
      const readers = { A: "read by A", B: "read by B", AB: "read by both" }[readersOf(state, row, column)];
      return `Row ${row + 1}, column ${column + 1}: ${readers || "read by neither"}.`;
    },
  };
}

function render({ model, el }) {
  const frame = makeFrame(el, "Two neighbouring outputs", model);
  const unshare = shareInAddress(model, frame.warn);
  let state = stateOf(model);
  frame.controls.append(make("p", { className: "hdc-cell", textContent: KEY }));
  const picture = makePicture(frame.body, {
    name: "Inputs of two outputs",
    paint: (pen, size) => paintWindow(pen, size, state),
    maxWidth: 520,
  });
  addTools(frame, [picture]);
  const stop = redrawOn(model, ["right", "down", "dilations"], () => {
    state = stateOf(model);
    const words = describe(state);
    picture.draw(`${stackWords(state.dilations, KERNEL_SIZE)} ${words} ${KEY}`);
    frame.say(words);
    el.dataset.shared = String(countShared(state));
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
