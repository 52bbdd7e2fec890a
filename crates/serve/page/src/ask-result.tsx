// The answer to a question about somebody: yes or no with its way, how it could change, and what they may do.
import { useAnswer } from "./answer";
import { Places, Sentence, Who } from "./ask-lists";
import { type Asking, address, common, lacking } from "./asking";
import { Decision } from "./decision";
import { actionOf, type Firm } from "./firm";
import { Because, question, Show, Where } from "./parts";
import { Plans } from "./plans";
import { to } from "./route";
import { count, list, number, person, productTitle, reason, wish } from "./words";

export function Result({ firm, asked }: { firm: Firm; asked: Asking }) {
  const action = actionOf(firm, asked.product, asked.action);
  if (lacking(asked, action)) return null;
  if (asked.kind === "what") return <What firm={firm} asked={asked} />;
  if (asked.kind === "who") return <Who firm={firm} asked={asked} />;
  if (asked.kind === "where") return <Places firm={firm} asked={asked} />;
  if (asked.kind === "how") return <How firm={firm} asked={asked} />;
  return <May firm={firm} asked={asked} />;
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
