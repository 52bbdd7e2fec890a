// How it could change: the ways there, who may take each step, and what else they would open.
import { alteredThingWords, alteredWords, changeWords, wishText } from "./changes";
import { actionOf, type Firm } from "./firm";
import { People } from "./parts";
import type { HowCanReply, Plan, UserShift } from "./protocol";
import { to } from "./route";
import { capital, count, facts, list, person, targets, titleOf, wish } from "./words";

export function Plans({ firm, reply }: { firm: Firm; reply: HowCanReply }) {
  const { plans, why, would_take: close, turned_by: turned } = reply;
  return (
    <>
      {reply.yes && !plans.length && <p class="verdict-line">{capital(why ?? "It is allowed already")}</p>}
      {!reply.yes && (
        <div class="decision no">
          <p class="verdict">
            <span class="word">No</span>
            <span>{why?.replaceAll("`", "") ?? "No change leads there."}</span>
          </p>
        </div>
      )}
      {plans.map((plan, index) => (
        <PlanCard
          key={plan.by.map(({ line }) => line).join(";")}
          firm={firm}
          plan={plan}
          number={index + 1}
          of={plans.length}
        />
      ))}
      {reply.more_plans !== undefined && <p class="soft">There are {count(reply.more_plans, "more way")}.</p>}
      {reply.cut_off && <p class="note">The search was ended early, so there may be other ways.</p>}
      {close.length > 0 && (
        <>
          <h3>What comes closest, and what refuses it</h3>
          <ul>
            {close.map(({ line, user, reason, rule }) => (
              <li key={`${line} ${user}`}>
                <code>{line}</code> by {person(firm, user)}: {reason} <span class="soft">(rule {rule})</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {!plans.length && turned.length > 0 && (
        <p>It would be another answer where {list(turned.map((turn) => wish(firm, reply, turn)))}.</p>
      )}
    </>
  );
}

function PlanCard(props: { firm: Firm; plan: Plan; number: number; of: number }) {
  const { firm, plan } = props;
  const target = plan.steps.find((step) => step.target)?.target;
  const changes = plan.steps.map(({ product = "", user: _, if_state: __, value, target, ...step }) =>
    wishText({ ...step, product, ...(value !== undefined && { value: String(value) }), ...(target && { target }) }),
  );
  return (
    <article class="plan">
      <h3>{props.of > 1 ? `Way ${props.number} of ${props.of}` : "The way"}</h3>
      <ol class="steps">
        {plan.steps.map((step, index) => {
          const makers = plan.by[index];
          return (
            <li key={makers?.line ?? index}>
              <strong>{changeWords(firm, step)}</strong>
              <p class="soft">
                May be made by{" "}
                <People firm={firm} ids={[step.user, ...(makers?.may_be_made_by ?? [])]} more={makers?.and_more ?? 0} />
              </p>
              {makers && (
                <ul>
                  {makers.altered.map((altered) => (
                    <li key={`${altered.user} ${altered.name}`}>{alteredWords(firm, altered)}</li>
                  ))}
                  {makers.altered_things.map((altered) => (
                    <li key={JSON.stringify(altered)}>{alteredThingWords(firm, altered)}</li>
                  ))}
                </ul>
              )}
            </li>
          );
        })}
      </ol>
      {plan.effects.length > 0 && (
        <p>Effects: {list(plan.effects.map((id) => titleOf(firm, undefined, "effects", id)))}.</p>
      )}
      <Shifts firm={firm} title="It also opens" shifts={plan.also_opens} />
      <Shifts firm={firm} title="It closes" shifts={plan.closes} />
      {target && (
        <p class="actions">
          <a class="button" href={to("change", undefined, { user: target, change: changes })}>
            Try this change
          </a>
        </p>
      )}
    </article>
  );
}

/** What people gain or lose, by person. */
export function Shifts({ firm, title, shifts }: { firm: Firm; title: string; shifts: UserShift[] }) {
  if (!shifts.length) return null;
  const users = byUser(shifts);
  return (
    <details class="shifts" open={shifts.length <= 12}>
      <summary>
        {title} <span class="soft">{count(shifts.length, "ability", "abilities")}</span>
      </summary>
      {[...users].map(([user, own]) => (
        <div key={user}>
          <h3>{person(firm, user)}</h3>
          <ul class="columns">
            {own.map((shift) => (
              <li key={`${shift.product} ${shift.action} ${facts(shift.facts)}`}>
                {actionOf(firm, shift.product, shift.action)?.title ?? shift.title}
                <span class="soft">
                  {shift.targets && ` ${targets(firm, shift.targets)}`}
                  {shift.facts && ` where ${facts(shift.facts)}`}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </details>
  );
}

function byUser(shifts: UserShift[]): Map<string, UserShift[]> {
  const groups = new Map<string, UserShift[]>();
  for (const shift of shifts) groups.set(shift.user, [...(groups.get(shift.user) ?? []), shift]);
  return groups;
}
