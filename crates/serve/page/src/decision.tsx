// A decision with its way: the answer, the reason, where it comes from, what was looked at and what would turn it.
import type { Firm } from "./firm";
import { Where } from "./parts";
import type { ExplainReply } from "./protocol";
import { type Asked, reason, statement, value, wish } from "./words";

export function Decision({ firm, reply, level }: { firm: Firm; reply: ExplainReply; level: 2 | 3 }) {
  const asked: Asked = reply;
  const Heading = `h${level}` as const;
  return (
    <div class={`decision ${reply.yes ? "yes" : "no"}`}>
      <p class="verdict">
        <span class="word">{reply.yes ? "Yes" : "No"}</span>
        <span>{reason(firm, reply.product, reply.reason)}.</span>
      </p>
      <Where source={reply} />
      {reply.inputs.length > 0 && (
        <>
          <Heading>What was looked at</Heading>
          <dl class="inputs">
            {reply.inputs.map((input) => (
              <div key={`${input.of} ${input.text}`}>
                <dt>{statement(firm, asked, input)}</dt>
                <dd>{value(input.value)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {reply.turns.length > 0 && (
        <>
          <Heading>Any one of these would turn the answer</Heading>
          <ul>
            {reply.turns.map((turn) => (
              <li key={`${turn.of} ${turn.text} ${turn.to} ${turn.rule}`}>
                {wish(firm, asked, turn)} <span class="soft">(rule {turn.rule})</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
