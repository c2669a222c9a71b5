// What the theme and its extensions set in inline scripts and handlers; a page without any can refuse all of them.
/* exported toggleHintShow, toggleHintHide, toggleOpenOnPrint, togglebuttonSelector */
const toggleHintShow = "Click to show";
const toggleHintHide = "Click to hide";
const toggleOpenOnPrint = "true";
const togglebuttonSelector = ".toggle, .admonition.dropdown";

document.addEventListener("click", (event) => {
  if (event.target.closest(".btn-download-pdf-button")) window.print();
  if (event.target.closest(".btn-fullscreen-button")) window.toggleFullScreen();
});

// Paper is white, whatever the screen is.
window.addEventListener("beforeprint", () => {
  document.documentElement.dataset.theme = "light";
});
window.addEventListener("afterprint", () => {
  document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "light";
});

// A figure that scrolls sideways on a phone can be reached, and so scrolled, by keyboard.
function reachFigures() {
  document.querySelectorAll(".cell_output figure").forEach((figure) => {
    if (figure.scrollWidth > figure.clientWidth) figure.tabIndex = 0;
    else figure.removeAttribute("tabindex");
  });
}
window.addEventListener("load", reachFigures);
window.addEventListener("resize", reachFigures);
