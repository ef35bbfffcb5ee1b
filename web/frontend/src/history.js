// The last queries that ran here, kept in this browser only. Where a browser keeps nothing, there is no history.
const KEY = "cancu.sparql", MOST = 20;

export function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

function keep(queries) {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch { /* not allowed, or full */ }
}

export const remember = (query) => keep([query, ...kept().filter((one) => one !== query)].slice(0, MOST));

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch { /* there is nothing then */ }
}
