// A line at the foot of JupyterLite in which the book says what a reader must know. A classic script, since a page
// that may load no modules has something to say too.
/* exported hdcNotice */

/**
 * Say `words` in a line of its own, with buttons { words: act } and one that closes it. A second notice of the same
 * `name` takes the place of the first. Returns a function that takes the line away.
 */
function hdcNotice(name, words, buttons = {}) {
  const place = document.querySelector("#hdc-notices") ?? document.createElement("div");
  place.id = "hdc-notices";
  document.body.append(place);
  place.querySelector(`[data-notice="${name}"]`)?.remove();
  const line = document.createElement("div");
  line.dataset.notice = name;
  line.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = words;
  line.append(text);
  const close = () => line.remove();
  for (const [label, act] of Object.entries({ ...buttons, Close: close })) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: label });
    button.addEventListener("click", act);
    line.append(button);
  }
  place.append(line);
  return close;
}
