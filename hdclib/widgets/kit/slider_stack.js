// Sliders as the entries of a list: one for each entry, and one for how many there are.
import { findModel, setTraits, showSlider } from "./models.js";

async function initialize({ model }) {
  const trait = model.get("trait");
  const [target, depth] = await Promise.all([findModel(model, model.get("target")), findModel(model, model.get("depth"))]);
  const sliders = await Promise.all(model.get("sliders").map((reference) => findModel(model, reference)));
  let following = false; // while the sliders are moved by the list, they do not move it

  /** The sliders show the list; those beyond its end keep their value. */
  function showList() {
    const list = target.get(trait);
    following = true;
    if (depth) setTraits(depth, { value: list.length });
    sliders.forEach((slider, i) => {
      if (i < list.length) setTraits(slider, { value: list[i] });
      showSlider(slider, i < list.length);
    });
    following = false;
  }

  /** The list becomes what the sliders in use say. */
  function takeSliders() {
    if (following) return;
    const length = depth ? depth.get("value") : sliders.length;
    setTraits(target, { [trait]: sliders.slice(0, length).map((slider) => slider.get("value")) });
  }

  target.on(`change:${trait}`, showList);
  [depth, ...sliders].filter(Boolean).forEach((slider) => slider.on("change:value", takeSliders));
  showList();
  return () => {
    target.off(`change:${trait}`, showList);
    [depth, ...sliders].filter(Boolean).forEach((slider) => slider.off("change:value", takeSliders));
  };
}

export default { initialize };
