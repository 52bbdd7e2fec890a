// What fields complete: people, things and actions by their names.
import { useMemo } from "preact/hooks";
import type { Firm } from "./firm";
import type { ProductEntry } from "./protocol";
import type { Option } from "./search";

export function usePeople(firm: Firm): Option[] {
  return useMemo(
    () =>
      firm.people.map(({ id, name, enabled }) => ({ value: id, label: name, note: enabled ? id : `${id}, disabled` })),
    [firm.people],
  );
}

export function thingOptions(firm: Firm, kind?: string): Option[] {
  return [...firm.things]
    .filter(([id]) => !kind || id === kind)
    .flatMap(([, things]) => things.map(({ id, title }) => ({ value: id, label: title, note: id })));
}

export function actionOptions(firm: Firm, onSomebody: boolean): Option[] {
  const several = firm.products.length > 1;
  return firm.products.flatMap((product: ProductEntry) =>
    product.actions
      .filter((action) => !onSomebody || action.on_target || action.on_thing)
      .map(({ id, title }) => ({
        value: `${product.id}/${id}`,
        label: title,
        note: several ? `${product.title} · ${id}` : id,
      })),
  );
}
