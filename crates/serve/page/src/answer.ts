// Asking from a view: the answer to a request, as it comes.
import { useEffect, useState } from "preact/hooks";
import { AskError, ask, type Question, type Request } from "./ask";
import type { Replies } from "./protocol";

export type Answer<T> =
  | { state: "none" }
  | { state: "waiting" }
  | { state: "failed"; error: AskError; again: () => void }
  | { state: "there"; reply: T };

/** The answer to a request; nothing is asked without one. An answer to an earlier request is never shown for a later one. */
export function useAnswer<Q extends Question>(request: Request<Q> | undefined): Answer<Replies[Q]> {
  const key = request ? JSON.stringify(request) : "";
  const [tries, setTries] = useState(0);
  const [got, setGot] = useState<{ key: string; answer: Answer<Replies[Q]> }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the request
  useEffect(() => {
    if (!request) return;
    let wanted = true;
    const put = (answer: Answer<Replies[Q]>) => wanted && setGot({ key, answer });
    put({ state: "waiting" });
    ask<Q>(request).then(
      (reply) => put({ state: "there", reply }),
      (error) => put({ state: "failed", error: asError(error), again: () => setTries((now) => now + 1) }),
    );
    return () => {
      wanted = false;
    };
  }, [key, tries]);
  if (!request) return { state: "none" };
  return got?.key === key ? got.answer : { state: "waiting" };
}

export const asError = (error: unknown) =>
  error instanceof AskError ? error : new AskError(String(error), "unexpected");
