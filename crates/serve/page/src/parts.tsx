// Small parts that every view uses.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { announce } from "./announce";
import type { Answer } from "./answer";
import type { AskError } from "./ask";
import type { Firm } from "./firm";
import { type Parameters, to } from "./route";
import { basisWords, capital, person, reason, type Source } from "./words";

export function Title({ children, lead }: { children: string; lead?: ComponentChildren }) {
  return (
    <header class="title">
      <h1 tabIndex={-1}>{children}</h1>
      {lead && <p class="lead">{lead}</p>}
    </header>
  );
}

export function Waiting({ children = "Asking…" }: { children?: ComponentChildren }) {
  return (
    <p class="waiting">
      <span class="spinner" aria-hidden="true" />
      {children}
    </p>
  );
}

/** What may be otherwise a moment later; any other mistake is in the question. */
const passing = ["unreachable", "no-answer", "unexpected"];

export function Failed({ error, again }: { error: AskError; again?: () => void }) {
  return (
    <div class="note failed" role="alert">
      <p>
        <strong>{capital(error.message.replaceAll("`", ""))}</strong>
      </p>
      {error.help && <p>{capital(error.help.replaceAll("`", ""))}</p>}
      {again && passing.includes(error.code) && (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Shows an answer when it is there, and what to know until then. `says` is what people who listen hear of it. */
export function Show<T>(props: {
  answer: Answer<T>;
  says?: (reply: T) => string;
  children: (reply: T) => ComponentChildren;
}) {
  const { answer, says } = props;
  const words = answer.state === "there" ? says?.(answer.reply) : answer.state === "failed" ? answer.error.message : "";
  useEffect(() => {
    if (words) announce(words);
  }, [words]);
  if (answer.state === "none") return null;
  if (answer.state === "waiting") return <Waiting />;
  if (answer.state === "failed") return <Failed error={answer.error} again={answer.again} />;
  return <>{props.children(answer.reply)}</>;
}

/** Where an answer comes from: rule, line, section, and whether the document states it. */
export function Where({
  source,
}: {
  source: Source | (Omit<Source, "rule" | "section"> & { rule?: string; section?: string });
}) {
  return (
    <dl class="where">
      {source.rule && (
        <div>
          <dt>Rule</dt>
          <dd>
            <code>{source.rule}</code>
          </dd>
        </div>
      )}
      <div>
        <dt>Line</dt>
        <dd>
          <code>{source.place}</code>
        </dd>
      </div>
      {source.section && (
        <div>
          <dt>Section</dt>
          <dd>{source.section}</dd>
        </div>
      )}
      <div>
        <dt>Basis</dt>
        <dd>{capital(basisWords[source.basis])}</dd>
      </div>
      {source.where && (
        <div>
          <dt>Done at</dt>
          <dd>{source.where}</dd>
        </div>
      )}
    </dl>
  );
}

/** A reason, with where it comes from behind it. */
export function Because({ firm, product, source }: { firm: Firm; product: string | undefined; source: Source }) {
  return (
    <details class="because">
      <summary>{reason(firm, product, source.reason ?? "")}</summary>
      <Where source={source} />
    </details>
  );
}

/** What stands beside a matrix, about one cell of it. The focus goes there at once, so that no key is lost, and Escape leads back. */
export function Side(props: { title: string; about: string; close: () => void; children: ComponentChildren }) {
  const { title, about, close } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the cell
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [title, about]);
  return (
    <section
      class="card side"
      aria-label="Why"
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <button type="button" class="close" aria-label="Close" onClick={close}>
        ×
      </button>
      <h2 ref={heading} tabIndex={-1}>
        {title}
        <span class="soft">{about}</span>
      </h2>
      {props.children}
    </section>
  );
}

export function PersonLink({ firm, id }: { firm: Firm; id: string }) {
  return <a href={to("people", id)}>{person(firm, id)}</a>;
}

/** Names with links, the first few of many. */
export function People({ firm, ids, more = 0 }: { firm: Firm; ids: readonly string[]; more?: number }) {
  const shown = ids.slice(0, 12);
  const rest = ids.length - shown.length + more;
  return (
    <span class="names">
      {shown.map((id, index) => (
        <span key={id}>
          {index > 0 && ", "}
          <PersonLink firm={firm} id={id} />
        </span>
      ))}
      {rest > 0 && ` and ${rest.toLocaleString("en")} more`}
    </span>
  );
}

export interface Choice {
  value: string;
  label: string;
}

/** A few choices beside each other: each is a link, so that each has an address. */
export function Tabs(props: { label: string; choices: Choice[]; chosen: string; address: (value: string) => string }) {
  return (
    <nav class="tabs" aria-label={props.label}>
      {props.choices.map(({ value, label }) => (
        <a key={value} href={props.address(value)} aria-current={value === props.chosen ? "true" : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}

export function Select(props: {
  label: string;
  value: string;
  choices: Choice[];
  onChange: (value: string) => void;
  none?: string;
}) {
  return (
    <label class="field">
      <span>{props.label}</span>
      <select value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
        {props.none !== undefined && <option value="">{props.none}</option>}
        {props.choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The address of a question about a person and an action. */
export function question(
  kind: string,
  asked: { user?: string; action?: string; product?: string; target?: string | null; facts?: Record<string, unknown> },
): string {
  const parameters: Parameters = {
    user: asked.user,
    product: asked.product,
    action: asked.action,
    target: asked.target ?? undefined,
    fact: Object.entries(asked.facts ?? {}).map(([name, value]) => `${name}=${value}`),
  };
  return to("ask", kind, parameters);
}
