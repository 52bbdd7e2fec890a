// Asking: may they, who may, what may they, to whom, and how could it change.
import { useMemo, useState } from "preact/hooks";
import { Result } from "./ask-result";
import { type Asking, address, type Kind, kinds, lacking, read } from "./asking";
import { Combo } from "./combo";
import { actionOf, type Firm } from "./firm";
import { actionOptions, thingOptions, usePeople } from "./options";
import { Select, Tabs, Title } from "./parts";
import type { ActionEntry } from "./protocol";
import { go, type Route } from "./route";
import type { Option } from "./search";
import { capital } from "./words";

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
