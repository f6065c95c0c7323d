"""What is measured of a network, and what the measures are told in. Whoever only names them loads no networkx."""

from dataclasses import dataclass
from enum import StrEnum

MOST_NODES, MOST_EDGES = 1000, 10_000
"""The largest network that is measured at once: it takes about 3 s. An edge is two actors' in one year."""


class Measure(StrEnum):
    """What is measured of an actor, alone; directions count in degree, strength, betweenness, PageRank and roles.

    degree: how many others it is linked to (of a directed network, in plus out); strength: the sum of its weights;
    betweenness: its share of the shortest ways between others, each link being one step; eigenvector: how central its
    neighbours are; pagerank: how often a walk along weights stops there; clustering: the share of its neighbours that
    are linked; triangles: how many such pairs; community: the number of its group, 1 being the largest; the last five:
    how many pairs of others it stands between, by the blocs of the three.
    """

    DEGREE = "degree"
    STRENGTH = "strength"
    BETWEENNESS = "betweenness"
    EIGENVECTOR = "eigenvector"
    PAGERANK = "pagerank"
    CLUSTERING = "clustering"
    TRIANGLES = "triangles"
    COMMUNITY = "community"
    COORDINATOR = "coordinator"
    CONSULTANT = "consultant"
    GATEKEEPER = "gatekeeper"
    REPRESENTATIVE = "representative"
    LIAISON = "liaison"


ROLES = (Measure.COORDINATOR, Measure.CONSULTANT, Measure.GATEKEEPER, Measure.REPRESENTATIVE, Measure.LIAISON)
ALL = tuple(Measure)


@dataclass(frozen=True, slots=True)
class Actor:
    """A node and its measures; `bloc` is its bloc, or else its country or itself."""

    id: str
    label: str
    type: str
    bloc: str
    measures: dict[Measure, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A network as a whole.

    `density` is the share of possible links, `transitivity` the share of pairs with a common neighbour that are linked,
    `components` the parts that nothing links; `modularity` is that of the `communities`. `triads` are all groups of
    three by their links, as `nx.triadic_census` names them: of an undirected network 003, 102, 201 and 300 have none,
    one, two and three.
    """

    nodes: int
    links: int
    weight: int
    density: float
    transitivity: float
    components: int
    communities: int
    modularity: float
    triads: dict[str, int]


@dataclass(frozen=True, slots=True)
class Measured:
    """A network and its actors, those that have the most of the first measure first."""

    shape: Shape
    actors: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """What was measured of a year."""

    year: int
    measured: Measured


@dataclass(frozen=True, slots=True)
class Metrics:
    """What was measured of a projection, and of each of its years where that was asked for."""

    projection: str
    directed: bool
    whole: Measured
    years: tuple[Year, ...]
