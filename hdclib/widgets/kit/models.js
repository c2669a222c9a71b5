// Models that a model refers to, such as the sliders that it joins.

const PREFIX = "IPY_MODEL_";

/** The model that a trait refers to, as the front end holds it; null if it refers to none. */
export async function findModel(model, reference) {
  return reference ? model.widget_manager.get_model(reference.slice(PREFIX.length)) : null;
}

/** Set traits of a model, and tell Python if that changed any. */
export function setTraits(model, values) {
  const changed = Object.keys(values).some((trait) => JSON.stringify(model.get(trait)) !== JSON.stringify(values[trait]));
  if (!changed) return;
  Object.entries(values).forEach(([trait, value]) => model.set(trait, value));
  model.save_changes();
}

/** Go on to the next entry of a list of which one is asked at a time; after the last comes the first. */
export function nextTurn(model, trait) {
  setTraits(model, { turn: (model.get("turn") % model.get(trait).length) + 1 });
}

/** Show a slider, or take it off the page. */
export function showSlider(slider, shown) {
  setTraits(slider.get("layout"), { display: shown ? "flex" : "none" });
}

/** Call `act` with the new length whenever a list trait gets longer or shorter. Returns the stop function. */
export function onNewLength(model, trait, act) {
  let { length } = model.get(trait);
  function look() {
    if (model.get(trait).length === length) return;
    ({ length } = model.get(trait));
    act(length);
  }
  model.on(`change:${trait}`, look);
  return () => model.off(`change:${trait}`, look);
}
