// What the checker of the scripts cannot find by itself: files that lie elsewhere once the site is built.
interface Window {
  toggleFullScreen(): void; // of the theme
  jupyterapp?: any; // JupyterLab
  hdcMayStart: Promise<void>; // what JupyterLite's page waits for
}
declare function hdcNotice(name: string, words: string, buttons?: Record<string, () => void>): () => void;
declare module "*.css";
declare module "*/pyodide.mjs" {
  export function loadPyodide(options: { indexURL: string }): Promise<any>;
}
