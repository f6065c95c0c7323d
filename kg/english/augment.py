"""Variants of annotated paragraphs that look like news: datelines, capitals, curly quotes, lost blanks, line breaks."""

from dataclasses import dataclass, replace
from random import Random

from kg.english.paragraphs import Paragraph, Word, has_names, has_tags, has_tree
from kg.english.words import words as listed

CITIES = tuple(tuple(city.split()) for city in listed("dateline_cities"))
AGENCIES = listed("agencies")
MONTHS = listed("dateline_months")


@dataclass(frozen=True, slots=True)
class Rates:
    """How often, from 0 to 1, a paragraph (or where it says so a word) is changed in each way."""

    dateline: float
    shout: float
    shout_names: float
    curly: float
    glued: float
    breaks: float
    lower: float
    title: float


def _dateline(random: Random, tree: bool, tags: bool, names: bool) -> list[Word]:
    """Return the words of a dateline head, whose root is its city; the caller hangs it under the sentence's root."""
    city = random.choice(CITIES)
    rows: list[tuple[str, bool, str, int, str, str]] = [
        (part, True, "PROPN", -i, "flat" if i else "parataxis", ("I" if i else "B") + "-LOC")
        for i, part in enumerate(city)
    ]
    if random.random() < 0.25:
        rows[-1] = (rows[-1][0], False, *rows[-1][2:])
        rows.append((",", True, "PUNCT", 1, "punct", "O"))
        rows.append((random.choice(MONTHS), True, "PROPN", -len(rows), "nmod:unmarked", "O"))
        rows.append((str(random.randint(1, 30)), True, "NUM", -1, "nummod", "O"))
    if random.random() < 0.5:
        agency = random.choice(AGENCIES)
        rows.append(("(", False, "PUNCT", 1, "punct", "O"))
        rows.append((agency, False, "PROPN", -len(rows), "parataxis", "B-ORG"))
        rows.append((")", True, "PUNCT", -1, "punct", "O"))
        rows.append((random.choice(("-", "—", "–")), True, "PUNCT", -len(rows), "punct", "O"))
    elif random.random() < 0.7:
        rows[-1] = (rows[-1][0], False, *rows[-1][2:])
        rows.append((":", True, "PUNCT", -len(rows), "punct", "O"))
    else:
        rows.append((random.choice(("-", "—", "–")), True, "PUNCT", -len(rows), "punct", "O"))
    features = {"PROPN": "Number=Sing", "NUM": "NumForm=Digit|NumType=Card"}
    return [
        Word(
            text=text,
            space=space,
            start=i == 0,
            pos=pos if tags else "",
            morph=features.get(pos, "") if tags else "",
            lemma=text if tree else "",
            head=head if tree else 0,
            dep=dep if tree else "",
            name=name if names else "",
        )
        for i, (text, space, pos, head, dep, name) in enumerate(rows)
    ]


def _with_dateline(paragraph: Paragraph, random: Random) -> Paragraph:
    """Return `paragraph` behind a dateline head."""
    tree = has_tree(paragraph)
    head = _dateline(random, tree, has_tags(paragraph), has_names(paragraph))
    if tree:
        root = next(i for i, word in enumerate(paragraph) if word.dep == "ROOT")
        head[0] = replace(head[0], head=len(head) + root)
    return (*head, replace(paragraph[0], start=False), *paragraph[1:])


def _curled(paragraph: Paragraph) -> Paragraph:
    """Return `paragraph` with curly quotes and apostrophes for straight ones."""
    words: list[Word] = []
    for i, word in enumerate(paragraph):
        text = word.text.replace("'", "’")
        if word.text == '"':
            opening = i == 0 or paragraph[i - 1].space or paragraph[i - 1].text == "("
            text = "“" if opening and not (word.space and i and not paragraph[i - 1].space) else "”"
        words.append(replace(word, text=text))
    return tuple(words)


def _straight(paragraph: Paragraph) -> Paragraph:
    """Return `paragraph` with straight quotes and apostrophes for curly ones."""
    table = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
    return tuple(replace(word, text=word.text.translate(table)) for word in paragraph)


def _titled(paragraph: Paragraph) -> Paragraph:
    """Return `paragraph` in Headline Case: every longer word capitalised."""
    return tuple(
        replace(word, text=word.text[:1].upper() + word.text[1:] if len(word.text) > 3 else word.text)
        for word in paragraph
    )


def _shout_names(paragraph: Paragraph, random: Random) -> Paragraph:
    """Return `paragraph` with some of its proper nouns and names in capitals."""
    return tuple(
        replace(word, text=word.text.upper())
        if (word.pos == "PROPN" or word.name not in {"", "O"}) and random.random() < 0.5
        else word
        for word in paragraph
    )


def _broken(paragraph: Paragraph, random: Random, rate: float) -> Paragraph:
    """Return `paragraph` with line breaks for some blanks between its sentences; a break hangs on the word before."""
    words: list[Word] = []
    shift: list[int] = []
    for i, word in enumerate(paragraph):
        ends = i + 1 == len(paragraph) or paragraph[i + 1].start
        shift.append(len(words))
        if ends and random.random() < rate:
            words.append(replace(word, space=False))
            text = "\n\n" if random.random() < 0.7 else "\n"
            words.append(
                Word(
                    text,
                    False,
                    pos="SPACE" if word.pos else "",
                    lemma=text if word.dep else "",
                    head=-1,
                    dep="dep" if word.dep else "",
                    name="O" if word.name else "",
                )
            )
        else:
            words.append(word)
    for i, word in enumerate(paragraph):
        if word.dep:
            words[shift[i]] = replace(words[shift[i]], head=shift[i + word.head] - shift[i])
    return tuple(words)


def _glued(paragraph: Paragraph, random: Random) -> Paragraph:
    """Return `paragraph` with the blank after some full stops lost, as in text scraped from pages."""
    return tuple(
        replace(word, space=False) if word.text == "." and random.random() < 0.5 else word for word in paragraph
    )


def _case(paragraph: Paragraph, random: Random, rates: Rates) -> Paragraph:
    """Return `paragraph` in capitals, in lower case, in Headline Case, or with its names in capitals, or as it is."""
    draw = random.random()
    if (draw := draw - rates.shout) < 0:
        return tuple(replace(word, text=word.text.upper()) for word in paragraph)
    if (draw := draw - rates.lower) < 0:
        return tuple(replace(word, text=word.text.lower()) for word in paragraph)
    if (draw := draw - rates.title) < 0:
        return _titled(paragraph)
    if draw - rates.shout_names < 0:
        return _shout_names(paragraph, random)
    return paragraph


def vary(paragraph: Paragraph, random: Random, rates: Rates) -> Paragraph:
    """Return one variant of `paragraph`, each change drawn from `random` at its rate."""
    varied = _case(paragraph, random, rates)
    if random.random() < rates.curly:
        varied = _curled(varied)
    elif random.random() < rates.curly:
        varied = _straight(varied)
    if random.random() < rates.dateline and sum(word.start for word in paragraph) >= 1 and len(paragraph) > 8:
        varied = _with_dateline(varied, random)
    if random.random() < rates.glued:
        varied = _glued(varied, random)
    return _broken(varied, random, rates.breaks)
