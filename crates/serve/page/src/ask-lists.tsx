// Answers that are lists: who may, and to whom or on what. They come page by page.
import { useState } from "preact/hooks";
import { useAnswer } from "./answer";
import { type Asking, address, common } from "./asking";
import { actionOf, type Firm } from "./firm";
import { Because, PersonLink, Show } from "./parts";
import type { AllowedTarget, AllowedUser, DeniedUser } from "./protocol";
import { count, number, person, productTitle, target } from "./words";

/** The question in words: who, what, to whom. */
export function Sentence({ firm, asked }: { firm: Firm; asked: Asking }) {
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

/** How many are listed at once. */
const PAGE = 200;

export function Who({ firm, asked }: { firm: Firm; asked: Asking }) {
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

export function Places({ firm, asked }: { firm: Firm; asked: Asking }) {
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
                <Because firm={firm} product={product} source={one} />
              </li>
            ))}
          </ul>
          <Next next={next} onNext={onNext} />
        </>
      )}
    </Show>
  );
}
