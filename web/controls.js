// The controls that a page may use, with names for screen readers on the sliders' handles.
import * as bool from "@jupyter-widgets/controls/lib/widget_bool";
import * as box from "@jupyter-widgets/controls/lib/widget_box";
import * as button from "@jupyter-widgets/controls/lib/widget_button";
import * as description from "@jupyter-widgets/controls/lib/widget_description";
import * as float from "@jupyter-widgets/controls/lib/widget_float";
import * as int from "@jupyter-widgets/controls/lib/widget_int";
import * as link from "@jupyter-widgets/controls/lib/widget_link";
import * as selection from "@jupyter-widgets/controls/lib/widget_selection";
import * as string from "@jupyter-widgets/controls/lib/widget_string";

const HANDLE_ENDS = ["lower end", "upper end"];

/** A slider view whose handles and readout carry the slider's description as their name. */
const named = (View) =>
  class extends View {
    createSlider() {
      super.createSlider();
      this.nameParts();
      this.listenTo(this.model, "change:description", this.nameParts);
      this.$slider.noUiSlider.on("update", () => this.sayValue());
      this.sayValue();
    }

    handles() {
      return [...this.$slider.querySelectorAll(".noUi-handle")];
    }

    nameParts() {
      const name = this.model.get("description") || "value";
      const handles = this.handles();
      handles.forEach((handle, end) => {
        handle.setAttribute("aria-label", handles.length > 1 ? `${name}, ${HANDLE_ENDS[end]}` : name);
      });
      this.readout.setAttribute("role", "textbox");
      this.readout.setAttribute("aria-label", `${name}, typed`);
    }

    sayValue() {
      const [handle, ...others] = this.handles();
      if (others.length === 0) handle.setAttribute("aria-valuetext", this.readout.textContent);
    }
  };

const all = { ...bool, ...box, ...button, ...description, ...float, ...int, ...link, ...selection, ...string };
const sliders = Object.entries(all).filter(([name]) => name.endsWith("SliderView") && !name.startsWith("Base"));

export default { ...all, ...Object.fromEntries(sliders.map(([name, View]) => [name, named(View)])) };
