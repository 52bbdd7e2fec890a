// Roles against actions: what each role alone lets its holder do.
import type { Firm } from "./firm";
import { question, Side } from "./parts";
import type { Cell, Matrix, MatrixRow } from "./protocol";
import { go, to } from "./route";
import { list, role } from "./words";

const marks: Record<Cell["decision"], { mark: string; tone: string; words: string }> = {
  allow: { mark: "●", tone: "yes", words: "may" },
  deny: { mark: "·", tone: "no", words: "may not" },
  depends: { mark: "◐", tone: "part", words: "it depends" },
};

export function RolesMatrix({ firm, matrix, query }: { firm: Firm; matrix: Matrix; query: URLSearchParams }) {
  const { product, roles, groups } = matrix;
  const chosen = { role: query.get("role"), action: query.get("action") };
  const rows = groups.flatMap(({ rows }) => rows);
  const row = rows.find(({ action }) => action === chosen.action);
  const close = () => {
    const cell = document.querySelector<HTMLElement>('.roles a[aria-current="true"]');
    go(to("matrix", "roles", { product }));
    cell?.focus();
  };
  return (
    <div class="beside">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached with the keyboard */}
      <section class="roles" tabIndex={0} aria-label="Actions by role">
        <table>
          <thead>
            <tr>
              <th scope="col">Action</th>
              {roles.map((id) => (
                <th key={id} scope="col" class="role">
                  {role(firm, product, id)}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map(({ group, rows }) => (
            <tbody key={group}>
              <tr class="group">
                <th scope="rowgroup" colSpan={roles.length + 1}>
                  {group}
                </th>
              </tr>
              {rows.map((row) => (
                <tr key={row.action}>
                  <th scope="row">{row.title}</th>
                  {row.cells.map((cell, index) => {
                    const id = roles[index] ?? "";
                    const { mark, tone, words } = marks[cell.decision];
                    return (
                      <td key={id} class={tone}>
                        <a
                          href={to("matrix", "roles", { product, role: id, action: row.action })}
                          aria-label={`${row.title}, ${role(firm, product, id)}: ${words}`}
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
      </section>
      {row && chosen.role !== null && <Why firm={firm} matrix={matrix} row={row} id={chosen.role} close={close} />}
    </div>
  );
}

function Why(props: { firm: Firm; matrix: Matrix; row: MatrixRow; id: string; close: () => void }) {
  const { firm, matrix, row, id, close } = props;
  const { product } = matrix;
  const cell = row.cells[matrix.roles.indexOf(id)];
  const together = row.together.filter(({ roles }) => roles.includes(id));
  return (
    <Side title={role(firm, product, id)} about={row.title} close={close}>
      <p class="verdict-line">
        {cell?.decision === "allow" &&
          `Whoever ${id === "-" ? "has a seat" : `holds ${role(firm, product, id)}`} may do it.`}
        {cell?.decision === "deny" && `${id === "-" ? "A seat" : role(firm, product, id)} alone is not enough.`}
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
        {id !== "-" && (
          <a class="button" href={to("people", undefined, { role: `${product}/${id}` })}>
            People with {role(firm, product, id)}
          </a>
        )}
        <a class="button" href={question("who", { product, action: row.action })}>
          Who may do this?
        </a>
      </p>
    </Side>
  );
}
