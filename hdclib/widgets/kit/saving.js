// Pictures as files: PNG and SVG, one file for all pictures of a widget.
import { CanvasPen, inkOf, SvgPen } from "./pens.js";

const SHEET_MARGIN = 12; // CSS pixels around a saved picture
const SHEET_GAP = 24; // CSS pixels between two pictures
const SHEET_HEAD = 28; // CSS pixels for the name above each picture
const SHEET_LEAST = 360; // CSS pixels across, so that the words below a small picture are not a column
const WORDS_SIZE = 13; // CSS pixels, of the words below
const WORDS_LINE = 19; // CSS pixels from one line of them to the next
const WORDS_ROOM = 0.95; // share of the width that they fill here; an SVG may be shown in a wider font
const LEAST_SCALE = 2; // pixels of a PNG for each CSS pixel

/** Save the pictures of one widget as one file: a browser may refuse, or ask about, a second download. */
export function savePictures(pictures, kind) {
  const sheet = withMargin(withWords(joinSheets(pictures.map((picture) => picture.sheet()))));
  const file = `${sheet.name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.${kind}`;
  if (kind === "svg") download(svgOf(sheet), file);
  else pngCanvasOf(sheet).toBlob((blob) => download(blob, file));
}

/** One sheet with all of them side by side, each under its name. */
function joinSheets(sheets) {
  const { colours } = sheets[0];
  const lefts = sheets.map((_, i) => sheets.slice(0, i).reduce((sum, { width }) => sum + width + SHEET_GAP, 0));
  const paint = (pen) => sheets.forEach((sheet, i) => {
    pen.text(lefts[i], SHEET_HEAD / 2, sheet.name, { fill: colours.ink, size: 14, anchor: "left", bold: true });
    pen.moved(lefts[i], SHEET_HEAD, () => sheet.paint(pen));
  });
  return {
    name: sheets.map(({ name }) => name).join(", "),
    words: [...new Set(sheets.map(({ words }) => words))].join(" "),
    width: lefts.at(-1) + sheets.at(-1).width,
    height: SHEET_HEAD + Math.max(...sheets.map(({ height }) => height)),
    colours,
    paint,
  };
}

/** The sheet with its words below, so that a file says by itself what it shows. */
function withWords(sheet) {
  const context = inkOf(document.createElement("canvas"));
  context.font = `${WORDS_SIZE}px system-ui, sans-serif`;
  const width = Math.max(sheet.width, SHEET_LEAST);
  const lines = wrapWords(sheet.words, (line) => context.measureText(line).width <= WORDS_ROOM * width);
  const top = sheet.height + SHEET_GAP / 2;
  const paint = (pen) => {
    sheet.paint(pen);
    lines.forEach((line, i) => {
      pen.text(0, top + (i + 0.5) * WORDS_LINE, line, { fill: sheet.colours.ink, size: WORDS_SIZE, anchor: "left" });
    });
  };
  return { ...sheet, width, height: top + lines.length * WORDS_LINE, paint };
}

/** A text cut between its words into lines as long as `fits` allows; a word that does not fit has its own line. */
export function wrapWords(text, fits) {
  const [first, ...others] = text.split(" ");
  const lines = [first];
  others.forEach((word) => {
    const longer = `${lines.at(-1)} ${word}`;
    if (fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  });
  return lines;
}

/** The sheet on its ground, with room around it. */
function withMargin(sheet) {
  const [width, height] = [sheet.width, sheet.height].map((side) => side + 2 * SHEET_MARGIN);
  const paint = (pen) => {
    pen.rect(0, 0, width, height, { fill: sheet.colours.ground });
    pen.moved(SHEET_MARGIN, SHEET_MARGIN, () => sheet.paint(pen));
  };
  return { ...sheet, width, height, paint };
}

function svgOf(sheet) {
  const pen = new SvgPen();
  sheet.paint(pen);
  const markup = pen.markup(sheet.width, sheet.height, `${sheet.name}. ${sheet.words}`);
  return new Blob([markup], { type: "image/svg+xml" });
}

function pngCanvasOf(sheet) {
  const scale = Math.max(LEAST_SCALE, window.devicePixelRatio || 1);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.round(sheet.width * scale), height: Math.round(sheet.height * scale) });
  const context = inkOf(canvas);
  context.scale(scale, scale);
  sheet.paint(new CanvasPen(context, scale));
  return canvas;
}

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
