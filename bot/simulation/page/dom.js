// Elements from plain data. Texts are always set as text, so nothing that somebody wrote can become markup.

export const $ = (id) => document.getElementById(id);

export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || (value === false && !name.startsWith("aria-"))) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else made.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : value);
  }
  made.append(...children.flat().filter((each) => each !== null && each !== undefined && each !== false));
  return made;
}

export const button = (title, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, title);

const drawn = new WeakMap();

// Draws only what differs from the last time, so that focus, selection and opened details stay.
export function draw(place, facts, make) {
  const now = JSON.stringify(facts);
  if (drawn.get(place) === now) return false;
  drawn.set(place, now);
  place.replaceChildren(...[make()].flat().filter(Boolean));
  return true;
}

let hiding;
export function notice(text) {
  const place = $("notice");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (place.hidden = true), 5000);
}
