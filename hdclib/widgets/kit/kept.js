// What a reader answered stays in this browser, a place for each page and question.

/** The storage, or nothing where a front end allows none. */
function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** A short name for a long text (FNV-1a): a question that was changed has a new one, and starts anew. */
function shortName(text) {
  let hash = 2166136261;
  for (const sign of text) hash = Math.imul(hash ^ sign.codePointAt(0), 16777619) >>> 0;
  return hash.toString(36);
}

/** load, save and forget for what belongs to `parts`, which JSON can hold. */
export function keptFor(...parts) {
  const page = window.location.pathname.split("/").pop();
  const name = `hdc-answer:${page}:${shortName(JSON.stringify(parts))}`;
  return {
    load() {
      try {
        return JSON.parse(storage()?.getItem(name) ?? "null");
      } catch {
        return null; // not written by this book
      }
    },
    save: (value) => storage()?.setItem(name, JSON.stringify(value)),
    forget: () => storage()?.removeItem(name),
  };
}

/** Tell the page that the state of a question changed. */
export function announce(what) {
  document.dispatchEvent(new CustomEvent(`hdc-${what}`));
}
