// Stands in for sanitize-html: whatever a description contains, it is shown as text.
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export default function plainText(text) {
  return String(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
