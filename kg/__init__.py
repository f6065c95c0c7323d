"""Articles in, an RDF knowledge graph of defence-cooperation events out."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx

    from kg.answers.store import Store


def network(store: "Store | Path | str", projection: str = "actors", **filters: Any) -> "nx.MultiDiGraph[str]":
    """The store's events as a graph of networkx, with counts as `int` and days as `datetime.date`.

    `store` is open, a folder or an engine's address; `projection` one of `ontology/projections.toml`; `filters` are
    those of `kg.answers.views.EventFilter`: `kg.network("defcoop-store", "arms", countries="FR", since="2016-01-01")`.
    An undirected projection has each edge once: `to_undirected()` makes it such a graph.

    Raises:
        KgError: there is no such store, projection, filter or entity.
    """
    from kg.graphs.networks import network as made  # loads the whole of what lookups need

    return made(store, projection, filters)
