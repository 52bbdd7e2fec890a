// One person: what they may do and why, what they may not and what is missing.
import { useMemo } from "preact/hooks";
import { useAnswer } from "./answer";
import { AskError } from "./ask";
import { type Firm, productOf } from "./firm";
import { Failed, question, Select, Show, Tabs, Title, Where } from "./parts";
import { Held } from "./people-view";
import type { Ability, WhatCanReply } from "./protocol";
import { go, to } from "./route";
import { fold } from "./search";
import { count, facts, list, number, productTitle, reason, target, targets, wish } from "./words";

type Listed = Ability & { may: boolean };

export function PersonView({ firm, id, query }: { firm: Firm; id: string; query: URLSearchParams }) {
  const person = firm.byId.get(id);
  const answer = useAnswer(person && { ask: "what_can", user: id });
  if (!person) {
    const error = new AskError(
      `Nobody in this firm has the id ${id}.`,
      "unknown-user",
      "Choose somebody from the list of people.",
    );
    return (
      <>
        <Title>Nobody of this name</Title>
        {firm.complete && <Failed error={error} />}
      </>
    );
  }
  return (
    <>
      <p class="back">
        <a href={to("people")}>People</a>
      </p>
      <div class="heads">
        <Title
          lead={
            <span class="held">
              <Held firm={firm} person={person} whole />
            </span>
          }
        >
          {person.name}
        </Title>
        <p class="actions">
          <a class="button" href={to("ask", "may", { user: id })}>
            Ask about them
          </a>
          <a class="button" href={to("change", undefined, { user: id })}>
            Try a change
          </a>
        </p>
      </div>
      <Show
        answer={answer}
        says={({ actions, denied }) =>
          `${person.name} may do ${actions.length} of ${actions.length + denied.length} actions`
        }
      >
        {(reply) => <Abilities firm={firm} id={id} reply={reply} query={query} />}
      </Show>
    </>
  );
}

function Abilities(props: { firm: Firm; id: string; reply: WhatCanReply; query: URLSearchParams }) {
  const { firm, id, reply, query } = props;
  const show = query.get("show") ?? "may";
  const typed = query.get("find") ?? "";
  const product = query.get("product") ?? "";
  const address = (next: { show?: string; find?: string; product?: string }) =>
    to("people", id, { show, find: typed, product, ...next });
  const listed = useMemo(() => {
    const all: Listed[] = [
      ...reply.actions.map((ability) => ({ ...ability, may: true })),
      ...reply.denied.map((ability) => ({ ...ability, may: false })),
    ];
    const wanted = fold(typed);
    return all.filter(
      (ability) =>
        (show === "all" || ability.may === (show === "may")) &&
        (!product || ability.product === product) &&
        fold(`${ability.title} ${ability.action} ${ability.group}`).includes(wanted),
    );
  }, [reply, show, typed, product]);
  const may = reply.actions.length;
  const mayNot = reply.denied.length;

  return (
    <>
      <search class="filters">
        <Tabs
          label="Which actions"
          chosen={show}
          address={(show) => address({ show })}
          choices={[
            { value: "may", label: `May (${number(may)})` },
            { value: "not", label: `May not (${number(mayNot)})` },
            { value: "all", label: `All (${number(may + mayNot)})` },
          ]}
        />
        <label class="field wide">
          <span>Find an action</span>
          <input
            type="search"
            value={typed}
            placeholder="What people call it"
            onInput={(event) => go(address({ find: event.currentTarget.value }), "replace")}
          />
        </label>
        {firm.products.length > 1 && (
          <Select
            label="Product"
            value={product}
            none="All"
            choices={firm.products.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={(product) => go(address({ product }), "replace")}
          />
        )}
      </search>
      <p class="soft count" role="status">
        {count(listed.length, "action")}
      </p>
      {reply.grounds.map((ground) => (
        <p class="note" key={ground.rule}>
          {ground.reason}
        </p>
      ))}
      {!listed.length && <p class="note">No action fits.</p>}
      {grouped(listed).map(({ product, group, abilities }) => (
        <section class="card" key={`${product} ${group}`}>
          <h2>
            {group} <span class="soft">{productTitle(firm, product)}</span>
          </h2>
          <ul class="abilities">
            {abilities.map((ability) => (
              <AbilityLine
                key={`${ability.action} ${ability.may} ${facts(ability.facts)}`}
                firm={firm}
                user={id}
                ability={ability}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function grouped(listed: Listed[]) {
  const groups = new Map<string, { product: string; group: string; abilities: Listed[] }>();
  for (const ability of listed) {
    const key = `${ability.product} ${ability.group}`;
    const group = groups.get(key) ?? { product: ability.product, group: ability.group, abilities: [] };
    group.abilities.push(ability);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function AbilityLine({ firm, user, ability }: { firm: Firm; user: string; ability: Listed }) {
  const { product, action, title, may, missing, turned_by: turned } = ability;
  const asked = { user, product, action, ...(ability.facts && { facts: ability.facts }) };
  const more = extent(firm, ability);
  // Who or what it is done to has to be named before one can ask why.
  const declared = productOf(firm, product)?.actions.find(({ id }) => id === action);
  const needsTarget = declared?.on_target;
  return (
    <li>
      <details>
        <summary>
          <span class={`mark ${may ? "yes" : "no"}`} aria-hidden="true">
            {may ? "✓" : "✕"}
          </span>
          <span class="what">
            <span class="unseen">{may ? "May: " : "May not: "}</span>
            {title}
            {more && <span class="soft"> {more}</span>}
          </span>
          <span class="soft why">{reason(firm, product, ability.reason)}</span>
        </summary>
        <div class="detail">
          {missing.length > 0 && (
            <>
              <h3>What is missing</h3>
              <ul>
                {missing.map((input) => (
                  <li key={input.text}>{wish(firm, { user, product }, input)}</li>
                ))}
              </ul>
            </>
          )}
          {turned.length > 0 && (
            <p>
              Another answer where{" "}
              {list(
                turned.map((input) => wish(firm, { user, product }, input)),
                6,
              )}
              .
            </p>
          )}
          <Where source={ability} />
          <p class="actions">
            <a class="button" href={question("may", asked)}>
              {needsTarget ? "Ask about a person" : "Why?"}
            </a>
            {needsTarget && (
              <a class="button" href={question("where", asked)}>
                To whom?
              </a>
            )}
            {!may && !needsTarget && (
              <a class="button" href={question("how", asked)}>
                How could this change?
              </a>
            )}
            <a
              class="button"
              href={question("who", { product, action, ...(ability.facts && { facts: ability.facts }) })}
            >
              Who else may?
            </a>
          </p>
        </div>
      </details>
    </li>
  );
}

/** To whom, on what and when: what stands behind the title. */
function extent(firm: Firm, ability: Ability): string {
  const parts: string[] = [];
  if (ability.targets) parts.push(targets(firm, ability.targets));
  if (ability.things?.count) {
    const { things, except, count: some, of } = ability.things;
    const names = (ids: string[]) => list(ids.map((id) => target(firm, id)));
    if (things.length) parts.push(`on ${names(things)}`);
    else if (except.length) parts.push(`on all but ${names(except)}`);
    else parts.push(some === of ? "on all of them" : `on ${number(some)} of ${number(of)}`);
  }
  if (ability.facts) parts.push(`where ${facts(ability.facts)}`);
  return parts.join(", ");
}
