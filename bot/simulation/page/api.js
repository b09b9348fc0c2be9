// The simulator's doors. A refusal is thrown with the server's own words.

async function call(method, path, body) {
  const answer = await fetch(`/simulator/${path}`, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  const detail = said.detail;
  throw new Error(Array.isArray(detail) ? detail.map((each) => `${each.field}: ${each.fix}`).join("; ") : detail || answer.statusText);
}

const query = (values) => new URLSearchParams(values).toString();

export const borrowers = (search, arrears) => call("GET", `borrowers?${query({ search, arrears })}`);
export const thread = (address, channel) => call("GET", `thread?${query({ address, channel })}`);
export const cases = () => call("GET", "cases");
export const send = (channel, from, what) => call("POST", "messages", { channel, from, ...what });
export const seen = (address, channel) => call("POST", "seen", { address, channel });
export const advance = (step) => call("POST", "clock", { advance: step });
export const moveTo = (now) => call("POST", "clock", { now });
export const takeOver = (address, channel) => call("POST", "take-over", { address, channel });
export const say = (address, channel, text) => call("POST", "say", { address, channel, text });
export const giveBack = (address, channel, summary) => call("POST", "give-back", { address, channel, summary });
export const pay = (loan, amount) => call("POST", "payments", { loan, amount });
export const restore = () => call("POST", "reset", { demo: true });
