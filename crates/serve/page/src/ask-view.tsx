// Asking: may they, who may, what may they, to whom, and how could it change.
import { useMemo, useState } from "preact/hooks";
import { useAnswer } from "./answer";
import { Combo } from "./combo";
import { Decision } from "./decision";
import { actionOf, type Firm, productOf } from "./firm";
import { Because, PersonLink, question, Select, Show, Tabs, Title, Where } from "./parts";
import { Plans } from "./plans";
import type { ActionEntry, AllowedTarget, AllowedUser, DeniedUser, ProductEntry, ValueWord } from "./protocol";
import { go, type Route, to } from "./route";
import type { Option } from "./search";
import { capital, count, list, number, person, productTitle, reason, target, wish } from "./words";

const kinds = [
  { value: "may", label: "May they?" },
  { value: "who", label: "Who may?" },
  { value: "what", label: "What may they do?" },
  { value: "where", label: "To whom, on what?" },
  { value: "how", label: "How could they?" },
] as const;

type Kind = (typeof kinds)[number]["value"];

interface Asking {
  kind: Kind;
  user: string;
  /** Product and action in one, as two products may know the same name. */
  product: string;
  action: string;
  target: string;
  facts: Record<string, string>;
}

function read(route: Route): Asking {
  const { query } = route;
  const facts = query.getAll("fact").map((fact) => fact.split(/=(.*)/s).slice(0, 2));
  return {
    kind: kinds.find(({ value }) => value === route.about)?.value ?? "may",
    user: query.get("user") ?? "",
    product: query.get("product") ?? "",
    action: query.get("action") ?? "",
    target: query.get("target") ?? "",
    facts: Object.fromEntries(facts),
  };
}

const address = (asking: Asking, kind: string = asking.kind) => question(kind, asking);

export function AskView({ firm, route }: { firm: Firm; route: Route }) {
  const asked = read(route);
  return (
    <>
      <Title lead="Every answer comes with its rule, line and section.">Ask</Title>
      <Tabs
        label="Kind of question"
        chosen={asked.kind}
        choices={[...kinds]}
        address={(kind) => address(asked, kind)}
      />
      {/* Another address is another question: the form begins anew with it. */}
      <Form key={address(asked)} firm={firm} asked={asked} />
      <Result firm={firm} asked={asked} />
    </>
  );
}

function Form({ firm, asked }: { firm: Firm; asked: Asking }) {
  const [now, setNow] = useState(asked);
  const set = (next: Partial<Asking>) => setNow({ ...now, ...next });
  const { kind } = now;
  const people = usePeople(firm);
  const actions = useMemo(() => actionOptions(firm, kind === "where"), [firm, kind]);
  const action = actionOf(firm, now.product, now.action);
  const targets = useTargets(firm, people, action, kind);
  const facts = action && kind !== "what" && !now.target ? action.facts : [];
  const missing = lacking(now, action);

  return (
    <form
      class="card asking"
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) go(address(now));
      }}
    >
      <div class="fields">
        {kind !== "who" && (
          <Combo label="Who" hint="Type a name" options={people} value={now.user} onPick={(user) => set({ user })} />
        )}
        {kind !== "what" && (
          <Combo
            label="Does what"
            hint="Type an action"
            options={actions}
            value={now.action && `${now.product}/${now.action}`}
            onPick={(picked) => {
              const [product = "", action = ""] = picked.split("/");
              set({ product, action, target: "", facts: {} });
            }}
          />
        )}
        {targets && (
          <Combo
            label={targets.label}
            hint={targets.hint}
            options={targets.options}
            value={now.target}
            optional={!action?.on_target}
            free
            onPick={(target) => set({ target, facts: {} })}
          />
        )}
        {facts.map((fact) => (
          <Select
            key={fact.id}
            label={capital(fact.id.replaceAll("_", " "))}
            value={now.facts[fact.id] ?? ""}
            none={fact.default === undefined ? "Choose" : `As usual: ${fact.default}`}
            choices={fact.values.map((value) => ({ value, label: value }))}
            onChange={(value) => {
              const { [fact.id]: _, ...others } = now.facts;
              set({ facts: value ? { ...others, [fact.id]: value } : others });
            }}
          />
        ))}
      </div>
      <p class="actions">
        <button type="submit" class="main" aria-disabled={missing !== undefined}>
          Ask
        </button>
        {missing && <span class="soft">{missing}</span>}
      </p>
    </form>
  );
}

/** What is still missing before it can be asked. */
function lacking(asking: Asking, action: ActionEntry | undefined): string | undefined {
  const { kind, user, target, facts } = asking;
  if (kind !== "who" && !user) return "Choose who it is about.";
  if (kind === "what") return undefined;
  if (!action) return "Choose what is done.";
  if (kind !== "where" && action.on_target && !target) return "Choose to whom it is done.";
  const open = target ? undefined : action.facts.find(({ id, default: usual }) => usual === undefined && !facts[id]);
  return open && kind !== "where" ? `Choose ${open.id.replaceAll("_", " ")}.` : undefined;
}

export function usePeople(firm: Firm): Option[] {
  return useMemo(
    () =>
      firm.people.map(({ id, name, enabled }) => ({ value: id, label: name, note: enabled ? id : `${id}, disabled` })),
    [firm.people],
  );
}

export function thingOptions(firm: Firm, kind?: string): Option[] {
  return [...firm.things]
    .filter(([id]) => !kind || id === kind)
    .flatMap(([, things]) => things.map(({ id, title }) => ({ value: id, label: title, note: id })));
}

function actionOptions(firm: Firm, onSomebody: boolean): Option[] {
  const several = firm.products.length > 1;
  return firm.products.flatMap((product: ProductEntry) =>
    product.actions
      .filter((action) => !onSomebody || action.on_target || action.on_thing)
      .map(({ id, title }) => ({
        value: `${product.id}/${id}`,
        label: title,
        note: several ? `${product.title} · ${id}` : id,
      })),
  );
}

function useTargets(firm: Firm, people: Option[], action: ActionEntry | undefined, kind: Kind) {
  if (kind === "where") return undefined;
  if (kind === "what") {
    const options = thingOptions(firm);
    return options.length ? { label: "On what", hint: "Anything", options } : undefined;
  }
  if (action?.on_target) return { label: "To whom", hint: "Type a name", options: people };
  if (!action?.on_thing) return undefined;
  const thing = firm.products.flatMap(({ things }) => things).find(({ id }) => id === action.on_thing);
  return { label: thing?.title ?? action.on_thing, hint: "Type a name", options: thingOptions(firm, action.on_thing) };
}

function Result({ firm, asked }: { firm: Firm; asked: Asking }) {
  const action = actionOf(firm, asked.product, asked.action);
  if (lacking(asked, action)) return null;
  if (asked.kind === "what") return <What firm={firm} asked={asked} />;
  if (asked.kind === "who") return <Who firm={firm} asked={asked} />;
  if (asked.kind === "where") return <Places firm={firm} asked={asked} />;
  if (asked.kind === "how") return <How firm={firm} asked={asked} />;
  return <May firm={firm} asked={asked} />;
}

/** The keys that questions about one action share. */
function common({ product, action, target, facts }: Asking) {
  const given: Record<string, ValueWord> = {};
  for (const [name, word] of Object.entries(facts))
    given[name] = word === "true" ? true : word === "false" ? false : word;
  return { product, action, ...(target && { target }), ...(Object.keys(facts).length && { facts: given }) };
}

/** The question in words: who, what, to whom. */
function Sentence({ firm, asked }: { firm: Firm; asked: Asking }) {
  const action = actionOf(firm, asked.product, asked.action);
  return (
    <h2 class="question">
      {asked.kind !== "who" && <PersonLink firm={firm} id={asked.user} />}
      {action && <span>{action.title}</span>}
      {asked.target && <span>{target(firm, asked.target)}</span>}
      {action && <span class="soft">{productTitle(firm, asked.product)}</span>}
    </h2>
  );
}

function May({ firm, asked }: { firm: Firm; asked: Asking }) {
  const request = { user: asked.user, ...common(asked) };
  const answer = useAnswer({ ask: "explain", ...request });
  const denied = answer.state === "there" && !answer.reply.yes;
  const whyNot = useAnswer(denied ? { ask: "why_not", ...request } : undefined);
  return (
    <section class="card result" aria-label="Answer">
      <Sentence firm={firm} asked={asked} />
      <Show
        answer={answer}
        says={({ yes, reason: why, product }) => `${yes ? "Yes" : "No"}. ${reason(firm, product, why)}`}
      >
        {(reply) => (
          <>
            <Decision firm={firm} reply={reply} level={3} />
            {reply.elsewhere && (
              <p class="note">
                {productTitle(firm, reply.elsewhere.product)} has an action of almost the same name:{" "}
                <a
                  href={question("may", {
                    user: asked.user,
                    product: reply.elsewhere.product,
                    action: reply.elsewhere.action,
                  })}
                >
                  {reply.elsewhere.title}
                </a>
              </p>
            )}
          </>
        )}
      </Show>
      <Show answer={whyNot}>
        {(reply) => (
          <>
            <h3>Why not: the fewest things that would have to be different together</h3>
            {reply.missing.length ? (
              <ul>
                {reply.missing.map((input) => (
                  <li key={`${input.of} ${input.text}`}>{wish(firm, reply, input)}</li>
                ))}
              </ul>
            ) : (
              <p>Nothing that the rules look at would turn this answer.</p>
            )}
            {reply.grounds.map((ground) => (
              <Because key={ground.rule} firm={firm} product={reply.product} source={ground} />
            ))}
            {reply.rules.length > 1 && (
              <>
                <h3>Rule by rule</h3>
                {reply.rules.map((rule) => (
                  <details class="because" key={rule.rule}>
                    <summary>
                      <code>{rule.rule}</code>: {reason(firm, reply.product, rule.reason)}
                    </summary>
                    {rule.missing.length > 0 && <p>{list(rule.missing.map((input) => wish(firm, reply, input)))}.</p>}
                    <Where source={rule} />
                  </details>
                ))}
              </>
            )}
          </>
        )}
      </Show>
      <p class="actions">
        {denied && (
          <a class="button main" href={address(asked, "how")}>
            How could this change?
          </a>
        )}
        <a class="button" href={address(asked, "who")}>
          Who may?
        </a>
      </p>
    </section>
  );
}

function How({ firm, asked }: { firm: Firm; asked: Asking }) {
  const answer = useAnswer({ ask: "how_can", user: asked.user, ...common(asked) });
  return (
    <section class="card result" aria-label="Answer">
      <Sentence firm={firm} asked={asked} />
      <Show
        answer={answer}
        says={({ plans }) => (plans.length ? `${count(plans.length, "way")} to get there` : "No way leads there")}
      >
        {(reply) => <Plans firm={firm} reply={reply} />}
      </Show>
    </section>
  );
}

function What({ firm, asked }: { firm: Firm; asked: Asking }) {
  const answer = useAnswer({ ask: "what_can", user: asked.user, ...(asked.target && { on: asked.target }) });
  return (
    <section class="card result" aria-label="Answer">
      <Sentence firm={firm} asked={asked} />
      <Show
        answer={answer}
        says={({ actions }) => `${person(firm, asked.user)} may do ${count(actions.length, "action")}`}
      >
        {({ actions, denied }) => (
          <>
            <p class="verdict-line">
              May do {number(actions.length)} of {count(actions.length + denied.length, "action")}.{" "}
              <a href={to("people", asked.user)}>See them all, with what is missing</a>
            </p>
            <ul class="plain">
              {actions.map((ability) => (
                <li key={`${ability.product} ${ability.action} ${JSON.stringify(ability.facts)}`}>
                  <strong>{ability.title}</strong> <span class="soft">{productTitle(firm, ability.product)}</span>
                  <Because firm={firm} product={ability.product} source={ability} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Show>
    </section>
  );
}

/** How many are listed at once. */
const PAGE = 200;

function Who({ firm, asked }: { firm: Firm; asked: Asking }) {
  const [pages, setPages] = useState<string[]>([]);
  return (
    <section class="card result" aria-label="Answer">
      <Sentence firm={firm} asked={asked} />
      {[undefined, ...pages].map((after, index) => (
        <WhoPage
          key={after ?? ""}
          firm={firm}
          asked={asked}
          after={after}
          onNext={index === pages.length ? (next) => setPages([...pages, next]) : undefined}
        />
      ))}
    </section>
  );
}

interface PageProps {
  firm: Firm;
  asked: Asking;
  after: string | undefined;
  onNext: ((next: string) => void) | undefined;
}

function Next({ next, onNext }: { next: string | undefined; onNext: PageProps["onNext"] }) {
  if (!next || !onNext) return null;
  return (
    <button type="button" onClick={() => onNext(next)}>
      Show the next {PAGE}
    </button>
  );
}

function WhoPage({ firm, asked, after, onNext }: PageProps) {
  const answer = useAnswer({ ask: "who_can", ...common(asked), limit: PAGE, ...(after && { after }) });
  return (
    <Show answer={answer} says={({ allowed, denied }) => `${allowed.length} of ${allowed.length + denied.length} may`}>
      {({ allowed, denied, next }) => (
        <>
          <p class="verdict-line">
            {number(allowed.length)} of {count(allowed.length + denied.length, "person", "people")}{" "}
            {next || after ? "on this page " : ""}may.
          </p>
          <div class="halves">
            <Users firm={firm} asked={asked} title="May" users={allowed} />
            <Users firm={firm} asked={asked} title="May not" users={denied} />
          </div>
          <Next next={next} onNext={onNext} />
        </>
      )}
    </Show>
  );
}

function Users(props: { firm: Firm; asked: Asking; title: string; users: (AllowedUser | DeniedUser)[] }) {
  const { firm, asked, title, users } = props;
  return (
    <section>
      <h3>
        {title} <span class="soft">{number(users.length)}</span>
      </h3>
      <ul class="plain">
        {users.map((one) => (
          <li key={one.user}>
            <PersonLink firm={firm} id={one.user} />{" "}
            <a class="quiet" href={address({ ...asked, kind: "may", user: one.user })}>
              why
              <span class="unseen">
                {" "}
                {title.toLowerCase()}, {person(firm, one.user)}
              </span>
            </a>
            <Because firm={firm} product={asked.product} source={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Places({ firm, asked }: { firm: Firm; asked: Asking }) {
  const [pages, setPages] = useState<string[]>([]);
  return (
    <section class="card result" aria-label="Answer">
      <Sentence firm={firm} asked={{ ...asked, target: "" }} />
      {[undefined, ...pages].map((after, index) => (
        <PlacesPage
          key={after ?? ""}
          firm={firm}
          asked={asked}
          after={after}
          onNext={index === pages.length ? (next) => setPages([...pages, next]) : undefined}
        />
      ))}
    </section>
  );
}

function PlacesPage({ firm, asked, after, onNext }: PageProps) {
  const { product, action, facts } = common({ ...asked, target: "" });
  const answer = useAnswer({
    ask: "where_can",
    user: asked.user,
    product,
    action,
    ...(facts && { facts }),
    limit: PAGE,
    ...(after && { after }),
  });
  return (
    <Show answer={answer} says={({ allowed }) => `Allowed on ${allowed.length}`}>
      {({ allowed, next }) => (
        <>
          <p class="verdict-line">
            {allowed.length ? `${number(allowed.length)}${next ? " and more" : ""}:` : "On nobody and nothing."}
          </p>
          <ul class="plain">
            {allowed.map((one: AllowedTarget) => (
              <li key={one.target}>
                <a href={address({ ...asked, kind: "may", target: one.target })}>{target(firm, one.target)}</a>
                <Because firm={firm} product={productOf(firm, product)?.id} source={one} />
              </li>
            ))}
          </ul>
          <Next next={next} onNext={onNext} />
        </>
      )}
    </Show>
  );
}
