// What the checker of the scripts cannot find by itself: files that lie elsewhere once the site is built.
interface Window {
  toggleFullScreen(): void; // of the theme
}
declare module "*.css";
declare module "*/pyodide.mjs" {
  export function loadPyodide(options: { indexURL: string }): Promise<any>;
}
