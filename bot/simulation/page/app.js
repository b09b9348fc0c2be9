// Holds what is chosen, asks the simulator how things stand, and draws what differs.

import * as api from "./api.js";
import { $, button, draw, el, notice } from "./dom.js";
import { account, collector, queue } from "./desk.js";
import { filters, rows, STRANGER } from "./people.js";
import { bubbles, when } from "./thread.js";
import { day, fillPage, language, speak, t, time } from "./texts.js";

const POLL = 1500;
const CHANNELS = { whatsapp: "WhatsApp", sms: "SMS", telegram: "Telegram" };
const MEDIA = {
  voice: { type: "voice", media: "note.ogg", seconds: 6 },
  image: { type: "image", caption: "", media: "receipt.jpg" },
  document: { type: "document", caption: "", media: "comprobante.pdf" },
  sticker: { type: "sticker" },
  location: { type: "location" },
};

const chosen = { borrower: null, channel: "whatsapp", search: "", arrears: "", waiting: null, hasty: false };
let people = [];
let open = [];
let view = null;
let turns = 0;

const address = () => chosen.borrower?.addresses.find((each) => each.channel === chosen.channel)?.address;
const zone = () => view?.zone ?? "America/Mexico_City";

async function attempt(act) {
  try {
    return (await act()) ?? true;
  } catch (problem) {
    notice(t("failed", { why: problem.message }));
    return null;
  }
}

// One look at the phone. An answer that comes after another person was chosen is dropped.
async function look() {
  const asked = address();
  const channel = chosen.channel;
  try {
    const seen = await api.thread(asked ?? STRANGER.addresses[0].address, channel);
    if (asked !== address() || channel !== chosen.channel) return;
    view = seen;
    $("notice").classList.remove("offline");
    drawAll();
    if (asked && shows("phone") && seen.messages.some((each) => each.direction === "out" && ["sent", "delivered"].includes(each.status))) await api.seen(asked, channel);
  } catch {
    $("notice").classList.add("offline");
    notice(t("offline"));
  }
}

const shows = (tab) => document.visibilityState === "visible" && (matchMedia("(min-width: 900px)").matches || document.body.dataset.tab === tab);

async function lookAtPeople() {
  const wanted = chosen.search + chosen.arrears;
  const found = await attempt(() => api.borrowers(chosen.search, chosen.arrears));
  if (found && wanted === chosen.search + chosen.arrears) people = found.borrowers;
  if (!chosen.borrower && people.length) choose(remembered() ?? people[0], { quietly: true });
  drawPeople();
}

const remembered = () => people.find((each) => each.id === sessionStorage.getItem("borrower"));

async function lookAtCases() {
  const found = await api.cases().catch(() => null);
  if (found) open = found.cases;
  drawDesk();
}

function choose(borrower, { quietly = false } = {}) {
  chosen.borrower = borrower;
  chosen.waiting = null;
  view = null;
  sessionStorage.setItem("borrower", borrower.id);
  const own = borrower.addresses.map((each) => each.channel);
  if (!own.includes(chosen.channel)) chosen.channel = own[0] ?? "whatsapp";
  if (!quietly) showTab("phone");
  drawPeople();
  look();
  if (chosen.hasty) submit();
}

function choosePhone(channel) {
  chosen.channel = channel;
  look();
  drawPhoneFrame();
}

function showTab(tab) {
  document.body.dataset.tab = tab;
  for (const each of document.querySelectorAll(".tabs button")) each.setAttribute("aria-current", each.dataset.tab === tab ? "page" : "false");
  if (tab === "phone") scrollDown();
}

async function write(what) {
  const from = address();
  if (!from || chosen.waiting) return;
  const turn = ++turns;
  chosen.waiting = what.button ? { text: what.title } : what;
  drawThread(true);
  const { title, ...body } = what;
  await attempt(() => api.send(chosen.channel, from, body));
  if (turn === turns) chosen.waiting = null;
  await look();
  lookAtCases();
}

async function move(act) {
  const steps = [...document.querySelectorAll(".steps button")];
  steps.forEach((each) => (each.disabled = true));
  document.body.classList.add("moving");
  notice(t("moving"));
  const moved = await attempt(act);
  steps.forEach((each) => (each.disabled = false));
  document.body.classList.remove("moving");
  await look();
  if (moved?.now) notice(t("moved", { when: when(moved.now, zone()) }));
  lookAtPeople();
  lookAtCases();
}

// Eleven in the morning there: after the hour at which reminders of that day go.
async function toDueDate() {
  // Whoever presses before the people are there means the first of them.
  if (!chosen.borrower) await lookAtPeople();
  if (!view) await look();
  const now = new Date(view?.now ?? Date.now());
  const dates = (view?.loans ?? []).map((each) => each.next_due && at11(each.next_due)).filter((each) => each && each > now);
  if (!dates.length) return notice(t("noDue"));
  return move(() => api.moveTo(new Date(Math.min(...dates)).toISOString()));
}

function at11(iso) {
  const guess = new Date(`${iso}T11:00:00Z`);
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone(), hour: "2-digit", minute: "2-digit", day: "2-digit", hourCycle: "h23" }).formatToParts(guess);
  const part = (name) => Number(parts.find((each) => each.type === name).value);
  const days = part("day") === guess.getUTCDate() ? 0 : part("hour") > 12 ? -1 : 1;
  return new Date(guess.getTime() - ((days * 24 + part("hour")) * 60 + part("minute") - 660) * 60_000);
}

const actions = {
  pay: (loan, amount) =>
    attempt(() => api.pay(loan.id, amount)).then((paid) => {
      if (paid) notice(t("paid"));
      return look();
    }),
  takeOver: () => attempt(() => api.takeOver(address(), chosen.channel)).then(look).then(lookAtCases),
  say: async (text) => {
    const sent = await attempt(() => api.say(address(), chosen.channel, text));
    await look();
    return sent;
  },
  giveBack: (summary) => attempt(() => api.giveBack(address(), chosen.channel, summary)).then(look).then(lookAtCases),
};

function openCase(each) {
  const known = people.find((one) => one.addresses.some((place) => place.address === each.address));
  chosen.channel = each.channel ?? chosen.channel;
  const only = { ...STRANGER, id: each.borrower ?? "?", name: each.name ?? "", given_name: each.name ?? "", addresses: [{ channel: each.channel, address: each.address }] };
  choose(known ?? only, { quietly: true });
}

function drawPeople() {
  draw($("arrears"), [language, chosen.arrears], () => filters(chosen.arrears, filter));
  draw($("borrowers"), [language, people, chosen.borrower?.id], () => rows(people, chosen.borrower, choose));
}

function filter(range) {
  chosen.arrears = range;
  drawPeople();
  lookAtPeople();
}

function drawPhoneFrame() {
  const own = chosen.borrower?.addresses.map((each) => each.channel) ?? [];
  draw($("channels"), [language, chosen.channel, own], () =>
    Object.entries(CHANNELS).map(([name, title]) =>
      button(title, () => choosePhone(name), { "aria-pressed": name === chosen.channel, "data-channel": name, disabled: !own.includes(name), title: own.includes(name) ? undefined : t("noChannel", { channel: title }) }),
    ),
  );
  document.querySelector(".device").dataset.channel = chosen.channel;
  $("lender-name").textContent = view?.lender ?? "Al Corriente";
  const owned = view?.owner === "person";
  $("owner").textContent = owned ? t("person") : t("assistant");
  $("owner").classList.toggle("owned", owned);
  const busy = !owned && (chosen.waiting || view?.thinking);
  $("presence").textContent = busy ? t("typing") : chosen.channel === "sms" ? address() ?? "" : t("online");
}

function drawThread(toEnd = false) {
  const place = $("thread");
  const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 80;
  const facts = [language, chosen.borrower?.id, chosen.channel, view?.messages, view?.owner, view?.thinking, chosen.waiting, view?.now?.slice(0, 10)];
  const opened = [...place.querySelectorAll("details[open]")].map((each) => each.parentNode.querySelector(".bubble").dataset.id);
  const changed = draw(place, facts, () => {
    if (!chosen.borrower) return el("p", { class: "nothing" }, t("choose"));
    if (!view) return el("p", { class: "nothing" }, "…");
    if (!view.messages.length && !chosen.waiting) return el("p", { class: "nothing" }, t("empty", { name: chosen.borrower.given_name || t("stranger") }));
    return bubbles(view, (each) => write({ button: each.payload ?? each.title, title: each.title }), chosen.waiting);
  });
  for (const id of opened) place.querySelector(`[data-id="${id}"]`)?.parentNode.querySelector("details")?.setAttribute("open", "");
  if (changed && (atEnd || toEnd)) scrollDown();
  announce();
}

// The log is drawn anew when it changes, so what is new is said here, once.
function announce() {
  const last = [...(view?.messages ?? [])].reverse().find((each) => each.direction === "out");
  if (last && $("announce").dataset.id !== `${last.id}`) $("announce").textContent = last.text;
  $("announce").dataset.id = `${last?.id ?? ""}`;
}

const scrollDown = () => requestAnimationFrame(() => ($("thread").scrollTop = $("thread").scrollHeight));

function drawHints() {
  const own = chosen.borrower;
  const proof = view?.asks === "identity" && own?.birth_date;
  draw($("hints"), [language, own?.id, proof, own?.language], () => [
    proof ? button(t("identityHint"), () => write({ text: t("identityText", { date: day(own.birth_date, { day: "numeric", month: "long", year: "numeric" }) }) }), { class: "proof" }) : null,
    ...t("hint").map((text) => button(text, () => write({ text }))),
  ]);
}

function drawDesk() {
  if (view) {
    draw($("account"), [language, chosen.borrower?.id, view.loans, view.promises, view.plans, view.holds, view.contact], () => account(view, chosen.borrower, actions));
    draw($("collector"), [language, chosen.borrower?.id, chosen.channel, view.owner, view.cases], () => collector(view, actions));
  }
  draw($("queue"), [language, open, zone()], () => queue(open, zone(), openCase));
}

function drawClock() {
  if (!view) return;
  $("clock-time").textContent = time(view.now, zone(), { hour: "2-digit", minute: "2-digit" });
  $("clock-day").textContent = time(view.now, zone(), { weekday: "short", day: "numeric", month: "short" });
}

function drawAll() {
  drawClock();
  drawPhoneFrame();
  drawThread();
  drawHints();
  drawDesk();
}

function drawMenu() {
  const pick = (name) => {
    toggleMenu(false);
    write({ media: MEDIA[name] });
  };
  $("attach-menu").replaceChildren(...Object.keys(MEDIA).map((name) => button(t(name), () => pick(name))));
}

function toggleMenu(shown) {
  $("attach-menu").hidden = !shown;
  $("attach").setAttribute("aria-expanded", shown);
  if (shown) $("attach-menu").firstChild.focus();
}

function changeLanguage(next) {
  speak(next);
  fillPage();
  drawMenu();
  drawPeople();
  drawAll();
}

function submit(event) {
  event?.preventDefault();
  const text = $("composer-text").value;
  if (!text.trim() || chosen.waiting) return;
  // Enter may come before the people have loaded; the words then go as soon as someone is there to say them.
  chosen.hasty = !chosen.borrower;
  if (!address()) return;
  $("composer-text").value = "";
  grow();
  write({ text });
}

function grow() {
  const field = $("composer-text");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 120)}px`;
}

function listen() {
  for (const each of document.querySelectorAll("[data-language]")) each.addEventListener("click", () => changeLanguage(each.dataset.language));
  for (const each of document.querySelectorAll(".tabs button")) each.addEventListener("click", () => showTab(each.dataset.tab));
  $("composer").addEventListener("submit", submit);
  $("composer-text").addEventListener("input", () => {
    chosen.hasty = false; // What is still being written waits for its own Enter.
    grow();
  });
  $("composer-text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
  let typing;
  $("search").addEventListener("input", () => {
    clearTimeout(typing);
    chosen.search = $("search").value;
    typing = setTimeout(lookAtPeople, 250);
  });
  $("plus-hour").addEventListener("click", () => move(() => api.advance("PT1H")));
  $("plus-day").addEventListener("click", () => move(() => api.advance("P1D")));
  $("to-due").addEventListener("click", toDueDate);
  $("attach").addEventListener("click", () => toggleMenu($("attach-menu").hidden));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !$("attach-menu").hidden) {
      toggleMenu(false);
      $("attach").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".attach")) toggleMenu(false);
  });
  $("restore").addEventListener("click", async () => {
    if (!confirm(t("restoreSure")) || !(await attempt(api.restore))) return;
    chosen.borrower = null;
    notice(t("restored"));
    await lookAtPeople();
    lookAtCases();
  });
}

async function watch() {
  let round = 0;
  for (;;) {
    await new Promise((wake) => setTimeout(wake, POLL));
    if (document.visibilityState !== "visible") continue;
    await look();
    if (++round % 4 === 0) await lookAtCases();
  }
}

fillPage();
drawMenu();
listen();
showTab("people");
drawAll();
lookAtPeople().then(lookAtCases).then(watch);
