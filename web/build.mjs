// Bundle the widget loader and the reader of ONNX files, and copy KaTeX's style sheet, into web/dist/.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const here = (path) => new URL(path, import.meta.url).pathname;

/** Return `text` with the one place that reads `old` changed; stop the build if there is no such place, or another. */
function changed(text, old, wanted) {
  if (text.split(old).length !== 2) throw new Error(`anywidget no longer has one ${old}: adapt build.mjs`);
  return text.replace(old, wanted);
}

/**
 * anywidget hands its classes to AMD's define(); a module exports them instead. And it gives a model up that is not
 * there after 2 s: on a slow or busy machine the page would miss a widget, whose script is on the way or running.
 */
const anywidgetAsModule = {
  name: "anywidget-as-module",
  setup(bundler) {
    bundler.onLoad({ filter: /anywidget[\\/]dist[\\/]index\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const patient = changed(source, "AbortSignal.timeout(2e3)", "AbortSignal.timeout(6e4)");
      const [call, factory] = source.match(/define\(\["@jupyter-widgets\/base"\], (\w+)\);/) ?? ["define(...)"];
      return { contents: changed(patient, call, `export default ${factory};`), loader: "js" };
    });
  },
};

/** Descriptions are shown as plain text here, so the HTML sanitiser and its parser stay out. */
const plainText = {
  name: "plain-text",
  setup(bundler) {
    bundler.onResolve({ filter: /^sanitize-html$/ }, () => ({ path: here("plain_text.js") }));
  },
};

/** The packages of npm that a bundle holds, for the page of licences. */
async function packagesIn({ inputs }) {
  const folders = Object.keys(inputs).map((path) => path.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/)?.[0]);
  const found = [...new Set(folders)].filter(Boolean).sort();
  return Promise.all(found.map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    return { name, version, licence: license, folder: folder.replace(/^.*?node_modules/, "node_modules") };
  }));
}

async function bundleLoader() {
  const { metafile } = await build({
    metafile: true,
    entryPoints: { loader: here("loader.js") },
    outdir: here("dist"),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "linked",
    loader: { ".svg": "dataurl", ".woff": "empty", ".woff2": "empty", ".ttf": "empty", ".eot": "empty" },
    plugins: [anywidgetAsModule, plainText],
    logLevel: "warning",
  });
  return packagesIn(metafile);
}

async function bundleReader() {
  const { metafile } = await build({
    metafile: true,
    entryPoints: [here("check/onnx_reader.js")],
    outdir: here("dist"),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "linked",
    logLevel: "warning",
  });
  return packagesIn(metafile);
}

/** KaTeX's style sheet and its woff2 fonts; the formulas themselves are rendered when the book is built. */
async function copyKatex() {
  const css = await readFile(here("node_modules/katex/dist/katex.min.css"), "utf8");
  const woff2Only = css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, "");
  await mkdir(here("dist/katex"), { recursive: true });
  await writeFile(here("dist/katex/katex.min.css"), woff2Only);
  await cp(here("node_modules/katex/dist/fonts"), here("dist/katex/fonts"), {
    recursive: true,
    filter: (path) => !/\.(woff|ttf)$/.test(path),
  });
}

await rm(here("dist"), { recursive: true, force: true });
await mkdir(here("dist"));
const [loader, reader] = await Promise.all([bundleLoader(), bundleReader(), copyKatex()]);
await writeFile(here("bundled.json"), `${JSON.stringify({ "loader.js": loader, "onnx_reader.js": reader }, null, 1)}\n`);
