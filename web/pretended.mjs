// What a page without a browser needs beside happy-dom, for pictures made while the book is built and for tests.

/** The colours of light pages: role → the first value that a style sheet gives to it. */
export function coloursOf(css) {
  return new Map([...css.matchAll(/(--hdc-[a-z-]+):\s*([^;]+);/g)].reverse().map(([, name, value]) => [name, value.trim()]));
}

/** An observer of sizes or changes that sees none. */
export class Watcher {
  observe() {}
  disconnect() {}
}

/** Let the menus of a window take any value as text, as a browser does. */
export function takeAnyValue(window) {
  const chosen = Object.getOwnPropertyDescriptor(window.HTMLSelectElement.prototype, "value");
  const asText = { ...chosen, set(value) { chosen.set.call(this, String(value)); } };
  Object.defineProperty(window.HTMLSelectElement.prototype, "value", asText);
}
