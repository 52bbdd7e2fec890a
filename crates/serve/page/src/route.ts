// Addresses: everything that is looked at stands behind the `#`, so that it can be sent to somebody and the back button works.
import { useLayoutEffect, useState } from "preact/hooks";

export interface Route {
  /** The name of the view. */
  view: string;
  /** What the view is about: the id of a person, for instance. */
  about?: string;
  query: URLSearchParams;
}

export function parse(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split(/\?(.*)/s);
  const [view, about] = path.split("/");
  const route: Route = { view: view || "people", query: new URLSearchParams(query) };
  if (about) route.about = decoded(about);
  return route;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export type Parameters = Record<string, string | readonly string[] | undefined>;

/** The address of a view. What is empty is left out. */
export function to(view: string, about?: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    for (const item of typeof value === "string" ? [value] : (value ?? [])) if (item) query.append(key, item);
  }
  const path = about === undefined ? view : `${view}/${encodeURIComponent(about)}`;
  return `#/${path}${query.size ? `?${query}` : ""}`;
}

/** Goes there. What is typed replaces the address, so that the back button does not stop at every letter. */
export function go(address: string, how: "push" | "replace" = "push"): void {
  if (address === location.hash) return;
  history[how === "push" ? "pushState" : "replaceState"](null, "", address);
  dispatchEvent(new HashChangeEvent("hashchange"));
}

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  // Listens from the first sight on, so that no step is missed.
  useLayoutEffect(() => {
    const read = () => setHash(location.hash);
    for (const event of ["hashchange", "popstate"]) addEventListener(event, read);
    return () => {
      for (const event of ["hashchange", "popstate"]) removeEventListener(event, read);
    };
  }, []);
  return parse(hash);
}
