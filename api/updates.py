"""Changes to the store by SPARQL Update and the Graph Store Protocol, in graphs that are not the store's own.

The store's own graphs are all those under its base (articles, curators' words, sources, identity, decisions, reference
data, ontology) and the one that says what kind of store this is: they follow from articles and decisions, and only
these change them. Which graphs an update touches is not read off its text, where a variable may name any: the update
is run on a copy of the store in memory, and what came out different is looked at and then done to the store, in one
transaction. That takes time and memory for the whole store with every update: 12 s and 0.45 GB for a million quads in
50,000 graphs. The Graph Store Protocol names its graph and needs no copy: 50,000 triples go in in 3 s.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

import pyoxigraph as ox
from starlette.exceptions import HTTPException

from api.evaluation import graphs
from kg.answers import sparql
from kg.answers.lexemes import using, without_silent_loads
from kg.answers.store import Store
from kg.errors import StoreError, UsageError

Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

PART = "urn:defcoop:change:"
"""Before the name of a function that gives a part of a quad."""

MOST_NAMED = 3
"""How many graphs a refusal names."""


@dataclass(frozen=True, slots=True)
class Change:
    """The quads to take out and to put in, and the graphs that there are to be, or not, even if they are empty."""

    gone: Sequence[ox.Quad] = ()
    added: Sequence[ox.Quad] = ()
    dropped: Sequence[Graph] = ()
    created: Sequence[Graph] = ()

    @property
    def touched(self) -> set[Graph]:
        """The graphs that it changes."""
        return {*(quad.graph_name for quad in (*self.gone, *self.added)), *self.dropped, *self.created}


def update(store: Store, text: str, base: str, default: Sequence[str], named: Sequence[str]) -> None:
    """Run an update; its patterns are matched in the graphs `default` and `named` where these are given.

    Raises:
        QueryError: it does not parse, it calls out, or it names its dataset twice.
        UsageError: an operation fails, such as the creation of a graph that exists.
        StoreError: the disk refuses.
        HTTPException: 403, it would change graphs of the store's own.
    """
    quiet = without_silent_loads(text)
    sparql.check_update(quiet, store.prefixes, base)
    graphs((*default, *named))
    whole = using(quiet, default, named)
    sparql.check_update(whole, store.prefixes, base)
    with store.writing:
        copy = ox.Store()
        copy.bulk_extend(store.embedded)
        for graph in store.embedded.named_graphs():
            copy.add_graph(graph)
        try:
            copy.update(whole, base_iri=base, prefixes=store.prefixes)
        except (RuntimeError, ValueError) as error:
            raise UsageError(f"SPARQL update: {error}; nothing was changed") from None
        change = _difference(store.embedded, copy)
        _apply(store, change)


def replace(store: Store, graph: Graph, triples: Iterable[ox.Triple] | None) -> None:
    """Put the triples in place of what the graph holds; `None` drops it.

    Raises:
        HTTPException: 403, the graph is the store's own.
    """
    with store.writing:
        old = set(store.embedded.quads_for_pattern(None, None, None, graph))
        new = {ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples or ()}
        kept = [graph] if not isinstance(graph, ox.DefaultGraph) else []
        dropped, created = ([], kept) if triples is not None else (kept, [])
        _apply(store, Change([*(old - new)], [*(new - old)], dropped, created))


def extend(store: Store, graph: Graph, triples: Iterable[ox.Triple]) -> None:
    """Put the triples into the graph beside what it holds; as for `replace`."""
    with store.writing:
        new = [ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples]
        _apply(store, Change(added=new, created=[] if isinstance(graph, ox.DefaultGraph) else [graph]))


def _difference(before: ox.Store, after: ox.Store) -> Change:
    old, new = set(before.named_graphs()), set(after.named_graphs())
    return Change(
        [quad for quad in before if quad not in after],
        [quad for quad in after if quad not in before],
        [*(old - new)],
        [*(new - old)],
    )


def _apply(store: Store, change: Change) -> None:
    """Do the change to the store at once, and let the lookups know."""
    own = sorted(str(graph) for graph in change.touched if store.owns(graph))
    if own:
        named = ", ".join(own[:MOST_NAMED]) + (f" and {len(own) - MOST_NAMED} more" if len(own) > MOST_NAMED else "")
        raise HTTPException(
            HTTPStatus.FORBIDDEN,
            f"{named}: the graphs of articles, sources, identity, decisions, curators, reference data and ontology are "
            "the store's own and follow from articles and decisions; nothing was changed: name a graph that is not "
            f"under {store.base}",
        )
    quads = [*change.gone, *change.added]
    operations = [
        *_operations("DELETE", quads, range(len(change.gone))),
        *_operations("INSERT", quads, range(len(change.gone), len(quads))),
        *(f"DROP SILENT GRAPH {graph}" for graph in change.dropped if isinstance(graph, ox.NamedNode)),
        *(f"CREATE SILENT GRAPH {graph}" for graph in change.created if isinstance(graph, ox.NamedNode)),
    ]
    if not operations:
        return
    try:
        store.embedded.update(" ;\n".join(operations), custom_functions=_parts(quads))
    except OSError as error:
        remedy = "free space, restart the server, and send it again"
        raise StoreError(f"{store.path}: nothing was written: {error}; {remedy}") from error
    store.touch()


def _operations(verb: str, quads: Sequence[ox.Quad], numbers: Iterable[int]) -> Iterator[str]:
    """The operations on the quads of these numbers; their terms come from `_parts`, so blank nodes stay themselves."""
    named: defaultdict[bool, list[str]] = defaultdict(list)
    for number in numbers:
        named[not isinstance(quads[number].graph_name, ox.DefaultGraph)].append(str(number))
    for is_named, chosen in sorted(named.items()):
        template = "GRAPH ?g { ?s ?p ?o }" if is_named else "?s ?p ?o"
        binds = " ".join(f"BIND(<{PART}{part}>(?n) AS ?{part})" for part in ("gspo" if is_named else "spo"))
        yield f"{verb} {{ {template} }} WHERE {{ VALUES ?n {{ {' '.join(chosen)} }} {binds} }}"


def _parts(quads: Sequence[ox.Quad]) -> dict[ox.NamedNode, Callable[[Term], Term | None]]:
    """Functions for an update that give the parts of a quad by its number."""

    def graph(number: Term) -> Term | None:
        name = quads[_number(number)].graph_name
        return None if isinstance(name, ox.DefaultGraph) else name

    return {
        ox.NamedNode(f"{PART}g"): graph,
        ox.NamedNode(f"{PART}s"): lambda number: quads[_number(number)].subject,
        ox.NamedNode(f"{PART}p"): lambda number: quads[_number(number)].predicate,
        ox.NamedNode(f"{PART}o"): lambda number: quads[_number(number)].object,
    }


def _number(number: Term) -> int:
    assert isinstance(number, ox.Literal)
    return int(number.value)
