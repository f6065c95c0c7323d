"""What sentences say of an act: that it happened, is planned, was proposed or came to nothing."""

from collections import Counter
from functools import cache

import pytest
from spacy.tokens import Doc

from kg import english
from kg.acts.status import status_of
from kg.model import Status

SENTENCES = """
Actual    | visited | The Danish admiral visited Oslo.
Actual    | signed | Peru and Chile signed a pact on mines.
Actual    | signed | The pact has been signed in Lima.
Actual    | delivered | Three patrol boats were delivered to Fiji in May.
Actual    | talks | The ministers held talks in Accra.
Actual    | talks | On Sunday talks were held in Accra.
Actual    | visiting | The frigate is visiting Cape Town.
Actual    | exercise | The two navies conducted an exercise off Dakar.
Actual    | exercise | The exercise began on Monday.
Actual    | exercise | Both armies are taking part in the exercise.
Actual    | sent | The ministry said that it had sent forty soldiers to Haiti.
Actual    | bought | Kenya bought six helicopters from Italy.
Actual    | visit | The general paid a visit to Rabat.
Actual    | meeting | The meeting took place in Tunis.
Actual    | trained | Officers from Togo were trained in France.
Actual    | deployed | About 300 Irish soldiers are deployed in Lebanon.
Actual    | donated | The embassy confirmed that trucks had been donated to Latvia.
Actual    | exercise | After weeks of rain, the exercise was held near Riga.
Actual    | withdrew | Chad withdrew its soldiers from Mali.
Actual    | agreement | Bulgaria ratified the agreement last year.
Planned   | visit | The Danish admiral will visit Oslo in June.
Planned   | visit | The Danish admiral is to visit Oslo in June.
Planned   | hold | India and Oman to hold naval drills
Planned   | buy | Peru plans to buy eight jets.
Planned   | buy | Peru agreed to buy eight jets from Sweden.
Planned   | send | Kenya has decided to send soldiers to Haiti.
Planned   | deploy | Canada pledged to deploy a frigate.
Planned   | sign | The ministers are expected to sign a pact.
Planned   | delivery | The delivery of two ships is due next year.
Planned   | sell | The president promised to sell tanks to Kuwait.
Planned   | visit | The visit is scheduled for March.
Planned   | visit | The minister announced a visit to Quito.
Planned   | talks | The next talks are in Warsaw.
Planned   | exercise | Both navies are preparing for a joint exercise.
Planned   | send | Belgium announced plans to send trainers.
Planned   | withdraw | Britain intends to withdraw its soldiers from Iraq.
Planned   | sent | The troops will be sent to Mali in May.
Planned   | sent | The minister said that troops would be sent to Mali.
Planned   | deploy | The government approved a plan to deploy a battalion.
Planned   | train | The army vowed to train Somali cadets.
Planned   | exercise | An upcoming exercise with Greece worries Ankara.
Planned   | meeting | Their meeting will be held in Rome.
Planned   | join | Two ships will join the patrol.
Planned   | withdrawal | The king ordered the withdrawal of his troops.
Planned   | meet | The chiefs of staff are set to meet on Friday.
Proposed  | sell | France offered to sell jets to Egypt.
Proposed  | buying | Peru is considering buying jets.
Proposed  | buy | Peru wants to buy jets from Sweden.
Proposed  | sale | Peru and Sweden discussed the sale of jets.
Proposed  | deploy | The general proposed to deploy a battalion.
Proposed  | exercise | Egypt proposed a joint exercise.
Proposed  | send | Denmark may send a frigate to the Gulf.
Proposed  | send | Denmark could send a frigate to the Gulf.
Proposed  | visit | Ghana proposed a visit to Accra.
Proposed  | supply | Ukraine wants to supply tanks to Slovakia.
Proposed  | supply | Ukraine requested the supply of tanks.
Proposed  | acquire | Oman is interested in acquiring trainers; it hopes to acquire twelve.
Proposed  | treaty | The two sides are negotiating a treaty.
Proposed  | open | Russia sought to open a base in Sudan.
Proposed  | deploy | The envoy made an offer to deploy a battalion.
Proposed  | send | The senator urged Washington to send advisers.
Proposed  | send | Norway is ready to send medics.
Proposed  | purchase | A possible purchase of boats was on the table.
Proposed  | withdrawal | Serbia called for the withdrawal of the force.
Proposed  | buy | Chile expressed an interest to buy boats.
Proposed  | base | China should base no ships there, but it might base aircraft.
Cancelled | visit | The general postponed his visit to Seoul.
Cancelled | visit | The visit was postponed.
Cancelled | sell | Switzerland refused to sell shells.
Cancelled | sale | Congress blocked the sale of missiles.
Cancelled | delivery | Berlin suspended the delivery of rifles.
Cancelled | exercise | The exercise was suspended after the crash.
Cancelled | send | Austria will not send troops to Kosovo.
Cancelled | send | Austria did not send troops to Kosovo.
Cancelled | selling | Belarus denied selling rockets to Sudan.
Cancelled | purchase | Canada shelved the purchase of helicopters.
Cancelled | talks | The two armies rejected talks.
Cancelled | exercise | The council has postponed the exercise.
Cancelled | visit | The ship was never allowed to visit Malta.
Cancelled | sign | The ministers failed to sign the treaty.
Cancelled | host | Fiji declined to host the exercise.
Cancelled | deploy | Hungary abandoned plans to deploy a squadron.
Cancelled | supply | Greece has stopped supplying parts and does not supply ships.
Cancelled | pact | The emir terminated the pact with Aden.
Cancelled | withdraw | Eritrea refuses to withdraw its troops.
Cancelled | join | Ireland decided not to join the mission.
Actual    | meeting | The meeting was attended by the chiefs of both navies.
Actual    | arrived | The ships have arrived in Durban.
Actual    | patrol | Their first joint patrol ended on Tuesday.
Actual    | pact | The pact was renewed in 1997.
Planned   | exercise | The exercise is planned for May.
Planned   | delivery | The delivery of the boats is expected in 2021.
Planned   | base | The admiral said that the two squadrons would base at Aden, as arranged.
Planned   | contract | The firm will sign the contract in Vienna.
Planned   | meet | The generals have agreed to meet.
Proposed  | lease | The lease might be extended, and Gabon hopes to extend the lease.
Proposed  | pact | Malta seeks a pact with Libya.
Proposed  | exercise | The proposed exercise has critics.
Proposed  | host | Nepal would like to host the drill and wishes to host the summit.
Cancelled | meeting | The meeting did not take place.
Cancelled | talks | Nobody knows why the talks were suspended.
Cancelled | contract | Brussels has suspended the contract.
Cancelled | exercise | Tonga withdrew its offer and rejected the exercise.
""".strip().splitlines()


def _case(line: str) -> tuple[Status, str, str]:
    status, word, text = (part.strip() for part in line.split("|"))
    return Status(status), word, text


CASES = tuple(_case(line) for line in SENTENCES)


@cache
def _parses() -> dict[str, Doc]:
    """Every sentence parsed by the shipped pipeline, once."""
    texts = sorted({text for _, _, text in CASES})
    return dict(zip(texts, english.load().pipe(texts), strict=True))


@pytest.mark.parametrize(("status", "word", "text"), CASES, ids=[f"{word}: {text}" for _, word, text in CASES])
def test_status(status: Status, word: str, text: str) -> None:
    """The word names an act of this status."""
    found = [status_of(token) for token in _parses()[text] if token.text == word]
    assert found[-1] is status


def test_there_are_enough_sentences() -> None:
    """At least 60 sentences, and no status with fewer than 15."""
    counts = Counter(status for status, _, _ in CASES)
    assert len(CASES) >= 60
    assert set(counts) == set(Status)
    assert min(counts.values()) >= 15, counts
