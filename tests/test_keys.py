"""What may be one act is found by a key, and what cannot be is not looked at."""

from datetime import date, timedelta
from itertools import combinations
from random import Random

from kg.identity.acts import compared, in_time, keys, sought
from kg.identity.clusters import ASK
from kg.identity.nodes import profile_id
from kg.identity.profiles import ActProfile
from kg.model import EventType, Role, Status


def _act(draw: Random, number: int) -> ActProfile:
    published = date(2019, 12, 1) + timedelta(days=draw.randrange(500))
    first = None if draw.random() < 0.3 else published - timedelta(days=draw.randrange(20))
    last = first + timedelta(days=draw.choice((0, 0, 30, 364))) if first else None
    states = tuple(sorted((Role.PARTY, code) for code in draw.sample("AM AZ BE BR CA".split(), draw.choice((2, 2, 3)))))
    name = draw.choice((None, "Logistics Support Agreement", "Visiting Forces Treaty"))
    items = draw.choice(((), (("Su-30MKI", 12),), (("T-90", None),)))
    return ActProfile(
        f"urn:act:{number}", str(number), EventType.AGREEMENT, Status.ACTUAL, "", published, first, last, states, (),
        (), name, None, items,
    )  # fmt: skip


def test_acts_that_may_be_one_share_a_key_in_both_directions() -> None:
    draw = Random(1)
    pairs = list(combinations([_act(draw, number) for number in range(250)], 2))
    alike = [pair for pair in pairs if (compared(*pair) or 0) >= ASK]
    assert len(alike) > 500
    for one, other in alike:
        assert sought(one) & keys(other), (one, other)
        assert sought(other) & keys(one), (one, other)


def test_an_id_rules_out_acts_of_other_days_and_none_that_may_be_one() -> None:
    draw = Random(3)
    acts = [_act(draw, number) for number in range(250)]
    ids = {profile_id(act): act for act in acts}
    ruled_out = [(one, ids[id]) for one in acts for id in ids.keys() - in_time(one, ids)]
    assert len(ruled_out) > 10_000
    assert not any(compared(one, other) for one, other in ruled_out)


def test_a_name_does_not_lead_from_two_states_to_others() -> None:
    draw = Random(2)
    pairs = combinations([_act(draw, number) for number in range(100)], 2)
    apart = [(one, other) for one, other in pairs if len({*one.states} & {*other.states}) < 2]
    assert len(apart) > 500
    assert not any(sought(one) & keys(other) for one, other in apart)
