// Before the first paint: the mode the reader chose, else what the system prefers.
{
  const modes = ["light", "dark", "auto"];
  const stored = localStorage.getItem("mode") ?? "";
  const mode = modes.includes(stored) ? stored : "auto";
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.mode = mode;
  document.documentElement.dataset.theme = mode === "auto" ? system : mode;
}
