// Dragging in the cone: the output along its row, and the taps of a convolution apart.
import { listen } from "../kit/picture.js";
import { clampTo, CONE_ROOM, coneCounts, draggedDilation } from "./cone_maths.js";

/**
 * What a pointer takes hold of at a cell: { kind: "output" }, { kind: "taps", convolution, side } or null.
 * The taps of a convolution are held by any cell of the layer below it that the output uses, but not straight below.
 */
export function coneHold({ dilations, column }, cell) {
  if (!cell) return null;
  if (cell.layer === dilations.length) return { kind: "output" };
  const counts = coneCounts(dilations)[cell.layer];
  const offset = cell.column - column;
  const used = counts[offset + (counts.length - 1) / 2] > 0;
  return used && offset !== 0 ? { kind: "taps", convolution: cell.layer, side: Math.sign(offset) } : null;
}

/** The dilations after the taps held have been moved by `by` cells to the right. */
export function dilationsHeld(dilations, { convolution, side }, by, most) {
  return dilations.map((dilation, i) => (i === convolution ? draggedDilation(dilation, side * by, most) : dilation));
}

/**
 * Let a pointer drag what coneHold names. cellAt(x, y) is the cell at a point of the canvas, or null; unit() the
 * CSS pixels of a column.
 * move(state) stores { column, row } or { dilations }; hold(on) is called as a drag begins and ends.
 */
export function dragCone(canvas, { stateOf, cellAt, unit, most, move, hold }) {
  /** @type {any} what is dragged, and from where */
  let held = null;
  const under = (event) => {
    const frame = canvas.getBoundingClientRect();
    return cellAt(event.clientX - frame.left, event.clientY - frame.top);
  };

  function begin(event) {
    const state = stateOf();
    const cell = under(event);
    const grip = coneHold(state, cell);
    if (!grip || event.button > 0) return;
    held = { ...grip, x: event.clientX, unit: unit(), dilations: state.dilations, column: state.column, row: state.row };
    canvas.setPointerCapture(event.pointerId);
    hold(true);
    if (held.kind === "output") choose(cell);
  }

  function choose(cell) {
    if (!cell || cell.layer !== stateOf().dilations.length) return;
    move({ column: clampTo(cell.column, CONE_ROOM), row: cell.row === null ? stateOf().row : clampTo(cell.row, CONE_ROOM) });
  }

  function follow(event) {
    if (!held) {
      const grip = event.pointerType === "touch" ? null : coneHold(stateOf(), under(event));
      canvas.style.cursor = grip ? { output: "grab", taps: "ew-resize" }[grip.kind] : "";
      return;
    }
    const by = Math.round((event.clientX - held.x) / held.unit);
    if (held.kind === "taps") move({ dilations: dilationsHeld(held.dilations, held, by, most) });
    else if (under(event)?.layer === held.dilations.length) choose(under(event));
    else move({ column: clampTo(held.column + by, CONE_ROOM), row: held.row });
  }

  function end() {
    if (!held) return;
    held = null;
    hold(false);
  }

  const stops = [listen(canvas, "pointerdown", begin), listen(canvas, "pointermove", follow)];
  ["pointerup", "pointercancel", "lostpointercapture"].forEach((event) => stops.push(listen(canvas, event, end)));
  return { held: () => held !== null, close: () => stops.forEach((stop) => stop()) };
}
