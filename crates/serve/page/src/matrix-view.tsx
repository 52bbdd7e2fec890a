// Who may do what, at a glance: people or roles against actions. Each cell leads to its why.
import { useAnswer } from "./answer";
import { type Firm, mainProduct, productOf } from "./firm";
import { Legend } from "./grid";
import { Select, Show, Tabs, Title } from "./parts";
import { PeopleMatrix } from "./people-matrix";
import { columnChoices, RolesMatrix } from "./roles-matrix";
import { go, type Parameters, type Route, to } from "./route";
import { ThingMatrix } from "./thing-matrix";

export function MatrixView({ firm, route }: { firm: Firm; route: Route }) {
  const by = ["roles", "things"].find((rows) => rows === route.about) ?? "people";
  const product = route.query.get("product") ?? mainProduct(firm);
  const hasThings = productOf(firm, product)?.things.length;
  const thing = route.query.get("thing") ?? "";
  const columns = columnChoices(firm, product);
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
            ...(hasThings ? [{ value: "things", label: "On a thing" }] : []),
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
        {by === "roles" && columns.length > 0 && (
          <Select
            label="Columns"
            none="Roles"
            value={route.query.get("by") ?? ""}
            choices={columns}
            onChange={(by) => go(address({ by: by || undefined }))}
          />
        )}
        {by !== "roles" && (
          <label class="field wide">
            <span>Find a person</span>
            <input
              type="search"
              value={route.query.get("find") ?? ""}
              placeholder="Name or id"
              onInput={(event) => go(address({ thing, find: event.currentTarget.value }), "replace")}
            />
          </label>
        )}
      </div>
      <Legend />
      {!productOf(firm, product) && <p class="note">There is no product “{product}”. Choose one above.</p>}
      {productOf(firm, product) && <Rows key={product} by={by} firm={firm} product={product} query={route.query} />}
    </>
  );
}

function Rows({ by, ...props }: { by: string; firm: Firm; product: string; query: URLSearchParams }) {
  if (by === "roles") return <Roles {...props} />;
  return by === "things" ? <ThingMatrix {...props} /> : <PeopleMatrix {...props} />;
}

function Roles({ firm, product, query }: { firm: Firm; product: string; query: URLSearchParams }) {
  const by = query.get("by");
  const answer = useAnswer({ ask: "matrix", product, ...(by && { by }) });
  return (
    <Show answer={answer}>
      {({ matrices }) =>
        matrices.map((matrix) => <RolesMatrix key={matrix.product} firm={firm} matrix={matrix} query={query} />)
      }
    </Show>
  );
}
