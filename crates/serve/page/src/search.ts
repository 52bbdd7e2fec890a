// Finding names as one types.

export interface Option {
  value: string;
  label: string;
  /** What is said beside the label. */
  note?: string;
  group?: string;
}

/** Without case and accents, so that `rené` is found by `rene`. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

/** How well a text fits what was typed: 0 at its beginning, 1 at the beginning of a word, 2 inside; nothing where it does not. */
export function rank(text: string, typed: string): number | undefined {
  const at = text.indexOf(typed);
  if (at === 0) return 0;
  if (at < 0) return undefined;
  return text.includes(` ${typed}`) ? 1 : 2;
}

/** The first options that fit, best first, and how many fit in all. */
export function find(options: readonly Option[], typed: string, limit: number): { first: Option[]; count: number } {
  const wanted = fold(typed.trim());
  const fitting = new Map<number, Option[]>();
  let count = 0;
  for (const option of options) {
    const place = wanted ? rank(`${fold(option.label)} ${fold(option.value)}`, wanted) : 0;
    if (place === undefined) continue;
    count += 1;
    const alike = fitting.get(place) ?? [];
    if (alike.length < limit) alike.push(option);
    fitting.set(place, alike);
  }
  return { first: [0, 1, 2].flatMap((place) => fitting.get(place) ?? []).slice(0, limit), count };
}
