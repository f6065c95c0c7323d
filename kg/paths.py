"""How the words of one sentence hang together in its tree: how far apart they are, and by what way."""

from spacy.tokens import Token

from kg.clauses import is_verb


def governors(token: Token) -> list[Token]:
    """The token and the words above it in its sentence, nearest first."""
    chain = [token]
    while chain[-1].head != chain[-1]:
        chain.append(chain[-1].head)
    return chain


def distance(trigger: Token, token: Token) -> int:
    """Steps in the tree from `trigger` to `token`; going down into another finite clause costs three more."""
    up = {ancestor.i: steps for steps, ancestor in enumerate(governors(trigger))}
    steps = 0
    while token.i not in up:
        if token.dep_.partition(":")[0] in {"acl", "advcl", "parataxis", "ccomp"} or (
            token.dep_ == "conj" and is_verb(token)
        ):
            steps += 3
        steps += 1
        if token.head == token:
            return 50
        token = token.head
    return steps + up[token.i]


def path(start: Token, end: Token) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The relations passed going up from `start` and those passed going down to `end`; `None` between two trees."""
    above = governors(start)
    positions = {token.i: steps for steps, token in enumerate(above)}
    below = governors(end)
    meeting = next((steps for steps, token in enumerate(below) if token.i in positions), None)
    if meeting is None:
        return None
    up = above[: positions[below[meeting].i]]
    return tuple(token.dep_ for token in up), tuple(token.dep_ for token in reversed(below[:meeting]))
