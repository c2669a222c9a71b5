// The cone: a stack of convolutions from the side, in space and from above, and what one output uses of every layer.
import { shareInAddress } from "../kit/address.js";
import { addTools, listen, make, makeFrame, redrawOn, setWords } from "../kit/parts.js";
import { cellInGrid, makePicture } from "../kit/picture.js";
import { makePlayer } from "../kit/player.js";
import { CONE_KERNEL, CONE_ROOM, coneAt, coneCounts, coneHalves, coneShared, secondColumn } from "./cone_maths.js";
import { coneAboveLayout, paintConeAbove } from "./cone_above.js";
import { coneSideLayout, paintConeSide } from "./cone_side.js";
import { coneSpaceLayout, paintConeSpace } from "./cone_space.js";
import { makeConeControls } from "./cone_controls.js";
import { dragCone } from "./cone_drag.js";
import { coneApplied, conePicture, conePicturesLayout, conePictureWords, paintConePictures } from "./cone_pictures.js";
import { coneCellWords, coneNames, coneTitle, coneWords } from "./cone_words.js";
import { stackWords } from "../kit/dilation.js";

const TRAITS = ["dilations", "view", "column", "row", "second", "step", "picture"];
const VIEWS = {
  side: { paint: paintConeSide, layout: (width, { halves, shown }) => coneSideLayout(width, halves.length, shown) },
  space: { paint: paintConeSpace, layout: (width, { halves, shown }) => coneSpaceLayout(width, halves, shown) },
  above: { paint: paintConeAbove, layout: (width, { shown }) => coneAboveLayout(width, shown) },
};

function coneState(model) {
  /** @type {any} */
  const state = Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
  return { ...state, step: Math.min(state.step, state.dilations.length) };
}

/** All that a painter needs: the state, a position on the way down, and the cell that the reader points at. */
function coneScene(state, position, lit, shown) {
  const { dilations, column, row, second, view } = state;
  const halves = coneHalves(dilations);
  const places = second > 0 ? [column, secondColumn(column, second)] : [column];
  const at = coneAt(dilations, Math.min(position, dilations.length));
  const arrived = at.moving ? at.moving.shares.filter((share) => share >= 1).length : 0;
  const kept = [view, dilations, column, row, second, Math.floor(position), Boolean(at.moving), shown].join(" ");
  return {
    dilations, halves, at,
    lit: lit && Math.max(Math.abs(lit.column), Math.abs(lit.row)) <= (halves[lit.layer] ?? -1) ? lit : null,
    outputs: places.map((place) => ({ column: place, row })),
    names: coneNames(dilations, Math.floor(position)),
    shown: Math.max(shown, halves[0]),
    restKey: (colours) => `${kept} ${colours.ground}`, // of all that stands still for a whole step
    key: (colours) => `${kept} ${colours.ground} ${arrived}`,
    describe: (cell) => coneCellWords(state, cell),
  };
}

/** Where a walk over the cells starts: at the output, or from above at the cell below it. */
function walkStart({ dilations, column, row, view }, position) {
  const halves = coneHalves(dilations);
  if (view === "side") return { row: 0, column: column + halves[0] };
  if (view === "space") return { row: row + CONE_ROOM, column: column + halves[0] };
  const half = halves[dilations.length - Math.ceil(position)];
  return { row: row + half, column: column + half };
}

/** The pictures beside the cone, made when they are asked for and taken away again. */
function makeBeside(body, pictures) {
  /** @type {ReturnType<typeof makePicture> | null} */
  let beside = null;
  let kind = "none";
  /** @type {any} what coneApplied gives for the state shown */
  let applied;
  function leave() {
    if (!beside) return;
    beside.close();
    pictures.pop();
    body.replaceChildren();
    beside = null;
  }
  function show(state) {
    kind = state.picture;
    if (kind === "none") return leave();
    applied = coneApplied(conePicture(kind, state.photograph), state.dilations);
    if (!beside) {
      beside = makePicture(body, {
        name: "The stack applied to a picture",
        paint: (pen, size) => paintConePictures(pen, size, kind, applied),
        heightFor: (width) => conePicturesLayout(width, applied.input.length).height,
        maxWidth: 760,
      });
      pictures.push(beside);
      body.append(make("p", { className: "hdc-cell" }));
    }
    const words = conePictureWords(kind, applied);
    body.lastChild.textContent = words;
    return beside.draw(`${stackWords(state.dilations, CONE_KERNEL)} ${words}`);
  }
  return { show, close: leave };
}

function render({ model, el }) {
  const frame = makeFrame(el, "Cone", model);
  const unshare = shareInAddress(model, frame.warn);
  const stateOf = () => coneState(model);
  const change = (changes) => {
    Object.entries(changes).forEach(([trait, value]) => model.set(trait, value));
    model.save_changes();
  };
  /** @type {any} what is seen now and no trait holds */
  const view = { position: stateOf().step, lit: null, cells: null, shown: 0, stores: { filling: {}, rest: {}, flight: {} } };
  const sceneNow = () => coneScene(stateOf(), view.position, view.lit, view.shown);
  const painter = () => VIEWS[stateOf().view];
  const placesFor = (width) => painter().layout(width, sceneNow());
  const controls = makeConeControls(stateOf, change, model.get("bounds"));
  const title = make("p", { className: "hdc-head" });
  const below = make("div");
  frame.controls.append(controls.element);
  frame.body.append(title);

  const picture = makePicture(frame.body, {
    name: "Cone",
    paint: (pen, size) => {
      const cells = painter().paint(pen, size, sceneNow(), view.stores);
      if (pen.context) view.cells = cells;
      return cells;
    },
    heightFor: (width) => placesFor(width).height,
    maxWidth: 760,
    start: () => walkStart(stateOf(), view.position),
    visited: (cell) => { view.lit = cell && !drag.held() ? view.cells.cellOf(cell) : null; },
  });
  const player = makePlayer({
    name: "The way down",
    last: () => stateOf().dilations.length,
    read: () => stateOf().step,
    write: (step) => change({ step }),
    words: (step) => coneWords(stateOf(), step),
    draw: (position) => {
      view.position = position;
      setWords(title, coneTitle(stateOf().dilations, Math.ceil(position)));
      frame.say(coneWords(stateOf(), Math.floor(position)));
      picture.draw();
    },
  });
  const drag = dragCone(picture.canvas, {
    stateOf,
    cellAt: (x, y) => cellUnder(view.cells, x, y),
    unit: () => placesFor(picture.canvas.clientWidth).unit,
    most: model.get("bounds").dilations.max,
    move: change,
    hold: (on) => {
      Object.assign(view, { shown: on ? sceneNow().shown : 0, lit: null });
      picture.draw();
    },
  });
  const pictures = [picture];
  const beside = makeBeside(below, pictures);
  frame.body.append(player.element, frame.status, below);
  addTools(frame, pictures, () => pythonOf(stateOf()));
  const space = listen(picture.canvas, "keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    player.toggle();
  });
  const stop = redrawOn(model, [...TRAITS, "photograph"], () => {
    const state = stateOf();
    const words = coneWords(state, state.step);
    controls.show(state);
    picture.draw(`${stackWords(state.dilations, CONE_KERNEL)} ${words}`);
    player.follow();
    beside.show({ ...state, photograph: model.get("photograph") });
    record(el, state);
  });
  return () => [stop, unshare, space, drag.close, player.close, beside.close, picture.close].forEach((end) => end());
}

/** The cell of a painted view at a point, as { layer, column, row }, or null. */
function cellUnder(cells, x, y) {
  const found = cells.at ? cells.at(x, y) : cellInGrid(cells, x, y);
  return found && cells.cellOf(found);
}

/** What is shown, where the tests read it. */
function record(el, { dilations, step, second, column, row }) {
  const counts = coneCounts(dilations)[dilations.length - step];
  const shared = second > 0 ? coneShared(dilations, second)[dilations.length - step].along : "";
  Object.assign(el.dataset, { dilations: dilations.join(" "), step, counts: counts.join(" "), shared, output: `${row} ${column}` });
}

function pythonOf({ dilations }) {
  return `import hdclib as hdc\n\nprint(hdc.check([${dilations.join(", ")}], kernel_size=${CONE_KERNEL}))\n`;
}

export default { render };
