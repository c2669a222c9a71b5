// Shows one widget at a time on a model without a kernel, and tells what the reader would see.
window.stage = (() => {
  let [model, el, close] = [null, null, () => {}];

  /** A model as anywidget gives it; `sets` lists what the script set. */
  function makeModel(state, models = {}) {
    const listeners = {};
    const own = {
      sets: [],
      saves: 0,
      widget_manager: { get_model: async (id) => models[id] },
      get: (name) => own.state[name],
      state: { ...state },
      set(name, value) {
        own.sets.push([name, value]);
        const old = own.state[name];
        own.state[name] = value;
        if (JSON.stringify(old) !== JSON.stringify(value)) (listeners[`change:${name}`] || []).slice().forEach((act) => act());
      },
      save_changes() { own.saves += 1; },
      on(name, act) { (listeners[name] ??= []).push(act); },
      off(name, act) { listeners[name] = (listeners[name] || []).filter((other) => other !== act); },
      listening: () => Object.values(listeners).flat().length,
    };
    return own;
  }

  const loaded = new Map();

  async function load(esm) {
    if (!loaded.has(esm)) loaded.set(esm, await import(URL.createObjectURL(new Blob([esm], { type: "text/javascript" }))));
    return loaded.get(esm).default;
  }

  async function show({ esm, state, search, address }) {
    close?.();
    document.body.replaceChildren();
    if (search === null) delete document.documentElement.dataset.hdcPage;
    else document.documentElement.dataset.hdcPage = "";
    window.history.replaceState(null, "", address + (search ?? ""));
    const { render } = await load(esm);
    model = makeModel(state);
    el = document.createElement("div");
    document.body.append(el);
    close = render({ model, el });
    return model.sets;
  }

  /** Everything that can be read or operated. */
  function shown() {
    const fields = [...el.querySelectorAll("input, select, button")];
    const states = fields.map((field) => [field.value, field.checked, field.max, field.disabled, field.getAttribute("aria-label")].join("|"));
    return JSON.stringify([el.outerHTML, states]);
  }

  async function change([trait, value]) {
    const before = shown();
    model.set(trait, value);
    for (let look = 0; look < 60 && shown() === before; look += 1) await new Promise((done) => setTimeout(done, 15));
    return shown() !== before;
  }

  /** Set traits, as a reader does, then press the button with these words. */
  async function changeAndPress([values, words]) {
    Object.entries(values).forEach(([trait, value]) => model.set(trait, value));
    await Promise.resolve();
    [...el.querySelectorAll("button")].find((button) => button.textContent === words).click();
    await Promise.resolve();
    return model.state;
  }

  /** Whether closing the view lets go of the model. */
  function closed() {
    close?.();
    close = () => {};
    return model.listening() === 0;
  }

  const reference = (name) => `IPY_MODEL_${name}`;

  /** Run the join of a list and its sliders; after each move, what the models say; last, who still listens. */
  async function moveSliders({ esm, target, sliders, depth, moves }) {
    const layouts = sliders.map(() => makeModel({ display: null }));
    const models = { target: makeModel({ dilations: target }), depth: makeModel({ value: depth }) };
    const names = sliders.map((_, i) => `slider${i}`);
    names.forEach((name, i) => { models[name] = makeModel({ value: sliders[i], layout: layouts[i] }); });
    const references = { target: reference("target"), depth: depth === null ? null : reference("depth"), sliders: names.map(reference) };
    const stop = await (await load(esm)).initialize({ model: makeModel({ ...references, trait: "dilations" }, models) });
    const seen = moves.map(([name, value]) => {
      models[name].set(name === "target" ? "dilations" : "value", value);
      const [values, displays] = [names.map((own) => models[own].get("value")), layouts.map((layout) => layout.get("display"))];
      return { list: models.target.get("dilations"), depth: models.depth.get("value"), values, shown: displays };
    });
    stop();
    return [...seen, Object.values(models).reduce((sum, own) => sum + own.listening(), 0)];
  }

  /** Run the join that shows a slider for one value of a trait; the displays, then who still listens. */
  async function showOne({ esm, moves }) {
    const layout = makeModel({ display: null });
    const models = { target: makeModel({ operation: moves[0] }), slider: makeModel({ layout }) };
    const state = { target: reference("target"), slider: reference("slider"), trait: "operation", value: "transposed" };
    const stop = await (await load(esm)).initialize({ model: makeModel(state, models) });
    const seen = [layout.get("display")];
    moves.slice(1).forEach((move) => {
      models.target.set("operation", move);
      seen.push(layout.get("display"));
    });
    stop();
    return [...seen, models.target.listening()];
  }

  return {
    moveSliders,
    showOne,
    show,
    shown,
    change,
    changeAndPress,
    closed,
    state: (trait) => model.get(trait),
    notice: () => el.querySelector(".hdc-notice")?.textContent ?? "",
    search: () => window.location.search,
  };
})();
