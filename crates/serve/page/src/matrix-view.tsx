// Who may do what, at a glance: people or roles against actions. Each cell leads to its why.
import { useAnswer } from "./answer";
import { type Firm, mainProduct, productOf } from "./firm";
import { Select, Show, Tabs, Title } from "./parts";
import { Legend, PeopleMatrix } from "./people-matrix";
import { RolesMatrix } from "./roles-matrix";
import { go, type Parameters, type Route, to } from "./route";

export function MatrixView({ firm, route }: { firm: Firm; route: Route }) {
  const by = route.about === "roles" ? "roles" : "people";
  const product = route.query.get("product") ?? mainProduct(firm);
  const address = (next: Parameters, about: string = by) => to("matrix", about, { product, ...next });
  return (
    <>
      <Title lead="Choose a cell to see the rule behind it.">Matrix</Title>
      <div class="filters">
        <Tabs
          label="Rows of the matrix"
          chosen={by}
          address={(value) => address({}, value)}
          choices={[
            { value: "people", label: "People" },
            { value: "roles", label: "Roles" },
          ]}
        />
        {firm.products.length > 1 && (
          <Select
            label="Product"
            value={product}
            choices={firm.products.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={(product) => go(address({ product }))}
          />
        )}
        {by === "people" && (
          <label class="field wide">
            <span>Find a person</span>
            <input
              type="search"
              value={route.query.get("find") ?? ""}
              placeholder="Name or id"
              onInput={(event) => go(address({ find: event.currentTarget.value }), "replace")}
            />
          </label>
        )}
      </div>
      <Legend />
      {!productOf(firm, product) && <p class="note">There is no product “{product}”. Choose one above.</p>}
      {productOf(firm, product) &&
        (by === "roles" ? (
          <Roles firm={firm} product={product} query={route.query} />
        ) : (
          <PeopleMatrix key={product} firm={firm} product={product} query={route.query} />
        ))}
    </>
  );
}

function Roles({ firm, product, query }: { firm: Firm; product: string; query: URLSearchParams }) {
  const answer = useAnswer({ ask: "matrix", product });
  return (
    <Show answer={answer}>
      {({ matrices }) =>
        matrices.map((matrix) => <RolesMatrix key={matrix.product} firm={firm} matrix={matrix} query={query} />)
      }
    </Show>
  );
}
