// The page "Check your network": a file is read and inspected here; nothing of it leaves this machine.
import { make, makeButton } from "../kit/parts.js";
import { BadFile, readOnnx } from "../onnx_reader.js";
import { Python } from "./python.js";
import { showReport } from "./report.js";

const STAGES = {
  core: [1, "Starting Python. The first time this takes half a minute or so."],
  numpy: [2, "Loading numpy."],
  hdclib: [3, "Loading hdclib."],
  ready: [4, "Inspecting the network."],
};
const NEEDS_SIZE = /^shape /; // how hdclib's message about a size begins
const EXAMPLE_LAYERS = "3p1 3d2p2 3d2p2 3d4p4 3d4p4";
const HERE = new URL(".", import.meta.url);

class Check {
  constructor(el) {
    this.el = el;
    this.bounds = { values: Number(el.dataset.mostValues), bytes: Number(el.dataset.mostBytes) };
    this.python = new Python((stage) => this.progress(...STAGES[stage]));
    this.asked = 0; // an answer to an earlier question than the last one is dropped
    this.again = null; // asks the last question once more, with the size that stands in the field
    this.shown = null;
    el.replaceChildren(this.form(), this.state(), this.place());
    this.idle();
  }

  form() {
    this.file = make("input", { type: "file", accept: ".onnx", id: "hdc-check-file" });
    this.file.addEventListener("change", () => this.file.files[0] && this.takeFile(this.file.files[0]));
    this.layers = make("textarea", { rows: 2, id: "hdc-check-layers", value: EXAMPLE_LAYERS, spellcheck: false });
    this.size = make("input", { type: "text", id: "hdc-check-size", placeholder: "3 × 513 × 513", size: 16, autocomplete: "off" });
    this.size.setAttribute("aria-describedby", "hdc-check-size-why");
    this.size.addEventListener("change", () => this.again?.());
    const drop = make("div", { className: "hdc-drop" },
      make("label", { htmlFor: "hdc-check-file" }, "An ONNX file: choose one, or drop it here"), this.file,
      make("p", {}, makeButton("Try the example", () => this.takeExample()), " ",
        make("a", { href: new URL("example.onnx", HERE).href, download: "thin_resnet50_stride8.onnx", textContent: "Download it" })));
    this.dropsOn(drop);
    const typed = make("div", { className: "hdc-typed" },
      make("label", { htmlFor: "hdc-check-layers" }, "Or a list of layers: kernel size, then s stride, d dilation, p padding"),
      this.layers, makeButton("Check the layers", () => this.takeLayers()));
    const size = make("p", { className: "hdc-size" }, make("label", { htmlFor: "hdc-check-size" }, "Input size ", this.size), " ",
      make("span", { id: "hdc-check-size-why", textContent: "only where the file leaves it open; for layers rows × columns" }));
    return make("div", { className: "hdc-asking" }, drop, typed, size);
  }

  state() {
    this.bar = make("progress", { max: 5 });
    this.bar.setAttribute("aria-label", "Progress");
    this.stop = makeButton("Stop", () => this.stopped());
    this.words = make("p", { className: "hdc-status" });
    this.words.setAttribute("role", "status");
    this.wrong = make("p", { className: "hdc-notice" });
    this.wrong.setAttribute("role", "alert");
    return make("div", { className: "hdc-state" }, this.wrong, this.words, make("p", { className: "hdc-bar" }, this.bar, " ", this.stop));
  }

  place() {
    this.report = make("div", { className: "hdc-report" });
    return this.report;
  }

  dropsOn(drop) {
    const mark = (over) => drop.classList.toggle("hdc-over", over);
    drop.addEventListener("dragover", (event) => { event.preventDefault(); mark(true); });
    drop.addEventListener("dragleave", () => mark(false));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      mark(false);
      const [file] = event.dataTransfer.files;
      if (file) this.takeFile(file);
    });
  }

  async takeExample() {
    const answer = await fetch(new URL("example.onnx", HERE));
    this.takeFile(new File([await answer.arrayBuffer()], "example.onnx"));
  }

  async takeFile(file) {
    if (file.size > this.bounds.bytes) {
      const most = Math.floor(this.bounds.bytes / 1e6);
      this.refuse(`${file.name} has ${Math.round(file.size / 1e6)} MB, and this page reads at most ${most} MB. Export the network with its weights in a file of their own, or ask hdclib in a terminal: hdclib inspect ${file.name}`);
      return;
    }
    this.progress(0, `Reading ${file.name}.`);
    try {
      const model = JSON.stringify(readOnnx(new Uint8Array(await file.arrayBuffer()), this.bounds.values));
      this.again = () => this.ask("ask_file", file.name, model, this.size.value);
      await this.again();
    } catch (error) {
      this.refuse(error instanceof BadFile ? `${file.name}: ${error.message}` : `${file.name} could not be read: ${error.message}`);
    }
    this.file.value = ""; // so that the same file can be chosen again
  }

  takeLayers() {
    this.again = () => this.ask("ask_layers", this.layers.value, this.size.value);
    return this.again();
  }

  async ask(...question) {
    this.asked += 1;
    const number = this.asked;
    this.progress(this.python.worker ? 4 : 0, this.python.worker ? STAGES.ready[1] : STAGES.core[1]);
    const report = await this.python.ask(...question);
    if (!report || number !== this.asked) return;
    if (report.error) {
      this.refuse(report.error);
      return;
    }
    this.shown?.close();
    this.size.removeAttribute("aria-invalid");
    this.idle("Done: the report stands below.");
    this.shown = showReport(this.report, report, (view) => this.python.ask("map", view));
    this.el.dataset.views = report.views_with_holes;
    const repairs = await this.python.ask("repairs");
    if (repairs && number === this.asked) this.shown.repairs(repairs);
    this.el.dataset.repairs = repairs?.repairs?.length ?? "";
  }

  progress(step, words) {
    this.wrong.textContent = "";
    this.bar.value = step;
    this.bar.parentElement.hidden = false;
    this.words.textContent = words;
  }

  idle(words = "") {
    this.bar.parentElement.hidden = true;
    this.wrong.textContent = "";
    this.words.textContent = words;
  }

  refuse(words) {
    this.asked += 1;
    this.idle();
    this.shown?.close();
    this.shown = null;
    this.report.replaceChildren();
    this.wrong.textContent = words;
    if (!NEEDS_SIZE.test(words)) return;
    this.size.setAttribute("aria-invalid", "true");
    this.size.focus();
  }

  stopped() {
    this.asked += 1;
    this.python.end();
    this.idle("Stopped.");
  }
}

/** @type {HTMLElement | null} */
const el = document.querySelector(".hdc-check");
if (el?.dataset.python === "here") new Check(el);
