"""A second reader, learned from annotated articles, beside the rules of `kg.rules`.

Rules know the constructions that somebody wrote down. This reader weighs every word of an article: whether it tells of
an act and of which class (`triggers`), and for each actor and each kind of goods around it whether and in which role it
takes part (`roles`, `goods`), and whether the act happened (`statuses`). All four are logistic models over named
features (`linear`), fitted by `kg.learned.fit`; their weights ship in `weights.npz` and can be read one by one.
"""

from kg.learned.reader import read

__all__ = ["read"]
