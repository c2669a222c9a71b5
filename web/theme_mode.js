// Before the first paint: the mode the reader chose, else what the system prefers.
{
  const modes = ["light", "dark", "auto"];
  let stored = "";
  try {
    stored = localStorage.getItem("mode") ?? "";
  } catch {} // a frame or a browser that keeps nothing
  const mode = modes.includes(stored) ? stored : "auto";
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.mode = mode;
  document.documentElement.dataset.theme = mode === "auto" ? system : mode;
}
