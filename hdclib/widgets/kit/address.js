// A widget's state in the page's address: written there, read from there, and refused in words.

/** True on the built site, false in a notebook front end. */
export function onPage() {
  return "hdcPage" in document.documentElement.dataset;
}

/**
 * Keep the traits that have bounds in the page's address, and take them from it.
 *
 * What is not allowed by the model's `bounds` is refused in words through `warn`, and the widget keeps its own value.
 * Does nothing outside the built site.
 */
export function shareInAddress(model, warn) {
  const key = model.get("key");
  if (!onPage() || !key) return () => {};
  const bounds = model.get("bounds");
  const traits = Object.keys(bounds);
  const initial = Object.fromEntries(traits.map((trait) => [trait, writeField(model.get(trait))]));
  const refused = takeFromAddress(model, key, bounds);
  if (refused.length) warn(`The address was not followed: ${refused.join("; ")}.`);
  let timer = 0;
  const save = () => {
    clearTimeout(timer);
    timer = setTimeout(() => putInAddress(model, key, initial), 150);
  };
  traits.forEach((trait) => model.on(`change:${trait}`, save));
  return () => traits.forEach((trait) => model.off(`change:${trait}`, save));
}

function takeFromAddress(model, key, bounds) {
  /** @type {[string[], Record<string, any>, Record<string, any[]>]} */
  const [refused, values, former] = [[], {}, {}];
  for (const [name, text] of new URLSearchParams(window.location.search)) {
    if (!name.startsWith(`${key}.`)) continue;
    const trait = name.slice(key.length + 1);
    const alias = formerName(bounds, trait);
    const allowed = Object.hasOwn(bounds, trait) ? bounds[trait] : alias?.allowed;
    const value = allowed && parseField(text, allowed);
    if (value === undefined) refused.push(`${name.slice(0, 40)}=${text.slice(0, 40)} is not ${allowedWords(allowed)}`);
    else if (alias) (former[alias.list] ??= []).push({ ...alias, value });
    else values[trait] = value;
  }
  Object.entries(former).forEach(([list, parts]) => { values[list] = joinFormer(values[list] ?? model.get(list), bounds[list], parts); });
  if (!refused.length) listsFirst(values, bounds).forEach((trait) => model.set(trait, values[trait])); // whole or not at all
  model.save_changes();
  return refused;
}

/** The traits of an object in an order to set them in: lists first, since others may depend on their length. */
export function listsFirst(values, bounds) {
  return Object.keys(values).sort((a, b) => Number(Boolean(bounds[b].most)) - Number(Boolean(bounds[a].most)));
}

/**
 * What a name of an address from before lists were lists stands for: { list, place, allowed }, with place null for the
 * list's length; undefined if it stands for nothing.
 */
function formerName(bounds, name) {
  if (Object.hasOwn(bounds, name)) return undefined;
  for (const [list, { formerly = {}, fewest, most, ...entry }] of Object.entries(bounds)) {
    if (name === formerly.length) return { list, place: null, allowed: { min: fewest, max: most } };
    const place = name.startsWith(`${formerly.entry}_`) ? Number(name.slice(formerly.entry.length + 1)) - 1 : -1;
    if (place >= 0 && place < most && name === `${formerly.entry}_${place + 1}`) return { list, place, allowed: { ...entry, spare: undefined } };
  }
  return undefined;
}

/** The list that the former names of an address describe: entries beyond its length were kept, and not used. */
function joinFormer(list, { spare }, parts) {
  const entries = [...list, ...spare.slice(list.length)];
  parts.forEach(({ place, value }) => { if (place !== null) entries[place] = value; });
  const length = parts.find(({ place }) => place === null)?.value ?? list.length;
  return entries.slice(0, length);
}

function allowedWords(allowed) {
  if (!allowed) return "known here";
  const { options, min, max, step, fewest, most } = allowed;
  const count = fewest === most ? String(most) : `${fewest} to ${most}`;
  if (options) return most ? `${count} of ${options.join(", ")}` : `one of ${options.join(", ")}`;
  const numbers = `from ${min} to ${max}${step > 1 ? ` in steps of ${step}` : ""}`;
  return most ? `${count} whole numbers ${numbers}` : `a whole number ${numbers}`;
}

/** The value that a text stands for, undefined if it is not allowed. */
function parseField(text, allowed) {
  const { fewest, most, ...entry } = allowed;
  if (!most) return parseEntry(text, entry);
  const values = text.split(",").map((part) => parseEntry(part, entry));
  return values.length < fewest || values.length > most || values.includes(undefined) ? undefined : values;
}

function parseEntry(text, { options, min, max, step = 1 }) {
  if (options) return options.find((option) => String(option) === text);
  if (!/^-?\d{1,8}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= min && number <= max && (number - min) % step === 0 ? number : undefined;
}

function writeField(value) {
  return Array.isArray(value) ? value.join(",") : String(value);
}

function putInAddress(model, key, initial) {
  const address = new URL(window.location.href);
  const bounds = model.get("bounds");
  const former = [...address.searchParams.keys()].filter((name) => name.startsWith(`${key}.`) && formerName(bounds, name.slice(key.length + 1)));
  former.forEach((name) => address.searchParams.delete(name)); // the list says it now
  Object.keys(initial).forEach((trait) => {
    const [name, value] = [`${key}.${trait}`, writeField(model.get(trait))];
    if (value === initial[trait]) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  });
  window.history.replaceState(window.history.state, "", address);
}
