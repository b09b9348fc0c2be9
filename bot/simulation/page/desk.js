// The collector's side: the account, the cases with their facts, and the conversation in a person's hands.

import { button, el } from "./dom.js";
import { day, money, t } from "./texts.js";
import { list, when } from "./thread.js";

export function account(view, borrower, actions) {
  if (!view.loans?.length && !borrower?.id) return [];
  const flags = view.contact ?? {};
  return [
    el("h2", {}, t("account", { name: borrower?.given_name || view.name || "" })),
    el(
      "p",
      { class: "flags" },
      flags.identity_verified && el("span", { class: "badge fine" }, t("verified")),
      flags.opted_out && el("span", { class: "badge late" }, t("optedOut")),
      flags.wrong_person && el("span", { class: "badge late" }, t("wrongPerson")),
      ...(view.holds ?? []).map((each) => el("span", { class: "badge due" }, t("holdNames")[each] ?? each)),
    ),
    ...(view.loans ?? []).map((loan) => card(loan, actions)),
    agreed(t("promises"), (view.promises ?? []).map((each) => `${money(each.amount, each.currency)} ${t("on", { date: day(each.date) })}`)),
    agreed(t("plans"), (view.plans ?? []).flatMap((plan) => plan.payments.map((each) => `${money(each.amount, plan.currency)} ${t("on", { date: day(each.date) })}`))),
  ];
}

function card(loan, actions) {
  const field = el("input", { type: "number", min: "0.01", step: "0.01", inputmode: "decimal", value: (loan.overdue || loan.next_amount || loan.balance).toFixed(2), "aria-label": `${t("payAmount")} ${loan.id}` });
  const pay = (event) => {
    event.preventDefault();
    actions.pay(loan, field.value);
  };
  return el(
    "article",
    { class: "card" },
    el("h3", {}, loan.label ? `${loan.label} ` : "", el("small", {}, loan.id), loan.dpd ? el("span", { class: loan.dpd > 30 ? "badge late" : "badge due" }, t("dpd", { n: loan.dpd })) : el("span", { class: "badge fine" }, t("upToDate"))),
    list([
      [t("balance"), money(loan.balance, loan.currency)],
      [t("overdue"), loan.overdue ? money(loan.overdue, loan.currency) : ""],
      [t("next"), loan.next_due ? `${money(loan.next_amount, loan.currency)} · ${day(loan.next_due)}` : t("none")],
    ]),
    loan.status === "active" && el("form", { class: "inline", onsubmit: pay }, field, el("button", { type: "submit" }, t("pay"))),
  );
}

const agreed = (title, lines) => (lines.length ? el("div", {}, el("h3", {}, title), el("ul", { class: "plain" }, lines.map((line) => el("li", {}, line)))) : null);

export function collector(view, actions) {
  const owned = view.owner === "person";
  return [
    el("h2", {}, t("caseTitle")),
    el("p", { class: owned ? "note owned" : "note" }, owned ? t("youHave") : t("assistantHas")),
    owned ? talk(actions) : el("p", {}, button(t("takeOver"), actions.takeOver, { class: "primary", id: "take-over" })),
    el("h3", {}, t("cases")),
    ...(view.cases?.length ? view.cases.map((each) => story(each, view)) : [el("p", { class: "muted" }, t("noCases"))]),
  ];
}

function talk(actions) {
  const text = el("textarea", { id: "say-text", rows: "2", "aria-label": t("sayLabel"), placeholder: t("sayLabel") });
  const summary = el("input", { id: "summary", type: "text", "aria-label": t("summary"), placeholder: t("summary") });
  const say = (event) => {
    event.preventDefault();
    if (text.value.trim()) actions.say(text.value.trim()).then((sent) => sent && (text.value = ""));
  };
  const key = (event) => {
    if (event.key === "Enter" && !event.shiftKey) say(event);
  };
  text.addEventListener("keydown", key);
  const back = (event) => {
    event.preventDefault();
    actions.giveBack(summary.value.trim());
  };
  return el(
    "div",
    { class: "talk" },
    el("form", { onsubmit: say }, text, el("button", { type: "submit", class: "primary", id: "say" }, t("say"))),
    el("form", { onsubmit: back }, summary, el("button", { type: "submit", id: "give-back" }, t("giveBack"))),
  );
}

function story(each, view) {
  return el(
    "article",
    { class: `card case priority-${each.priority <= 1 ? "now" : "later"}` },
    el("h3", {}, t("reasons")[each.reason] ?? each.reason, el("span", { class: "badge" }, t(each.state))),
    el("p", { class: "muted" }, t("since", { when: when(each.opened_at, view.zone) })),
    list(Object.entries(each.facts ?? {}).map(([name, value]) => [t("facts")[name] ?? name.replaceAll("_", " "), shown(value)])),
    each.offers?.length ? el("div", {}, el("h4", {}, t("offers")), el("ul", { class: "plain" }, each.offers.map((offer) => el("li", {}, shown(offer))))) : null,
  );
}

function shown(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (typeof value !== "object") return `${value}`;
  if ("money" in value) return money(value.money / 100, value.currency);
  return Object.entries(value).map(([name, part]) => `${name.replaceAll("_", " ")}: ${shown(part)}`).join(", ");
}

export function queue(cases, zone, open) {
  if (!cases.length) return [];
  return [
    el("h2", {}, `${t("queue")} (${cases.length})`),
    el(
      "ul",
      { class: "plain queue" },
      cases.map((each) =>
        el("li", {}, el("button", { type: "button", onclick: () => open(each), disabled: !each.address }, el("strong", {}, t("reasons")[each.reason] ?? each.reason), el("small", {}, `${each.name ?? ""} · ${t(each.state)} · ${when(each.opened_at, zone)}`))),
      ),
    ),
  ];
}
