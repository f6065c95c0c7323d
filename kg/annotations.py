"""Annotations as JSON, and what they say as extractions: the format in which people mark up events.

One object holds one article: `{"id": ..., "events": [...], "people": [...]}`. An event has `type`, `status`, `date`,
`place`, `name`, `roles` (role to fillers) and `evidence`; a filler is a state's code, or an object with `org`, `person`
or `item`.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from kg.edtf import bounds
from kg.errors import ArticleError, KgError
from kg.model import (
    Actor,
    Article,
    Event,
    EventType,
    Evidence,
    Extraction,
    Item,
    Organization,
    Participation,
    Person,
    Place,
    Post,
    Role,
    State,
    Status,
)

Json: TypeAlias = dict[str, Any]
ANNOTATOR = "annotation"
"""The extractor of events that a person marked up."""

VALUE = re.compile(r"([A-Z]{3}) (\d[\d,]*(?:\.\d+)?)(?: (thousand|million|billion|trillion))?")
SCALE: dict[str | None, int] = {
    None: 1,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
"""What a word after a number multiplies it by, in rising order."""


def read(path: Path, article: Article) -> Extraction:
    """What the annotation file says of the article; evidence is located in its text, whatever the line breaks.

    Raises:
        ArticleError: the file is no annotation, is of another article, or quotes what the article does not say.
    """
    try:
        annotation = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArticleError(f"{path}: cannot be read as JSON ({error}); give an annotation file in UTF-8") from error
    try:
        return parsed(annotation, article)
    except KgError as error:
        raise ArticleError(f"{path}: {error}") from error


def parsed(annotation: Json, article: Article) -> Extraction:
    """What an annotation says of the article.

    Raises:
        KgError: a field is missing or wrong; the message names the event or person by its number, from 0.
    """
    with blamed("the annotation"):
        if annotation["id"] != article.id:
            raise ArticleError(f"is of article {annotation['id']!r}, not {article.id!r}; give the file of that article")
        officials, acts = annotation.get("people", []), annotation["events"]
    people, events = [], []
    for count, official in enumerate(officials):
        with blamed(f"person {count}"):
            people.append(read_official(official))
    named = {person.name: person for person in people}
    for count, event in enumerate(acts):
        with blamed(f"event {count}"):
            events.append(read_event(event, article, named))
    return Extraction(article, tuple(events), tuple(people))


@contextmanager
def blamed(place: str) -> Iterator[None]:
    """Turns whatever a wrong field brings about into an error that names the place."""
    try:
        yield
    except KgError as error:
        raise ArticleError(f"{place}: {error}") from error
    except KeyError as error:
        raise ArticleError(f"{place}: field {error} is missing; add it") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise ArticleError(f"{place}: {error}; write the field as the annotation format has it") from error


def read_official(official: Json) -> Person:
    """A person of the list `people`."""
    state = official.get("state")
    posts = (Post(official["position"], state),) if official.get("position") else ()
    return Person(official["name"], state, posts=posts)


def read_event(event: Json, article: Article, named: dict[str, Person]) -> Event:
    """An event with its evidence; `named` are the persons of the article's list."""
    fillers = [(role, filler) for role, given in event["roles"].items() for filler in given]
    if event.get("date"):
        bounds(event["date"])
    return Event(
        type=EventType(event["type"]),
        evidence=(locate(event["evidence"], article.text),),
        participations=tuple(
            Participation(Role(role), read_actor(filler, named)) for role, filler in fillers if role != "item"
        ),
        status=Status(event.get("status", "actual").capitalize()),
        when=event.get("date") or None,
        place=Place(event["place"]) if event.get("place") else None,
        name=event.get("name") or None,
        items=tuple(read_item(filler) for role, filler in fillers if role == "item"),
        confidence=1.0,
    )


def read_actor(filler: str | Json, named: dict[str, Person]) -> Actor:
    """The filler of a role: a state, an organisation, or a person, from the article's list where that has the name."""
    if isinstance(filler, str):
        return State(filler)
    if "org" in filler:
        return Organization(filler["org"], filler.get("state"))
    return named.get(filler["person"]) or Person(filler["person"], filler.get("state"))


def read_item(filler: Json) -> Item:
    """An item; its value is split into amount and currency where it is as plain as "USD 500 million"."""
    text = filler.get("value")
    plain = VALUE.fullmatch(text) if text else None
    amount = Decimal(plain[2].replace(",", "")) * SCALE[plain[3]] if plain else None
    quantity = filler.get("quantity")
    return Item(filler["item"], None if quantity is None else int(quantity), amount, plain[1] if plain else None, text)


def locate(cited: str, text: str) -> Evidence:
    """The quotation in the text; the blanks in it stand for any blanks and line breaks."""
    match = re.search(r"\s+".join(re.escape(word) for word in cited.split()), text)
    if not cited.split() or match is None:
        raise ArticleError(f'evidence "{cited}" is not in the article; quote it exactly')
    return Evidence(match.start(), match.end(), match.group(), ANNOTATOR, 1.0)


def write(*extractions: Extraction) -> str:
    """One extraction as an annotation object, several as a list of them, in their order; ends with a line break."""
    found = [annotation(extraction) for extraction in extractions]
    return json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, indent=1) + "\n"


def write_folder(extractions: Iterable[Extraction], folder: Path) -> tuple[Path, ...]:
    """Writes one file for each article, as annotators and scorers keep them; the files, named by the articles' ids."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for extraction in extractions:
        path = folder / f"{quote(extraction.article.id, safe=' ')}.json"
        path.write_text(write(extraction), encoding="utf-8", newline="\n")
        paths.append(path)
    return tuple(paths)


def annotation(extraction: Extraction) -> Json:
    """The extraction as an annotation object. Ranks, alternative names and confidences have no place in it."""
    return {
        "id": extraction.article.id,
        "events": [write_event(event) for event in extraction.events],
        "people": [write_official(person) for person in extraction.people],
    }


def write_official(person: Person) -> Json:
    """A person with the first of the posts."""
    return {"name": person.name, "position": person.posts[0].name if person.posts else None, "state": person.state}


def write_event(event: Event) -> Json:
    """An event with its first evidence."""
    roles: dict[str, list[str | Json]] = {}
    for one in event.participations:
        roles.setdefault(one.role, []).append(write_actor(one.actor))
    if event.items:
        roles["item"] = [write_item(item) for item in event.items]
    return {
        "type": event.type.value,
        "status": event.status.lower(),
        "date": event.when,
        "place": event.place.name if event.place else None,
        "name": event.name,
        "roles": roles,
        "evidence": min(event.evidence, key=lambda evidence: (evidence.start, evidence.end)).exact,
    }


def write_actor(actor: Actor) -> str | Json:
    """The filler for an actor."""
    match actor:
        case State(code):
            return code
        case Organization():
            return stated({"org": actor.name, "state": actor.state})
        case Person():
            return stated({"person": actor.name, "state": actor.state})


def write_item(item: Item) -> Json:
    """The filler for an item."""
    return stated({"item": item.equipment, "quantity": item.quantity, "value": written_value(item)})


def written_value(item: Item) -> str | None:
    """The value as annotators write it, "USD 4.75 billion", or in the article's words where the amount is not known.

    >>> written_value(Item("tanks", amount=Decimal(4_750_000_000), currency="USD", value_text="$4.75 billion"))
    'USD 4.75 billion'
    """
    if item.amount is None or item.currency is None or (item.value_text and VALUE.fullmatch(item.value_text)):
        return item.value_text
    word, scale = [one for one in SCALE.items() if one[1] == 1 or one[1] <= item.amount][-1]
    scaled = f"{item.amount / scale:,f}"
    number = scaled.rstrip("0").rstrip(".") if "." in scaled else scaled
    return " ".join([item.currency, number, *([word] if word else [])])


def stated(fields: Json) -> Json:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value is not None}
