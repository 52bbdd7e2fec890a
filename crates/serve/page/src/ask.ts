// The one door to the engine. A page that runs on an engine of its own replaces this file, and nothing else.
import type { ErrorReply, Replies, Requests } from "./protocol";

export type Question = Exclude<keyof Requests, "apply">;
export type Request<Q extends Question> = Requests[Q] & { ask: Q };
export type Ask = <Q extends Question>(request: Request<Q>) => Promise<Replies[Q]>;

/** A question that could not be asked: never a denial. */
export class AskError extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly help?: string,
  ) {
    super(message);
    this.name = "AskError";
  }
}

/** Sends a request of the protocol and gives its reply. The address is relative, so that each tenant asks its own firm. */
export const ask: Ask = (request) =>
  fetched("v1/ask", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  });

/** What a firm file says of a user, a group or a thing. */
export interface ListedEntry {
  id: string;
  /** Of a group, who is in it. */
  members?: unknown[];
}

/**
 * What a firm file says, entry by entry. The protocol answers questions about a firm and does not give the firm itself: to keep its
 * state, and to complete the names of groups, the server is asked for it. Nothing else of the page needs this.
 */
export async function listed(of: "users" | "groups" | "things", kind?: string): Promise<ListedEntry[]> {
  const entries: ListedEntry[] = [];
  let after: string | undefined;
  do {
    const query = new URLSearchParams({ of, ...(kind && { kind }), ...(after && { after }) });
    const page: { entries: ListedEntry[]; next?: string } = await fetched(`v1/firm?${query}`);
    entries.push(...page.entries);
    after = page.next;
  } while (after);
  return entries;
}

/** The key that a server may want. It lasts as long as the window, and each tenant has its own. */
const keyPlace = () => `clio-rules key ${location.pathname}`;

let typedKey: string | undefined;

export function setKey(key: string): void {
  typedKey = key;
  try {
    sessionStorage.setItem(keyPlace(), key);
  } catch {
    // A browser that keeps nothing: the key lasts until the page is left.
  }
}

function keptKey(): string | null {
  try {
    return typedKey ?? sessionStorage.getItem(keyPlace());
  } catch {
    return null;
  }
}

async function fetched<T>(address: string, options: RequestInit = {}): Promise<T> {
  const headers = new Headers(options.headers);
  const key = keptKey();
  if (key) headers.set("authorization", `Bearer ${key}`);
  const response = await fetch(address, { ...options, headers }).catch(() => {
    throw new AskError("The server cannot be reached.", "unreachable", "Check the connection, then try again.");
  });
  notice(response.headers.get("x-rules-digest"));
  const text = await response.text();
  const reply = parsed(text);
  if (response.ok && reply !== undefined && !("error" in reply)) return reply as T;
  const { error } = (reply ?? {}) as Partial<ErrorReply>;
  if (error?.message) throw new AskError(error.message, error.code, error.help);
  if (response.status === 401) {
    throw new AskError("This server wants a key.", "no-key", "Ask whoever runs it for one.");
  }
  if (response.status === 413) {
    throw new AskError(
      "This is larger than the server takes.",
      "too-large",
      "Whoever runs it can raise the limit of a body.",
    );
  }
  const said = text.length < 200 ? text.trim() : "";
  throw new AskError(said || `The server gave no answer (${response.status}).`, "no-answer", "Try again in a moment.");
}

/** The rules and the firm that answered last, as the server marks them; they may be swapped while somebody looks. */
let digest: string | null = null;
let onSwap = () => {};

/** Calls back when an answer comes from other rules or another firm than the answer before. */
export function whenSwapped(call: () => void): void {
  onSwap = call;
}

function notice(next: string | null): void {
  if (digest !== null && next !== null && next !== digest) onSwap();
  digest = next ?? digest;
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
