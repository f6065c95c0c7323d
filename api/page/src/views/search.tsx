import { answer, literal, view } from "../addresses";
import { Loaded, Nothing, useAnswer } from "../loading";
import { EntityLink, Forms, Heading } from "../parts";
import type { Matches } from "../types";

const TYPES = ["State", "Organization", "Person", "Post", "Place", "Equipment"];

/** What a search found: `#/search?q=rafale&type=Equipment`. */
export default function SearchView(props: { params: URLSearchParams }) {
  const q = props.params.get("q") ?? "";
  const type = props.params.get("type") ?? "";
  return (
    <>
      <Heading kind="Search" title={`${q} · search`}>
        {q || "Search"}
      </Heading>
      <nav class="choice" aria-label="Kind of entity">
        {["", ...TYPES].map((one) => (
          <a key={one} href={view("search", [], { q, type: one })} aria-current={one === type ? "true" : undefined}>
            {one || "All"}
          </a>
        ))}
      </nav>
      {q ? <Found q={q} type={type} /> : <Nothing>Type a name, a code or an id in the field above.</Nothing>}
    </>
  );
}

function Found(props: { q: string; type: string }) {
  const asked = { q: props.q, type: props.type, limit: 100 };
  const matches = useAnswer<Matches>(answer("entities", asked));
  return (
    <Loaded of={matches} what="what was found">
      {({ items }) =>
        items.length === 0 ? (
          <Nothing>
            Nothing goes by “{props.q}”. Try another spelling, a code such as PK, or all kinds of entities.
          </Nothing>
        ) : (
          <>
            <Forms
              csv={answer("entities.csv", asked)}
              jsonld={answer("entities.jsonld", asked)}
              gexf={{ actor: items[0]?.node.id }}
              about={`The graph around ${items[0]?.node.label}`}
              query={view("query", [], { query: naming(props.q) })}
            />
            <div class="scroll">
              <table>
                <caption class="hidden">What was found, the best first</caption>
                <thead>
                  <tr>
                    <th scope="col">Name</th>
                    <th scope="col">Found as</th>
                    <th scope="col">Kind</th>
                    <th scope="col">Id</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((match) => (
                    <tr key={match.node.id}>
                      <th scope="row">
                        <EntityLink node={match.node} />
                      </th>
                      <td>{match.name === match.node.label ? "" : match.name}</td>
                      <td>{match.node.type}</td>
                      <td>
                        <code>{match.node.id}</code>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )
      }
    </Loaded>
  );
}

function naming(q: string): string {
  return `SELECT DISTINCT ?entity ?name WHERE {
  ?entity skos:prefLabel|skos:altLabel ?name .
  FILTER (CONTAINS(LCASE(?name), ${literal(q.toLowerCase())}))
}
ORDER BY ?name
LIMIT 100
`;
}
