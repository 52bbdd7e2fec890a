// Actions against roles: what each role alone lets its holder do. Or against what else answers depend on: the values of a setting or of a
// property of a thing, or how people stand to a thing.
import { type Firm, productOf } from "./firm";
import { question, Side } from "./parts";
import type { Cell, Matrix, MatrixRow } from "./protocol";
import { go, to } from "./route";
import { capital, count, list, role } from "./words";

const marks: Record<Cell["decision"], { mark: string; tone: string; words: string }> = {
  allow: { mark: "●", tone: "yes", words: "may" },
  deny: { mark: "·", tone: "no", words: "may not" },
  depends: { mark: "◐", tone: "part", words: "it depends" },
};

/** What columns can stand for beside roles, by its name. */
export function columnChoices(firm: Firm, id: string): { value: string; label: string }[] {
  const product = productOf(firm, id);
  const settings = (product?.settings ?? []).map(({ id, title }) => ({ value: id, label: title }));
  const things = (product?.things ?? []).flatMap((kind) => [
    ...(kind.lists.length ? [{ value: kind.id, label: `${kind.title}: its lists` }] : []),
    ...kind.properties.map(({ id, title }) => ({ value: `${kind.id}.${id}`, label: `${kind.title}: ${title}` })),
  ]);
  return [...settings, ...things];
}

/** What people call a column. */
function headOf(firm: Firm, { product, by }: Matrix, id: string): string {
  if (!by) return role(firm, product, id);
  const kind = productOf(firm, product)?.things.find((kind) => kind.id === by);
  if (!kind) return capital(id);
  return id === "-" ? "On no list" : (kind.lists.find((list) => list.id === id)?.title ?? id);
}

export function RolesMatrix({ firm, matrix, query }: { firm: Firm; matrix: Matrix; query: URLSearchParams }) {
  const { product, by, columns, groups } = matrix;
  const chosen = { role: query.get("role"), action: query.get("action") };
  const rows = groups.flatMap(({ rows }) => rows);
  const row = rows.find(({ action }) => action === chosen.action);
  const close = () => {
    const cell = document.querySelector<HTMLElement>('.roles a[aria-current="true"]');
    go(to("matrix", "roles", { product, by }));
    cell?.focus();
  };
  return (
    <div class="beside">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached with the keyboard */}
      <section class="roles" tabIndex={0} aria-label={by ? "Actions by what they depend on" : "Actions by role"}>
        <table>
          <thead>
            <tr>
              <th scope="col">Action</th>
              {columns.map((id) => (
                <th key={id} scope="col" class="role">
                  {headOf(firm, matrix, id)}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map(({ group, rows }) => (
            <tbody key={group}>
              <tr class="group">
                <th scope="rowgroup" colSpan={columns.length + 1}>
                  {group}
                </th>
              </tr>
              {rows.map((row) => (
                <tr key={row.action}>
                  <th scope="row">{row.title}</th>
                  {row.cells.map((cell, index) => {
                    const id = columns[index] ?? "";
                    const { mark, tone, words } = marks[cell.decision];
                    return (
                      <td key={id} class={tone}>
                        <a
                          href={to("matrix", "roles", { product, by, role: id, action: row.action })}
                          aria-label={`${row.title}, ${headOf(firm, matrix, id)}: ${words}`}
                          aria-current={chosen.role === id && chosen.action === row.action ? "true" : undefined}
                        >
                          {mark}
                        </a>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
        {matrix.left_out && (
          <p>
            {count(matrix.left_out, "other action")} {matrix.left_out === 1 ? "has" : "have"} nothing to do with it.
          </p>
        )}
      </section>
      {row && chosen.role !== null && <Why firm={firm} matrix={matrix} row={row} id={chosen.role} close={close} />}
    </div>
  );
}

function Why(props: { firm: Firm; matrix: Matrix; row: MatrixRow; id: string; close: () => void }) {
  const { firm, matrix, row, id, close } = props;
  const { product, by } = matrix;
  const cell = row.cells[matrix.columns.indexOf(id)];
  const together = row.together.filter(({ roles }) => roles.includes(id));
  const title = headOf(firm, matrix, id);
  const whoever = id === "-" ? "has a seat" : `holds ${title}`;
  return (
    <Side title={title} about={row.title} close={close}>
      <p class="verdict-line">
        {cell?.decision === "allow" && (by ? "Everybody with a seat may do it then." : `Whoever ${whoever} may do it.`)}
        {cell?.decision === "deny" &&
          (by ? "Nobody may do it then." : `${id === "-" ? "A seat" : title} alone is not enough.`)}
        {cell?.decision === "depends" && `It depends on ${list(cell.on)}.`}
      </p>
      {cell?.decision === "depends" && cell.when.length > 0 && (
        <>
          <h3>It is allowed where</h3>
          <ul>
            {cell.when.map((way) => (
              <li key={way}>{way}</li>
            ))}
          </ul>
        </>
      )}
      {together.length > 0 && (
        <p>
          Together with{" "}
          {list(
            together.map(({ roles }) =>
              list(roles.filter((other) => other !== id).map((other) => role(firm, product, other))),
            ),
          )}{" "}
          it may be allowed.
        </p>
      )}
      <dl class="where">
        <div>
          <dt>Rule</dt>
          <dd>
            <code>{row.action}</code>
          </dd>
        </div>
        <div>
          <dt>Line</dt>
          <dd>
            <code>{row.place}</code>
          </dd>
        </div>
      </dl>
      <p class="actions">
        {id !== "-" && !by && (
          <a class="button" href={to("people", undefined, { role: `${product}/${id}` })}>
            People with {title}
          </a>
        )}
        <a class="button" href={question("who", { product, action: row.action })}>
          Who may do this?
        </a>
      </p>
    </Side>
  );
}
