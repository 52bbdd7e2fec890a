// What is different since a saved state: of the firm, or of the rules.
import { useState } from "preact/hooks";
import { announce } from "./announce";
import { asError, useAnswer } from "./answer";
import type { AskError } from "./ask";
import { changeWords } from "./changes";
import type { Firm } from "./firm";
import { forget, type Kept, keep, kept, kindOf } from "./kept";
import { OnThings } from "./on-things";
import { Failed, PersonLink, Show, Title, Waiting } from "./parts";
import type {
  DifferenceAccess,
  EntryTerm,
  FirmDifference,
  Outside,
  RuleChange,
  ThingChange,
  UserDifference,
} from "./protocol";
import { go, to } from "./route";
import { stateText } from "./state";
import { capital, count, facts, list, number, people, productTitle, role, target, titleOf, value } from "./words";

export function CompareView({ firm, name }: { firm: Firm; name: string | undefined }) {
  const [states, setStates] = useState(kept);
  // A state that the browser has no room for is compared all the same, until the page is left.
  const [loose, setLoose] = useState<Kept>();
  const state = loose?.name === name ? loose : states.find((state) => state.name === name);
  const take = (taken: Kept) => {
    setLoose(keep(taken) ? undefined : taken);
    setStates(kept());
    go(to("compare", taken.name));
  };
  return (
    <>
      <Title lead="What is different now, in the firm or in the rules, since a file was saved. The file is kept in this browser alone; to be compared it is sent to the server, which does not keep it.">
        Compare with a saved state
      </Title>
      <Files take={take} />
      <KeepNow firm={firm} take={take} />
      {states.length > 0 && (
        <section class="card">
          <h2>Saved in this browser</h2>
          <ul class="saved">
            {states.map((state) => (
              <li key={state.name}>
                <a href={to("compare", state.name)} aria-current={state.name === name ? "true" : undefined}>
                  {state.name}
                </a>
                <span class="soft">{state.kind === "firm" ? "A firm" : "Rules"}</span>
                <button
                  type="button"
                  class="small"
                  aria-label={`Forget ${state.name}`}
                  onClick={() => {
                    forget(state.name);
                    setStates(kept());
                    if (state.name === name) go(to("compare"));
                  }}
                >
                  Forget
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {name && !state && <p class="note">“{name}” is not saved in this browser. Choose its file.</p>}
      {state && (
        <section class="card result" aria-label="Differences">
          <h2>Since {state.name}</h2>
          {state.kind === "firm" ? <FirmSince firm={firm} state={state} /> : <RulesSince firm={firm} state={state} />}
        </section>
      )}
    </>
  );
}

/** Keeps the firm as it is now, so that it can be compared later. */
function KeepNow({ firm, take }: { firm: Firm; take: (state: Kept) => void }) {
  const [work, setWork] = useState<"none" | "busy" | AskError>("none");
  const keepNow = async () => {
    setWork("busy");
    try {
      const texts = { "firm.yaml": await stateText(firm) };
      setWork("none");
      take({ name: `${firm.name}, ${new Date().toLocaleString("en-GB")}`, kind: "firm", texts });
    } catch (error) {
      setWork(asError(error));
    }
  };
  return (
    <section class="card">
      <h2>Save the firm as it is now</h2>
      <p>Come back later to see what has changed since.</p>
      <p class="actions">
        <button type="button" onClick={keepNow} aria-disabled={work === "busy"}>
          Save in this browser
        </button>
      </p>
      {work === "busy" && <Waiting>Reading the firm…</Waiting>}
      {typeof work === "object" && <Failed error={work} />}
    </section>
  );
}

/** Files, chosen or dropped, or a text. */
function Files({ take }: { take: (state: Kept) => void }) {
  const [text, setText] = useState("");
  const [isOver, setOver] = useState(false);
  const read = async (files: FileList | null | undefined) => {
    const all = [...(files ?? [])];
    const [first] = all;
    if (!first) return;
    const texts = Object.fromEntries(
      await Promise.all(all.map(async (file) => [file.name, await file.text()] as const)),
    );
    announce(`${count(all.length, "file")} read`);
    const name = all.length === 1 ? first.name : `${first.name} and ${all.length - 1} more`;
    take({ name, kind: kindOf(texts), texts });
  };
  return (
    <section class="card asking">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping files is a convenience; the field inside does the same */}
      <div
        class={`drop ${isOver ? "over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          read(event.dataTransfer?.files);
        }}
      >
        <label class="field wide">
          <span>A firm file, or all files of the rules</span>
          <input
            type="file"
            multiple
            accept=".yaml,.yml,.json,.rhai"
            onChange={(event) => read(event.currentTarget.files)}
          />
        </label>
      </div>
      <details>
        <summary>Or paste a firm file</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const texts = { "firm.yaml": text };
            if (text.trim()) take({ name: "pasted text", kind: kindOf(texts), texts });
          }}
        >
          <label class="field">
            <span>The text</span>
            <textarea
              rows={8}
              spellcheck={false}
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          </label>
          <p class="actions">
            <button type="submit" class="main">
              Compare
            </button>
          </p>
        </form>
      </details>
    </section>
  );
}

function FirmSince({ firm, state }: { firm: Firm; state: Kept }) {
  const answer = useAnswer({ ask: "diff_firm", old: state.texts });
  const says = ({ equal, users }: FirmDifference) =>
    equal ? "Nothing is different" : `${count(users.length, "person", "people")} with differences`;
  return (
    <Show answer={answer} says={says}>
      {(difference) => <FirmChanges firm={firm} difference={difference} />}
    </Show>
  );
}

/** How many people are shown at once. */
const PAGE = 100;

export function FirmChanges({ firm, difference }: { firm: Firm; difference: FirmDifference }) {
  const [shown, setShown] = useState(PAGE);
  const { users, readings, conflicts, groups, things, on_things: onThings, steps } = difference;
  if (difference.equal) return <p class="verdict-line">Nothing is different.</p>;
  return (
    <>
      <p class="verdict-line">{count(users.length, "person", "people")} with differences.</p>
      <ul>
        {difference.firm && (
          <li>
            The firm is called {difference.firm.to}; it was {difference.firm.from}.
          </li>
        )}
        {readings.map(({ product, reading, from, to }) => (
          <li key={`${product} ${reading}`}>
            {firm.products.find(({ id }) => id === product)?.readings.find(({ id }) => id === reading)?.question ??
              reading}{" "}
            Now {value(to)}; it was {value(from)}.
          </li>
        ))}
        {conflicts.map(({ product, conflict, kind }) => (
          <li key={`${product} ${conflict}`}>
            The firm’s own conflict {conflict} in {productTitle(firm, product)} was {kind}.
          </li>
        ))}
        {[...groups, ...things].map((thing) => (
          <li key={`${thing.kind} ${thing.id}`}>{thingChange(firm, thing)}</li>
        ))}
      </ul>
      {onThings && <OnThings firm={firm} access={onThings} />}
      {users.slice(0, shown).map((user) => (
        <UserChanges key={user.user} firm={firm} difference={user} />
      ))}
      {users.length > shown && (
        <button type="button" onClick={() => setShown(shown + PAGE)}>
          Show {number(Math.min(PAGE, users.length - shown))} more of {number(users.length)}
        </button>
      )}
      {steps.length > 0 && (
        <details class="shifts">
          <summary>
            Permitted changes that lead here <span class="soft">{count(steps.length, "change")}</span>
          </summary>
          <ol>
            {steps.map((step) => (
              <li key={JSON.stringify(step)}>
                {changeWords(firm, step)} <span class="soft">by {people(firm, [step.user])}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function term(term: EntryTerm): string {
  if (term === "no_entry") return "not there";
  return term === "no_end" ? "without an end" : `until ${term.until}`;
}

function thingChange(firm: Firm, { kind, id, change, parts, ends }: ThingChange): string {
  const name = kind ? target(firm, id) : `Group ${id}`;
  if (change !== "altered") return `${name} was ${change}.`;
  const facts = [
    ...parts.map(({ part, from, to }) => `${part} was ${from || "nothing"}, now ${to || "nothing"}`),
    ...ends.map(({ part, member, from, to }) => `${member} under ${part} was ${term(from)}, now ${term(to)}`),
  ];
  return `${name}: ${list(facts)}.`;
}

function outside(firm: Firm, { kind, product, from }: Outside): string {
  const words: Record<Outside["kind"], string> = {
    added: "new in the firm",
    removed: "no longer in the firm",
    enabled: "enabled again",
    disabled: "disabled",
    renamed: `renamed, was ${from ?? "without a name"}`,
    seat_given: `got a seat in ${productTitle(firm, product)}`,
    seat_taken: `lost the seat in ${productTitle(firm, product)}`,
  };
  return words[kind];
}

function UserChanges({ firm, difference }: { firm: Firm; difference: UserDifference }) {
  const { user, name, roles, settings, gained, lost, impossible } = difference;
  const facts = [
    ...difference.outside.map((one) => outside(firm, one)),
    ...roles.given.map(({ product, role: id }) => `given ${role(firm, product, id)}`),
    ...roles.taken.map(({ product, role: id }) => `lost ${role(firm, product, id)}`),
    ...settings.map(
      ({ product, setting, from, to }) =>
        `${titleOf(firm, product, "settings", setting)} from “${value(from)}” to “${value(to)}”`,
    ),
    ...difference.ends.map(
      ({ product, role: id, from, to }) => `${role(firm, product, id)} was ${term(from)}, is ${term(to)}`,
    ),
  ];
  return (
    <article class="plan">
      <h3>{firm.byId.has(user) ? <PersonLink firm={firm} id={user} /> : name}</h3>
      {facts.length > 0 && <p>{capital(list(facts, 20))}.</p>}
      <Access firm={firm} title="May now" access={gained} />
      <Access firm={firm} title="May no longer" access={lost} />
      {impossible.map(({ what, why, reasons }) => (
        <p class="note warning" key={what}>
          No permitted change does this to {titleOf(firm, undefined, "roles", what)}: {why}. {list(reasons)}.
        </p>
      ))}
    </article>
  );
}

function Access({ firm, title, access }: { firm: Firm; title: string; access: DifferenceAccess[] }) {
  if (!access.length) return null;
  return (
    <details class="shifts" open={access.length <= 12}>
      <summary>
        {title} <span class="soft">{count(access.length, "action")}</span>
      </summary>
      <ul class="columns">
        {access.map(({ product, action, facts: given, on }) => (
          <li key={`${product} ${action} ${facts(given)}`}>
            {titleOf(firm, product, "actions", action)}
            <span class="soft">
              {given && ` where ${facts(given)}`}
              {on && ` to ${people(firm, on.users, 4, on.count)}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function RulesSince({ firm, state }: { firm: Firm; state: Kept }) {
  const answer = useAnswer({ ask: "diff", old: state.texts });
  return (
    <Show answer={answer} says={({ changes }) => `${count(changes.length, "difference")} in the rules`}>
      {({ equal, changes, cut_off: cutOff }) => (
        <>
          <p class="verdict-line">
            {equal ? "The rules say the same." : `${count(changes.length, "difference")} in the rules.`}
          </p>
          <ul class="plain">
            {changes.map((change) => (
              <li key={JSON.stringify(change)}>
                <RuleDifference firm={firm} change={change} />
              </li>
            ))}
          </ul>
          {cutOff && <p class="note">The comparison was ended early; there may be more.</p>}
        </>
      )}
    </Show>
  );
}

function RuleDifference({ firm, change }: { firm: Firm; change: RuleChange }) {
  const { kind, product, action, title, what, when, from, to } = change;
  return (
    <>
      <strong>{title ?? (action && titleOf(firm, product, "actions", action)) ?? what ?? change.change}</strong>{" "}
      <span class="soft">
        {productTitle(firm, product)}, {kind.replaceAll("_", " ")}
      </span>
      <p>
        {from && <>Was {from}. </>}
        {to && <>Now {to}.</>}
        {when && <span class="soft"> For {when}.</span>}
      </p>
    </>
  );
}
