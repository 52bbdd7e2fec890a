// A change tried before it is made: what it would give and take, what follows, what it would set off. Nothing is written.
import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "./answer";
import { type ListedEntry, listed } from "./ask";
import {
  alteredThingWords,
  alteredWords,
  changeOf,
  changeWords,
  readWish,
  type Wish,
  wishRequest,
  wishText,
} from "./changes";
import { Combo } from "./combo";
import type { Firm } from "./firm";
import { OnThings } from "./on-things";
import { thingOptions, usePeople } from "./options";
import { Because, PersonLink, Select, Show, Title, Where } from "./parts";
import { Shifts } from "./plans";
import type { ChangeEntry, SimulateReply, SimulateStep, ThingAccess } from "./protocol";
import { go, type Route, to } from "./route";
import type { Option } from "./search";
import { count, list, number, people, person, productTitle, titleOf } from "./words";

export function ChangeView({ firm, route }: { firm: Firm; route: Route }) {
  const user = route.query.get("user") ?? "";
  const by = route.query.get("by") ?? "";
  const texts = route.query.getAll("change");
  const wishes = texts.map(readWish).filter((wish): wish is Wish => wish !== undefined);
  const address = (next: { user?: string; by?: string; change?: string[] }) =>
    to("change", undefined, { user, by, change: texts, ...next });
  const people = usePeople(firm);
  const form = (
    <WishForm
      key={`${user} ${texts.length}`}
      firm={firm}
      user={user}
      isFirst={!wishes.length}
      onAdd={(wish) => go(address({ change: [...texts, wishText(wish)] }))}
    />
  );
  return (
    <>
      <Title lead="See what a change would do before anybody makes it. Nothing is written.">Try a change</Title>
      <div class="card asking">
        <div class="fields">
          <Combo
            label="Whose access"
            options={people}
            value={user}
            onPick={(user) => go(address({ user, change: [] }))}
          />
          <Combo
            label="Made by"
            hint="Whoever may"
            options={people}
            value={by}
            optional
            onPick={(by) => go(address({ by }))}
          />
        </div>
        {wishes.length > 0 && (
          <ol class="wishes">
            {wishes.map((wish, index) => (
              <li key={`${index} ${texts[index]}`}>
                <span>{changeWords(firm, wish)}</span>
                <button
                  type="button"
                  class="small"
                  aria-label={`Leave out: ${changeWords(firm, wish)}`}
                  onClick={() => go(address({ change: texts.filter((_, at) => at !== index) }))}
                >
                  Leave out
                </button>
              </li>
            ))}
          </ol>
        )}
        {user && !wishes.length && form}
        {user && wishes.length > 0 && (
          <details class="shifts">
            <summary>Add another change</summary>
            {form}
          </details>
        )}
      </div>
      {user && wishes.length > 0 && <Outcome firm={firm} user={user} by={by} wishes={wishes} />}
    </>
  );
}

function WishForm(props: { firm: Firm; user: string; isFirst: boolean; onAdd: (wish: Wish) => void }) {
  const { firm, user } = props;
  const seats = firm.byId.get(user)?.seats.map(({ product }) => product) ?? [];
  const all = firm.products.flatMap((product) => product.changes.map((change) => ({ product: product.id, change })));
  const first = all.find(({ product }) => seats.includes(product)) ?? all[0];
  const [wish, setWish] = useState<Wish>({ product: first?.product ?? "", change: first?.change.id ?? "" });
  const people = usePeople(firm);
  const change = changeOf(firm, wish.product, wish.change);
  const onGroup = change?.targets.includes("group") ?? false;
  const groups = useGroups(onGroup || (change?.takes.includes("group") ?? false));
  const several = firm.products.length > 1;
  if (!change) return <p class="note">The rules declare no changes.</p>;
  const missing = change.takes.filter((name) => !wish[name as keyof Wish]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing.length) props.onAdd(wish);
      }}
    >
      <div class="fields">
        <Select
          label="Change"
          value={`${wish.product}/${wish.change}`}
          choices={all.map(({ product, change }) => ({
            value: `${product}/${change.id}`,
            label: several ? `${productTitle(firm, product)}: ${change.title}` : change.title,
          }))}
          onChange={(picked) => {
            const [product = "", change = ""] = picked.split("/");
            setWish({ product, change });
          }}
        />
        {change.takes.map((name) => (
          <Argument
            key={name}
            firm={firm}
            change={change}
            wish={wish}
            name={name}
            groups={groups}
            set={(value) => setWish({ ...wish, [name]: value })}
          />
        ))}
        {onGroup && (
          <Combo
            label="For"
            hint={person(firm, user)}
            options={[...groups, ...people]}
            value={wish.target ?? ""}
            optional
            free
            onPick={(target) => {
              const { target: _, ...rest } = wish;
              setWish(target ? { ...rest, target } : rest);
            }}
          />
        )}
      </div>
      <p class="actions">
        <button type="submit" class="main" aria-disabled={missing.length > 0}>
          {props.isFirst ? "Try it" : "Add this change"}
        </button>
        {missing.length > 0 && <span class="soft">Choose {list(missing.map((name) => lacking[name] ?? name))}.</span>}
      </p>
    </form>
  );
}

/** The groups of the firm, once they are wanted. Where the server does not tell them, their ids can be typed all the same. */
function useGroups(areWanted: boolean): Option[] {
  const [groups, setGroups] = useState<Option[]>([]);
  useEffect(() => {
    if (!areWanted) return;
    const options = (entries: ListedEntry[]) => entries.map(({ id }) => ({ value: id, label: id, note: "Group" }));
    listed("groups").then(
      (entries) => setGroups(options(entries)),
      () => setGroups([]),
    );
  }, [areWanted]);
  return groups;
}

/** What is still to be chosen, in words. */
const lacking: Record<string, string> = {
  role: "a role",
  setting: "a setting",
  value: "a value",
  thing: "what it is about",
  list: "a list",
  group: "a group",
};

/** One thing that a change takes: a role, a setting and its value, a thing, a list or a group. */
function Argument(props: {
  firm: Firm;
  change: ChangeEntry;
  wish: Wish;
  name: string;
  groups: Option[];
  set: (value: string) => void;
}) {
  const { firm, change, wish, name, groups, set } = props;
  const product = firm.products.find(({ id }) => id === wish.product);
  const value = wish[name as keyof Wish] ?? "";
  const choices = (entries: { id: string; title: string }[]) =>
    entries.map(({ id, title }) => ({ value: id, label: title }));
  if (!product) return null;
  if (name === "role") {
    return <Select label="Role" value={value} none="Choose" choices={choices(product.roles)} onChange={set} />;
  }
  if (name === "setting") {
    return <Select label="Setting" value={value} none="Choose" choices={choices(product.settings)} onChange={set} />;
  }
  const kind = product.things.find(({ id }) => id === change.kind);
  if (name === "list") {
    const lists = kind?.lists.filter(({ id }) => change.lists.includes(id)) ?? [];
    return <Select label="List" value={value} none="Choose" choices={choices(lists)} onChange={set} />;
  }
  if (name === "thing") {
    return (
      <Combo label={kind?.title ?? "Thing"} options={thingOptions(firm, change.kind)} value={value} free onPick={set} />
    );
  }
  const values = product.settings.find(({ id }) => id === wish.setting)?.values;
  if (name === "value" && values) {
    return (
      <Select
        label="Value"
        value={value}
        none="Choose"
        choices={values.map((value) => ({ value, label: value }))}
        onChange={set}
      />
    );
  }
  if (name === "group") {
    return <Combo label="Group" hint="Type a group" options={groups} value={value} free onPick={set} />;
  }
  return (
    <label class="field">
      <span>Value</span>
      <input type="text" value={value} onInput={(event) => set(event.currentTarget.value)} />
    </label>
  );
}

function Outcome({ firm, user, by, wishes }: { firm: Firm; user: string; by: string; wishes: Wish[] }) {
  const products = new Set(wishes.map(({ product }) => product));
  const [product] = products;
  const answer = useAnswer({
    ask: "simulate",
    user,
    changes: wishes.map(wishRequest),
    ...(by && { by }),
    ...(products.size === 1 && product && { product }),
  });
  const says = ({ yes, gained, lost }: SimulateReply) =>
    yes ? `Accepted. ${gained.length} gained, ${lost.length} lost.` : "Refused.";
  return (
    <section class="card result" aria-label="Outcome">
      <h2>What it would do</h2>
      <Show answer={answer} says={says}>
        {(reply) => <Simulated firm={firm} reply={reply} />}
      </Show>
    </section>
  );
}

function Simulated({ firm, reply }: { firm: Firm; reply: SimulateReply }) {
  const { gained, lost, effects, conflicts, advice, steps } = reply;
  const isSame = !gained.length && !lost.length && !reply.on_things;
  return (
    <>
      <div class={`decision ${reply.yes ? "yes" : "no"}`}>
        <p class="verdict">
          <span class="word">{reply.yes ? "Accepted" : "Refused"}</span>
          <span>
            {reply.yes
              ? `${people(firm, [...new Set(steps.map(({ user }) => user))])} ${reply.by ? "may" : "may, for one,"} make ${steps.length > 1 ? "them" : "it"}.`
              : "Not every step is accepted. What is refused alters nothing."}
          </span>
        </p>
      </div>
      <div class="tiles">
        <Tile label="Gained" value={gained.length + abilities(reply.on_things?.gained)} tone="yes" />
        <Tile label="Lost" value={lost.length + abilities(reply.on_things?.lost)} tone="no" />
        <Tile label="Warnings" value={conflicts.length + advice.length} tone="part" />
      </div>
      {conflicts.map((conflict) => (
        <div class="note warning" key={`${conflict.user} ${conflict.conflict}`}>
          <p>
            <strong>{conflict.title}</strong>: <PersonLink firm={firm} id={conflict.user} /> could do both of{" "}
            {list(conflict.both.map((action) => titleOf(firm, conflict.product, "actions", action)))}.
          </p>
          <p>{conflict.because}.</p>
          <Where source={{ ...conflict, rule: conflict.conflict }} />
        </div>
      ))}
      {advice.map((unmet) => (
        <div class="note warning" key={`${unmet.user} ${unmet.advice}`}>
          <p>
            <strong>{unmet.title}</strong>: <PersonLink firm={firm} id={unmet.user} />
          </p>
          <p>{unmet.because}.</p>
          <Where source={{ ...unmet, rule: unmet.advice }} />
        </div>
      ))}
      {effects.length > 0 && (
        <p>
          <strong>What else happens:</strong> {list(effects.map((id) => titleOf(firm, undefined, "effects", id)))}.
        </p>
      )}
      <Shifts firm={firm} title="Gained" shifts={gained} />
      <Shifts firm={firm} title="Lost" shifts={lost} />
      {reply.on_things && <OnThings firm={firm} access={reply.on_things} />}
      {isSame && <p>Nobody may do more or less than before.</p>}
      <h2>{steps.length > 1 ? "The steps" : "The step"}</h2>
      <ol class="steps">
        {steps.map((step) => (
          <Step key={step.line} firm={firm} step={step} />
        ))}
      </ol>
      {reply.left_out !== undefined && (
        <p class="note">
          {count(reply.left_out, "change")} after the refused one {reply.left_out === 1 ? "is" : "are"} not looked at.
        </p>
      )}
    </>
  );
}

/** How many abilities rows about things are. */
const abilities = (rows: ThingAccess[] = []) => rows.reduce((sum, { actions }) => sum + actions.length, 0);

function Tile({ label, value, tone }: { label: string; value: number; tone: string }) {
  return (
    <p class={`tile ${value ? tone : ""}`}>
      <strong>{number(value)}</strong> {label}
    </p>
  );
}

function Step({ firm, step }: { firm: Firm; step: SimulateStep }) {
  const isAccepted = step.verdict === "accept";
  return (
    <li>
      <p>
        <span class={`mark ${isAccepted ? "yes" : "no"}`} aria-hidden="true">
          {isAccepted ? "✓" : "✕"}
        </span>{" "}
        <strong>{changeWords(firm, step)}</strong>{" "}
        <span class="soft">
          {isAccepted ? "accepted" : "refused"}, made by {person(firm, step.user)}
        </span>
      </p>
      <ul>
        {step.altered.map((altered) => (
          <li key={`${altered.user} ${altered.name}`}>{alteredWords(firm, altered)}</li>
        ))}
        {step.altered_things.map((altered) => (
          <li key={JSON.stringify(altered)}>{alteredThingWords(firm, altered)}</li>
        ))}
      </ul>
      {isAccepted ? (
        <Because firm={firm} product={step.product} source={step} />
      ) : (
        step.reasons.map((reason) => <Because key={reason.rule} firm={firm} product={step.product} source={reason} />)
      )}
      {step.anyway && step.anyway.altered.length > 0 && (
        <p class="soft">
          If anybody could make it: {list(step.anyway.altered.map((altered) => alteredWords(firm, altered)))}.
        </p>
      )}
    </li>
  );
}
