// Return the text of a built page's article as paper shows it: what was drawn is a picture, what was set is words.
(name) => {
  const article = /** @type {HTMLElement} */ (document.querySelector(".bd-article"));
  const copy = /** @type {HTMLElement} */ (article.cloneNode(true));
  /** @returns {any[][]} each part of the page with its copy */
  const pairs = (selector) => {
    const copies = [...copy.querySelectorAll(selector)];
    return [...article.querySelectorAll(selector)].map((part, at) => [part, copies[at]]);
  };
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  for (const [canvas, place] of pairs("canvas")) {
    const { width, height } = canvas.getBoundingClientRect();
    const picture = make("img", { src: canvas.toDataURL(), alt: canvas.ariaLabel ?? "", className: "hdc-still" });
    picture.style.width = `${width}px`;
    picture.style.aspectRatio = `${width} / ${height}`;
    place.replaceWith(picture);
    if (width === 0) picture.remove();
  }
  for (const [field, place] of pairs("select")) {
    place.replaceWith(make("span", { textContent: field.selectedOptions[0]?.textContent ?? "" }));
  }
  for (const [field, place] of pairs("input")) {
    if (["radio", "checkbox"].includes(field.type)) place.toggleAttribute("checked", field.checked);
    else if (field.type === "range") place.remove();
    else place.replaceWith(make("span", { className: "hdc-blank", textContent: field.value }));
  }
  copy.querySelectorAll(".hdc-player, .hdc-solved").forEach((part) => part.remove());
  for (const [widget, place] of pairs(".widget-subarea, .hdc-check")) {
    if (widget.querySelector(".hdc-outcome")) { // a guess that a reader of paper has made on paper
      place.remove();
      continue;
    }
    const address = `book/${name}.html#${widget.closest("section").id}`;
    const link = make("a", { href: `LIVE/${address}`, textContent: address });
    place.after(make("p", { className: "hdc-live" }, "Live: ", link));
  }
  copy.querySelectorAll("script, noscript, .headerlink, .hdc-launch, .hdc-tools, button, .copybtn").forEach((part) => part.remove());
  copy.querySelectorAll("details:not(.hdc-code)").forEach((fold) => fold.setAttribute("open", ""));
  copy.querySelectorAll(".toggle-hidden").forEach((box) => box.classList.remove("toggle-hidden"));
  copy.querySelectorAll("[tabindex], [role=application]").forEach((part) => {
    part.removeAttribute("tabindex");
    if (part.role === "application") part.removeAttribute("role");
  });

  // One document of all chapters: names within a chapter bear its own, links lead to chapters that are in it.
  const here = window.location.href;
  const within = (hash) => `#${name}--${hash.slice(1)}`;
  copy.querySelectorAll("[id]").forEach((part) => { part.id = `${name}--${part.id}`; });
  copy.querySelectorAll("[for]").forEach((part) => part.setAttribute("for", `${name}--${part.getAttribute("for")}`));
  copy.querySelectorAll("[aria-labelledby]").forEach((part) => part.removeAttribute("aria-labelledby"));
  /** @type {NodeListOf<HTMLImageElement>} */
  const pictures = copy.querySelectorAll("img[src]");
  pictures.forEach((picture) => {
    if (!picture.src.startsWith("data:")) picture.src = new URL(picture.getAttribute("src") ?? "", here).href;
  });
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = copy.querySelectorAll("a[href]");
  for (const link of links) {
    const wanted = link.getAttribute("href") ?? "";
    if (wanted.startsWith("LIVE/")) continue;
    const target = new URL(wanted, here);
    const chapter = target.pathname.match(/\/book\/([\w/]+)\.html$/)?.[1];
    if (wanted.startsWith("#")) link.href = within(wanted);
    else if (target.origin !== window.location.origin) link.href = target.href;
    else if (chapter && !target.search) link.href = `#${chapter}--${target.hash.slice(1)}`;
    else link.href = `LIVE${target.pathname}${target.search}${target.hash}`;
  }
  /** @type {NodeListOf<HTMLLinkElement>} */
  const sheets = document.querySelectorAll("link[rel=stylesheet]");
  const styles = [...sheets].map((sheet) => sheet.href);
  return { html: copy.innerHTML, styles, title: copy.querySelector("h1")?.textContent.trim() };
}
