// Starts Python in a worker when it is first needed, and asks it one question after the other.

const VERSION = new URL("..", import.meta.url).pathname.split("/").at(-2); // the folder of this site's scripts
const WORKER = new URL(`../../../lite/check/worker.js?${VERSION}`, import.meta.url);

/** `tell` is called with the stages of starting: "core", "numpy", "hdclib", "ready". */
export class Python {
  constructor(tell) {
    this.tell = tell;
    /** @type {Worker | null} */
    this.worker = null;
    this.waiting = new Map();
    this.count = 0;
  }

  /** Call a method of hdclib's Desk; resolves to its answer, or to null if it is stopped meanwhile. */
  ask(method, ...given) {
    const worker = this.worker ?? this.start();
    this.count += 1;
    const number = this.count;
    return new Promise((resolve) => {
      this.waiting.set(number, resolve);
      worker.postMessage({ number, ask: method, given });
    });
  }

  start() {
    const worker = new Worker(WORKER, { type: "module" });
    worker.onmessage = ({ data }) => {
      if (data.stage) this.tell(data.stage);
      else this.answer(data.number, data.answer);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.end({ error: `Python could not be started: ${event.message || "a file is missing"}.` });
    };
    this.worker = worker;
    return worker;
  }

  answer(number, answer) {
    this.waiting.get(number)?.(answer);
    this.waiting.delete(number);
  }

  /**
   * Stop at once, whatever Python is doing; the next question starts it anew.
   * @param {{ error: string } | null} answer what the questions that wait are told
   */
  end(answer = null) {
    this.worker?.terminate();
    this.worker = null;
    [...this.waiting.keys()].forEach((number) => this.answer(number, answer));
  }
}
