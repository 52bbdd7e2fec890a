// Saved states: texts of a firm or of rules that were taken from files and are kept in this browser.

export interface Kept {
  name: string;
  kind: "firm" | "rules";
  /** Texts by the names of their files. */
  texts: Record<string, string>;
}

/** Each tenant has states of its own. */
const place = () => `clio-rules ${location.pathname}`;

export function kept(): Kept[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(place()) ?? "[]");
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}

/** Keeps a state in place of another of the same name. It is false where the browser has no room for it. */
export function keep(state: Kept): boolean {
  return store([state, ...kept().filter(({ name }) => name !== state.name)]);
}

export function forget(name: string): void {
  store(kept().filter((state) => state.name !== name));
}

function store(states: Kept[]): boolean {
  try {
    localStorage.setItem(place(), JSON.stringify(states));
    return true;
  } catch {
    return false;
  }
}

/** Whether texts are a firm or rules: a firm names its users, in YAML or in JSON. */
export function kindOf(texts: Record<string, string>): Kept["kind"] {
  return Object.values(texts).some((text) => /^\s*"?users"?\s*:/m.test(text) || /[{,]\s*"users"\s*:/.test(text))
    ? "firm"
    : "rules";
}
