// The frame: the name of the firm, the way to each view, and the view that the address names.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { announce } from "./announce";
import { asError } from "./answer";
import { type AskError, ask, setKey, whenSwapped } from "./ask";
import { AskView } from "./ask-view";
import { ChangeView } from "./change-view";
import { CompareView } from "./compare-view";
import { type Firm, readFirm } from "./firm";
import { MatrixView } from "./matrix-view";
import { Failed, Waiting } from "./parts";
import { PeopleView } from "./people-view";
import { PersonView } from "./person-view";
import { ReviewView } from "./review-view";
import { type Route, to, useRoute } from "./route";
import { count, number } from "./words";

const views = [
  { view: "people", title: "People" },
  { view: "matrix", title: "Matrix" },
  { view: "ask", title: "Ask" },
  { view: "change", title: "Try a change" },
  { view: "compare", title: "Compare" },
  { view: "review", title: "Review" },
];

function useFirm() {
  const [firm, setFirm] = useState<Firm>();
  const [error, setError] = useState<AskError>();
  const [tries, setTries] = useState(0);
  const [isStale, setStale] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try reads the firm anew
  useEffect(() => {
    let wanted = true;
    const read = async () => {
      for await (const firm of readFirm(ask)) {
        if (!wanted) return;
        setFirm(firm);
      }
    };
    setError(undefined);
    setStale(false);
    whenSwapped(() => setStale(true));
    read().catch((problem) => wanted && setError(asError(problem)));
    return () => {
      wanted = false;
    };
  }, [tries]);
  return { firm, error, isStale, generation: tries, again: () => setTries((now) => now + 1) };
}

/** Says where one is after each step, before the next key: title, focus and the top of the page. Nothing of it at the first sight. */
function useArrival(route: Route, firm: Firm | undefined) {
  const place = `${route.view}/${route.about ?? ""}`;
  const before = useRef<string>(undefined);
  const name = firm?.name;
  useLayoutEffect(() => {
    if (!name) return;
    const heading = document.querySelector("h1");
    document.title = heading?.textContent ? `${heading.textContent} · ${name}` : name;
    if (before.current !== undefined && before.current !== place) {
      scrollTo(0, 0);
      heading?.focus();
    }
    before.current = place;
  }, [place, name]);
}

export function App() {
  const route = useRoute();
  const { firm, error, isStale, generation, again } = useFirm();
  useArrival(route, firm);
  useEffect(() => {
    if (firm?.complete) announce(`${firm.name}: ${count(firm.size, "person", "people")}`);
  }, [firm]);

  return (
    <>
      <header class="top">
        <button type="button" class="skip" onClick={() => document.getElementById("main")?.focus()}>
          Skip to the content
        </button>
        <div class="inside">
          <a class="firm" href={to("people")}>
            <img src="./icon.svg" alt="" width="28" height="28" />
            <span>{firm?.name || "Who may do what"}</span>
          </a>
          <nav aria-label="Views">
            {views.map(({ view, title }) => (
              <a key={view} href={to(view)} aria-current={view === route.view ? "page" : undefined}>
                {title}
              </a>
            ))}
          </nav>
        </div>
      </header>
      <main id="main" class="inside" tabIndex={-1}>
        {error && <Failed error={error} again={again} />}
        {error?.code === "no-key" && <KeyForm again={again} />}
        {isStale && (
          <div class="note" role="alert">
            <p>The rules or the firm have changed since this page was read.</p>
            <button type="button" onClick={again}>
              Read them again
            </button>
          </div>
        )}
        {!firm && !error && <Waiting>Reading the firm…</Waiting>}
        {firm && !firm.complete && !error && (
          <Waiting>
            Reading the firm: {number(firm.people.length)} of {count(firm.size, "person", "people")}
          </Waiting>
        )}
        {/* What was answered before is asked anew with the firm that is read anew. */}
        {firm && <View key={generation} firm={firm} route={route} />}
      </main>
      <footer class="inside soft">
        Every answer comes from the decision tables of the rules, and names its rule, line and section. This page only
        looks: nothing is written.
      </footer>
      <p id="said" class="unseen" role="status" aria-live="polite" />
    </>
  );
}

function KeyForm({ again }: { again: () => void }) {
  const [key, setText] = useState("");
  return (
    <form
      class="card asking"
      onSubmit={(event) => {
        event.preventDefault();
        setKey(key.trim());
        again();
      }}
    >
      <label class="field">
        <span>Key</span>
        <input type="password" autocomplete="off" value={key} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <p class="actions">
        <button type="submit" class="main">
          Use this key
        </button>
        <span class="soft">It is kept until this window is closed.</span>
      </p>
    </form>
  );
}

function View({ firm, route }: { firm: Firm; route: Route }) {
  const { view, about } = route;
  if (view === "people" && about) return <PersonView key={about} firm={firm} id={about} query={route.query} />;
  if (view === "matrix") return <MatrixView firm={firm} route={route} />;
  if (view === "ask") return <AskView firm={firm} route={route} />;
  if (view === "change") return <ChangeView firm={firm} route={route} />;
  if (view === "compare") return <CompareView firm={firm} name={about} />;
  if (view === "review") return <ReviewView firm={firm} route={route} />;
  return <PeopleView firm={firm} query={route.query} />;
}
