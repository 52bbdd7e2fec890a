// A field that completes names as one types: the combobox of the ARIA practices, with a list that shows the best few.
import { useId, useMemo, useRef, useState } from "preact/hooks";
import { find, type Option } from "./search";

const LIMIT = 60;

export function Combo(props: {
  label: string;
  options: readonly Option[];
  value: string;
  onPick: (value: string) => void;
  /** Whether a name that is not in the list counts: not every name may be known. */
  free?: boolean;
  optional?: boolean;
  hint?: string;
}) {
  const { label, options, value, onPick } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const chosen = useMemo(() => options.find((option) => option.value === value), [options, value]);
  const isOpen = typed !== undefined;
  const found = useMemo(() => find(options, isOpen ? typed : "", LIMIT), [options, typed, isOpen]);
  const shown = found.first[active];

  const close = () => setTyped(undefined);
  const pick = (next: string) => {
    close();
    if (next !== value) onPick(next);
  };
  const open = (text: string) => {
    setActive(0);
    setTyped(text);
  };
  /** What was typed without picking: an exact name, nothing, or a free text. */
  const leave = () => {
    if (typed === undefined) return;
    const text = typed.trim();
    const exact = options.find((option) => option.value === text || option.label.toLowerCase() === text.toLowerCase());
    if (exact) pick(exact.value);
    else if (props.free && text) pick(text);
    else close();
  };
  const move = (step: number) => {
    const next = Math.min(Math.max(0, active + step), found.first.length - 1);
    setActive(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    if (!isOpen) {
      if (key === "ArrowDown" || key === "ArrowUp") {
        event.preventDefault();
        open("");
      } else if (key === "Escape" && value && props.optional) pick("");
      return;
    }
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    const step = steps[key];
    if (step) {
      event.preventDefault();
      move(step);
    } else if (key === "Enter") {
      event.preventDefault();
      if (shown) pick(shown.value);
      else leave();
    } else if (key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };

  return (
    <div class="field combo">
      <label for={id}>
        {label}
        {props.optional && <span class="soft"> (optional)</span>}
      </label>
      <input
        ref={input}
        id={id}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-activedescendant={isOpen && shown ? `${id}-${active}` : undefined}
        placeholder={props.hint ?? "Type a name"}
        value={isOpen ? typed : (chosen?.label ?? value)}
        onFocus={(event) => event.currentTarget.select()}
        onClick={() => isOpen || open("")}
        onInput={(event) => {
          const text = event.currentTarget.value;
          if (!text && props.optional) onPick("");
          open(text);
        }}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
      {/* The list takes no focus: the field keeps it, and says which entry is active. */}
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        class="options"
        hidden={!isOpen}
        onPointerDown={(event) => event.preventDefault()}
      >
        {isOpen &&
          found.first.map((option, index) => (
            <div
              key={option.value}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onClick={() => pick(option.value)}
              onKeyDown={onKeyDown}
            >
              <span>{option.label}</span>
              {option.note && <span class="soft">{option.note}</span>}
            </div>
          ))}
        {isOpen && found.count > found.first.length && (
          <div class="more" role="option" aria-disabled="true" aria-selected="false" tabIndex={-1}>
            {(found.count - found.first.length).toLocaleString("en")} more: type to narrow the list
          </div>
        )}
        {isOpen && !found.count && (
          <div class="more" role="option" aria-disabled="true" aria-selected="false" tabIndex={-1}>
            {props.free ? "Not in the list: press Enter to use it as it is" : "Nobody and nothing of this name"}
          </div>
        )}
      </div>
    </div>
  );
}
