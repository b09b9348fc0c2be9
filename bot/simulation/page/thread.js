// The conversation as the phone shows it: days, bubbles, ticks, buttons, and why a reminder came.

import { button, el } from "./dom.js";
import { day, locale, t, time } from "./texts.js";

const SYMBOLS = { voice: "🎤", image: "🖼️", document: "📄", sticker: "🙂", location: "📍", video: "🎬", other: "📎" };
const TICKS = { received: "✓", handled: "✓✓", sent: "✓", delivered: "✓✓", read: "✓✓", failed: "!", in_doubt: "?" };

export function bubbles(view, press, waiting) {
  const rows = [];
  let shownDay = "";
  const last = [...view.messages].reverse().find((each) => each.direction === "out");
  for (const message of view.messages) {
    const on = dayOf(message.at, view.zone);
    if (on !== shownDay) rows.push(el("p", { class: "day" }, dayName(on, view)));
    shownDay = on;
    rows.push(bubble(message, view, message === last ? press : null));
  }
  if (waiting) rows.push(waitingBubble(waiting));
  if ((waiting || view.thinking) && view.owner !== "person") rows.push(typing());
  return rows;
}

const dayOf = (at, zone) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date(at));

function dayName(on, view) {
  const today = dayOf(view.now, view.zone);
  const before = new Date(`${today}T12:00:00Z`);
  before.setUTCDate(before.getUTCDate() - 1);
  if (on === today) return t("today");
  if (on === before.toISOString().slice(0, 10)) return t("yesterday");
  return day(on, { weekday: "long", day: "numeric", month: "long" });
}

function bubble(message, view, press) {
  const mine = message.direction === "in";
  const from = mine ? "mine" : message.kind === "collector" ? "theirs collector" : "theirs";
  return el(
    "div",
    { class: `row ${mine ? "right" : "left"}` },
    el(
      "div",
      { class: `bubble ${from}`, "data-id": message.id },
      label(message),
      ...(message.media ?? []).map(media),
      message.kind === "location" && media({ kind: "location" }),
      message.text && el("p", {}, message.text),
      el("span", { class: "meta" }, time(message.at, view.zone, { hour: "2-digit", minute: "2-digit" }), ticks(message)),
    ),
    !mine && message.buttons?.length ? el("div", { class: "buttons" }, message.buttons.map((each) => button(each.title, () => press?.(each), { disabled: !press }))) : null,
    message.decision && why(message),
  );
}

function label(message) {
  if (message.kind === "collector") return el("span", { class: "label" }, t("collector"));
  if (message.kind === "receipt") return el("span", { class: "label" }, t("receiptKind"));
  return message.step ? el("span", { class: "label" }, t(message.kind)) : null;
}

const media = (each) => el("span", { class: "media" }, el("span", { "aria-hidden": true }, SYMBOLS[each.kind] ?? SYMBOLS.other), t(each.kind in SYMBOLS ? each.kind : "other"), each.kind === "voice" ? el("span", { class: "wave", "aria-hidden": true }) : null);

function ticks(message) {
  const name = t("status")[message.status] ?? message.status;
  return el("span", { class: `ticks ${message.status}`, role: "img", "aria-label": name, title: name }, TICKS[message.status] ?? "");
}

const waitingBubble = (what) => el("div", { class: "row right" }, el("div", { class: "bubble mine sending" }, what.text ? el("p", {}, what.text) : media({ kind: what.media?.type ?? "other" })));
const typing = () => el("div", { class: "row left" }, el("div", { class: "bubble theirs typing", role: "status", "aria-label": t("typing") }, el("i"), el("i"), el("i")));

// The decision as it was stored with the message: the proof of why it was allowed to go.
function why(message) {
  const { verdict, reason, policy_version: version, rules, inputs } = message.decision;
  const facts = [
    [t("step"), message.step],
    [t("verdict"), [verdict, reason].filter(Boolean).join(" · ")],
    [t("policy"), [version, ...(rules ?? [])].filter(Boolean).join(", ")],
  ];
  const shown = Object.entries(inputs ?? {}).filter(([, value]) => value !== null && `${value}` !== "");
  return el(
    "details",
    { class: "why" },
    el("summary", { title: `${verdict ?? ""} ${reason ?? ""}` }, t("why")),
    list(facts),
    el("p", {}, t("inputs")),
    list(shown.map(([name, value]) => [name.replaceAll("_", " "), typeof value === "object" ? JSON.stringify(value) : `${value}`])),
  );
}

export const list = (facts) => el("dl", {}, facts.filter(([, value]) => value).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));

export const when = (iso, zone) => new Intl.DateTimeFormat(locale(), { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: zone }).format(new Date(iso));
