// What people may newly do, or no longer do, on things.
import type { Firm } from "./firm";
import { People } from "./parts";
import type { AccessOnThings, ThingAccess } from "./protocol";
import { list, number, target, through, titleOf } from "./words";

export function OnThings({ firm, access }: { firm: Firm; access: AccessOnThings }) {
  return (
    <>
      <Rows firm={firm} title="Gained on things" rows={access.gained} />
      <Rows firm={firm} title="Lost on things" rows={access.lost} />
      {access.left_out !== undefined && <p class="note">{number(access.left_out)} more things were not compared.</p>}
    </>
  );
}

function Rows({ firm, title, rows }: { firm: Firm; title: string; rows: ThingAccess[] }) {
  if (!rows.length) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {rows.map((row) => (
          <li key={JSON.stringify(row)}>
            <People firm={firm} ids={row.users} more={row.more_users ?? 0} />:{" "}
            {list(row.actions.map(({ action }) => titleOf(firm, row.product, "actions", action)))} on{" "}
            {list(
              row.things.map((id) => target(firm, id)),
              6,
              row.things.length + (row.more_things ?? 0),
            )}
            {row.through.length > 0 && <span class="soft"> ({through(row.through)})</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
