// Whose phone to hold: the portfolio's borrowers, and a number that nobody knows.

import { button, el } from "./dom.js";
import { money, t } from "./texts.js";

export const STRANGER = {
  id: "",
  name: "",
  given_name: "",
  branch: "",
  dpd: 0,
  loans: [],
  addresses: ["whatsapp", "sms", "telegram"].map((channel) => ({ channel, address: "+525599990000" })),
};

const RANGES = ["", "0", "1-7", "8-30", "31-60", "61-"];

const rangeName = (range) => (range === "" ? t("all") : range === "0" ? t("upToDate") : t("days", { n: range.endsWith("-") ? `${range.slice(0, -1)}+` : range }));

export const filters = (chosen, choose) => RANGES.map((range) => button(rangeName(range), () => choose(range), { "aria-pressed": range === chosen }));

export function rows(borrowers, chosen, choose) {
  const found = borrowers.map((each) => row(each, chosen, choose));
  return [...found, found.length ? null : el("li", { class: "nothing" }, t("nobody")), row(STRANGER, chosen, choose)];
}

function row(borrower, chosen, choose) {
  const known = borrower.id !== "";
  const name = known ? borrower.name : t("stranger");
  const active = borrower.loans.filter((loan) => loan.status === "active");
  const owed = active.reduce((sum, loan) => sum + loan.balance, 0);
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "person", onclick: () => choose(borrower), "aria-current": chosen?.id === borrower.id ? "true" : undefined },
      el("span", { class: `avatar hue-${hue(name)}`, "aria-hidden": "true" }, initials(name)),
      el("span", { class: "about" }, el("strong", {}, name), el("small", {}, known ? [borrower.id, borrower.branch].filter(Boolean).join(" · ") : t("strangerNote"))),
      known ? el("span", { class: "owed" }, active.length ? money(owed, active[0].currency) : "—", badge(borrower.dpd)) : null,
    ),
  );
}

const badge = (dpd) => el("small", { class: dpd ? (dpd > 30 ? "badge late" : "badge due") : "badge fine" }, dpd ? t("dpd", { n: dpd }) : t("upToDate"));
export const initials = (name) => name.split(/\s+/).slice(0, 2).map((part) => part[0] ?? "").join("").toUpperCase();
const hue = (name) => [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 6, 1);
