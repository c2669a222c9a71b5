// On a phone the notebook has the whole screen; the side bars wait in the menu View.
const PHONE = window.matchMedia("(max-width: 600px)");

/** Close both side bars where the screen has no room for them. JupyterLab opens one of them while it starts. */
export function makeRoom({ shell, commands }) {
  if (!PHONE.matches) return;
  for (const side of ["left", "right"]) {
    const shown = commands.isToggled("application:toggle-side-tabbar", { side });
    if (shown) commands.execute("application:toggle-side-tabbar", { side });
  }
  const close = () => {
    if (!shell.leftCollapsed) shell.collapseLeft();
    if (!shell.rightCollapsed) shell.collapseRight();
  };
  close();
  shell.layoutModified.connect(close);
  const leave = () => shell.layoutModified.disconnect(close); // from now on it is the reader who opens them
  for (const event of ["pointerdown", "keydown"]) window.addEventListener(event, leave, { once: true, capture: true });
}
