// A slider that is on the page only while a trait of the picture has one value.
import { findModel, showSlider } from "./models.js";

async function initialize({ model }) {
  const trait = model.get("trait");
  const [target, slider] = await Promise.all([findModel(model, model.get("target")), findModel(model, model.get("slider"))]);
  const show = () => showSlider(slider, target.get(trait) === model.get("value"));
  target.on(`change:${trait}`, show);
  show();
  return () => target.off(`change:${trait}`, show);
}

export default { initialize };
