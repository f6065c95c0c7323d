"""How well the reports of several articles are linked: `python -m kg.evaluation.identity DIR... [--errors] [--read]`.

A folder holds `articles/` and `gold/`, annotations in which every event has an `act`, and persons and organisations
have an `actor`: what has one such id is one thing. The ids hold within a folder, so each folder has a store of its own.
The measure is B-cubed (Bagga and Baldwin 1998): for each mention, how much of its node is the same thing, and how much
of the thing is in its node; precision and recall are the means over all mentions.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import NamedNode

from kg.annotations import Json
from kg.answers.opening import in_memory
from kg.errors import ArticleError, KgError
from kg.evaluation import compare, golds
from kg.evaluation.aliases import Aliases
from kg.evaluation.arguments import actor_argument
from kg.evaluation.likeness import credit
from kg.evaluation.pairing import best_pairs
from kg.model import Article, Event, Extraction, Organization, Person, Role, Status
from kg.rdf.iris import DEFAULT_BASE, event_iris, organization_report_iri, person_report_iri
from kg.rdf.labels import event_label
from kg.rdf.references import actors, known
from kg.reading import articles

Named = Person | Organization
Reader = Callable[[Iterable[Article]], Iterable[Extraction]]
"""What extracts articles, such as `kg.extraction.Extractor().extract_all`."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one article says, and the gold ids of its reports, as far as they have one."""

    said: Extraction
    ids: tuple[tuple[NamedNode, str], ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """One article's report of an act or actor: the id that people gave the thing, and its node in the store."""

    folder: Path
    article: Article
    what: Event | Named
    gold: str
    node: NamedNode

    def __str__(self) -> str:
        """The mention for people."""
        return f"{self.gold}: {label(self.what)} [{self.article.id}, {self.article.date}]"


@dataclass(frozen=True, slots=True)
class Linking:
    """B-cubed precision, recall and F1 in four decimals, the counts, and the pairs wrongly joined and kept apart."""

    precision: float
    recall: float
    f1: float
    mentions: int
    things: int
    nodes: int
    joined: int
    apart: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Two mentions wrongly in one node, or else wrongly in two; `pairs` counts all that are wrong in the same way."""

    joined: bool
    pairs: int
    one: Mention
    other: Mention


@dataclass(frozen=True, slots=True)
class Links:
    """The mentions that can be judged, out of so many that the annotation has."""

    mentions: tuple[Mention, ...]
    annotated: int

    @property
    def figures(self) -> Linking:
        """How well they are linked."""
        return b_cubed(((one.folder, one.gold), (one.folder, one.node)) for one in self.mentions)

    @property
    def faults(self) -> list[Fault]:
        """What is wrong: first what is joined, and the most pairs; one mention on either side stands for the others."""
        cells: defaultdict[tuple[Path, str, NamedNode], list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            cells[mention.folder, mention.gold, mention.node].append(mention)
        sides = ((one[0], other[0], len(one) * len(other)) for one, other in combinations(cells.values(), 2))
        found = [
            Fault(one.node == other.node, pairs, one, other)
            for one, other, pairs in sides
            if one.folder == other.folder and (one.gold == other.gold) != (one.node == other.node)
        ]
        return sorted(found, key=lambda fault: (not fault.joined, -fault.pairs, str(fault.one), str(fault.other)))


@dataclass(frozen=True, slots=True)
class Measure:
    """The linking of the acts, and of the persons together with the organisations that the reference data lack."""

    articles: int
    acts: Links
    actors: Links


def b_cubed(mentions: Iterable[tuple[Hashable, Hashable]]) -> Linking:
    """The measure of mentions, each by its thing and its node; 0 without any.

    >>> figures = b_cubed([("a", 1), ("a", 1), ("b", 1), ("b", 2)])
    >>> figures.precision, figures.recall, figures.joined, figures.apart
    (0.6667, 0.75, 2, 1)
    """
    cells = Counter(mentions)
    things, nodes = Counter[Hashable](), Counter[Hashable]()
    for (thing, node), count in cells.items():
        things[thing] += count
        nodes[node] += count
    total = cells.total()
    precision = sum(count * count / nodes[node] for (_, node), count in cells.items()) / max(total, 1)
    recall = sum(count * count / things[thing] for (thing, _), count in cells.items()) / max(total, 1)
    f1 = 2 * precision * recall / (precision + recall) if total else 0.0
    right, same, together = (sum(comb(count, 2) for count in one.values()) for one in (cells, things, nodes))
    return Linking(
        *(round(precision, 4), round(recall, 4), round(f1, 4)),
        *(total, len(things), len(nodes)),
        joined=together - right,
        apart=same - right,
    )


def measured(folders: Sequence[Path], reader: Reader | None = None) -> Measure:
    """How well the annotated reports of these folders are linked, or with a `reader` those that it finds among them.

    Raises:
        KgError: a folder lacks its parts, or an article or annotation cannot be read.
    """
    counts: Counter[bool] = Counter()
    found: list[Mention] = []
    read = 0
    for folder in folders:
        gold = tuple(annotated(folder))
        read += len(gold)
        counts.update(isinstance(reports(one.said)[iri], Event) for one in gold for iri, _ in one.ids)
        found += mentions(folder, gold if reader is None else read_instead(gold, reader))
    acts = tuple(one for one in found if isinstance(one.what, Event))
    others = tuple(one for one in found if not isinstance(one.what, Event))
    return Measure(read, Links(acts, counts[True]), Links(others, counts[False]))


def annotated(folder: Path) -> Iterator[Told]:
    """The annotated articles of a folder."""
    texts = []
    for article in articles.read([folder / "articles"]):
        if isinstance(article, ArticleError):
            raise article
        texts.append(article)
    files = golds.annotation_files(folder / "gold")
    for path, said in zip(files, golds.read(files, texts), strict=True):
        there = reports(said)
        given = _given(json.loads(path.read_text(encoding="utf-8")), said)
        yield Told(said, tuple((iri, id) for iri, id in dict.fromkeys(given) if id and iri in there))


def _given(gold: Json, said: Extraction) -> Iterator[tuple[NamedNode, str | None]]:
    """Each report that the annotation has, with its gold id."""
    for iri, event in zip(event_iris(DEFAULT_BASE, said), gold["events"], strict=True):
        yield iri, event.get("act")
        for filler in (filler for given in event["roles"].values() for filler in given):
            if isinstance(filler, dict) and "org" in filler:
                yield report(said, Organization(filler["org"], filler.get("state"))), filler.get("actor")
    for person, entry in zip(said.people, gold.get("people", ()), strict=True):
        yield report(said, person), entry.get("actor")


def reports(extraction: Extraction) -> dict[NamedNode, Event | Named]:
    """All that the article presents: its acts, persons, and the organisations that the reference data lack."""
    found: dict[NamedNode, Event | Named] = {}
    for actor in actors(extraction):
        if isinstance(actor, Person) or (isinstance(actor, Organization) and known(actor) is None):
            found.setdefault(report(extraction, actor), actor)
    return found | dict(zip(event_iris(DEFAULT_BASE, extraction), extraction.events, strict=True))


def report(extraction: Extraction, named: Named) -> NamedNode:
    """The report of a person or an organisation in the article."""
    if isinstance(named, Person):
        return person_report_iri(DEFAULT_BASE, extraction.article.id, named)
    return organization_report_iri(DEFAULT_BASE, extraction.article.id, named)


def read_instead(gold: Sequence[Told], reader: Reader) -> list[Told]:
    """What the reader finds in the articles, with the gold ids of the acts and actors that it stands for."""
    read = reader(one.said.article for one in gold)
    return [Told(found, tuple(_aligned(one, found))) for one, found in zip(gold, read, strict=True)]


def _aligned(gold: Told, found: Extraction) -> Iterator[tuple[NamedNode, str]]:
    wanted, there = reports(gold.said), reports(found)
    iris = {id(what): iri for iri, what in there.items()}
    matches = dict(zip(event_iris(DEFAULT_BASE, gold.said), compare(gold.said, found).matches, strict=False))
    for iri, act in gold.ids:
        if (match := matches.get(iri)) and match.found:
            yield iris[id(match.found.event)], act
    names, left = Aliases(found), [(iri, what) for iri, what in there.items() if not isinstance(what, Event)]
    named = [(wanted[iri], actor) for iri, actor in gold.ids]
    weights = {
        (i, j): likeness(one, other, names)
        for i, (one, _) in enumerate(named)
        for j, (_, other) in enumerate(left)
        if not isinstance(one, Event)
    }
    for i, j in best_pairs(weights, all_that_go=True):
        yield left[j][0], named[i][1]


def likeness(gold: Named, found: Named, names: Aliases) -> float:
    """How well one actor stands for another: 0 where the names are not of one, 1 where they are, up to 3 if alike."""
    meant, other = actor_argument(Role.PARTY, gold, Aliases()), actor_argument(Role.PARTY, found, names)
    return credit(meant, other) * (1.0 + (gold.name == found.name) + (gold.state == found.state))


def mentions(folder: Path, told: Sequence[Told]) -> Iterator[Mention]:
    """The reports with gold ids in these articles, once all the articles have been put in one store."""
    with in_memory() as store:
        for one in told:
            store.put(one.said, (folder / "articles" / one.said.article.id).as_posix())
        for one in told:
            there = reports(one.said)
            for iri, gold in one.ids:
                node = store.register.current(iri)
                assert node is not None, iri
                yield Mention(folder, one.said.article, there[iri], gold, node)


def label(what: Event | Named) -> str:
    """The act or actor for people, with what may tell it from others."""
    match what:
        case Event():
            status = None if what.status is Status.ACTUAL else what.status.lower()
            parts = [event_label(what), what.place.name if what.place else None, status]
        case Person():
            parts = [what.name, *(post.name for post in what.posts), what.state]
        case Organization():
            parts = [what.name, what.state]
    return ", ".join(filter(None, parts))


def main(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR", help="Folders with articles/ and gold/.")],
    errors: Annotated[bool, typer.Option("--errors", help="List what is wrongly joined and kept apart.")] = False,
    read: Annotated[bool, typer.Option("--read", help="Extract the articles instead of taking the gold.")] = False,
) -> None:
    """Measure how well the reports of annotated articles are linked to acts and actors."""
    from kg.cli.output import line, table  # not above: measuring stands before the command line
    from kg.extraction import Extractor  # loads the language pipeline's libraries

    try:
        measure = measured(folders, Extractor().extract_all if read else None)
    except KgError as error:
        typer.echo(f"kg: {error}", err=True)
        raise typer.Exit(error.exit_status) from None
    line(f"{measure.articles} articles{', read by kg' if read else ''}; joined and apart: pairs that wrongly are so")
    both = (("acts", measure.acts), ("actors", measure.actors))
    counts = ("annotated", "aligned" if read else "mentions", "things", "nodes", "joined", "apart")
    table(("", "precision", "recall", "F1", *counts), [row(name, links) for name, links in both])
    for name, links in both if errors else ():
        for fault in links.faults:
            wrong = "joined" if fault.joined else "kept apart"
            line("")
            line(f"{name} wrongly {wrong}, pairs: {fault.pairs}")
            line(str(fault.one))
            line(str(fault.other))


def row(name: str, links: Links) -> tuple[str, ...]:
    """A row of the table."""
    one = links.figures
    shares = (f"{share:.3f}" for share in (one.precision, one.recall, one.f1))
    return name, *shares, *map(str, (links.annotated, one.mentions, one.things, one.nodes, one.joined, one.apart))


if __name__ == "__main__":
    typer.run(main)
