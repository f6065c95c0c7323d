"""The learned reader: its models as plain numbers, what annotations teach, and acts that no rule knows."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kg.acts.events import find_events
from kg.evaluation import golds
from kg.extraction import Extractor, told
from kg.learned import fit
from kg.learned.labels import Lesson, lessons
from kg.learned.linear import from_arrays, shipped
from kg.learned.page import Page
from kg.learned.reader import EXTRACTOR
from kg.model import Article, EventType, State
from kg.reading import articles
from kg.reading.records import Record

CORPUS = Path(__file__).parent / "corpus"
SOME = "gov"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="module")
def read(extractor: Extractor) -> list[Lesson]:
    """What ten annotated articles teach."""
    files = golds.annotation_files(CORPUS / SOME / "gold")[:10]
    ids = {golds.article_id(path) for path in files}
    found = articles.read([str(CORPUS / SOME / "articles")])
    annotated = golds.read(files, [one for one in found if isinstance(one, Article) and one.id in ids])
    scenes = extractor.scenes([one.article for one in annotated])
    return lessons((one, Page(scene, find_events(scene))) for one, scene in zip(annotated, scenes, strict=True))


def test_the_models_answer_as_those_that_were_fitted() -> None:
    words: list[dict[str, float]] = [{"a\n": 1.0, "b": 0.5}, {"a\n": 1.0}, {"b": 2.0}, {"a\n": 0.5, "b": 1.0}] * 3
    labels: list[tuple[int, ...]] = [(1,), (1,), (0,), (0,)] * 3
    model = fit.fitted([fit.Cases(words, [], labels)])
    table = DictVectorizer(sparse=False).fit_transform(words)
    wanted = LogisticRegression(C=fit.STRENGTH, max_iter=300, solver="liblinear", random_state=0)
    chances = wanted.fit(table, [one[0] for one in labels]).predict_proba(table)[:, 1]
    assert model.probabilities(words)[:, 0] == pytest.approx(chances, abs=1e-5)
    again = from_arrays(model.arrays("x"), "x")
    assert again.columns == model.columns
    assert again.probabilities(words) == pytest.approx(model.probabilities(words), abs=1e-3)


def test_what_a_model_does_not_know_weighs_nothing() -> None:
    model = shipped().triggers
    nothing, unknown = model.probabilities([{}, {"no such feature": 1.0}])
    assert nothing.tolist() == unknown.tolist()
    assert len(nothing) == len(EventType)


def test_annotations_show_which_word_tells_of_an_act(read: list[Lesson]) -> None:
    words = {
        lesson.page.scene.doc[position].lemma_.lower()
        for lesson in read
        for position, acts in lesson.acts.items()
        if EventType.AGREEMENT in acts
    }
    events = sum(len(lesson.annotation.events) for lesson in read)
    found = sum(len(acts) for lesson in read for acts in lesson.acts.values())
    assert words & {"sign", "agreement", "memorandum"}
    assert found >= 0.9 * events > 30


def test_the_same_articles_make_the_same_models(read: list[Lesson]) -> None:
    learned = [fit.taught(lesson) for lesson in read]
    one, other = (fit.fit(learned).arrays() for _ in range(2))
    assert all(np.array_equal(one[name], other[name]) for name in one)


UNRULED = [
    ("Doha is to take delivery of six Typhoon jets from Britain next year.", EventType.ARMS_TRANSFER, {"QA", "GB"}),
    ("The leaders of Norway and Poland inked a defence accord in Oslo.", EventType.AGREEMENT, {"NO", "PL"}),
    ("Warships of France and Greece wrapped up ten days of joint manoeuvres.", EventType.EXERCISE, {"FR", "GR"}),
    ("Chile's army chief dropped in on his counterpart in Lima on Monday for talks.", EventType.MEETING, {"CL", "PE"}),
]


@pytest.mark.parametrize(("text", "type", "states"), UNRULED)
def test_an_act_is_found(extractor: Extractor, text: str, type: EventType, states: set[str]) -> None:
    (scene,) = extractor.scenes([articles.article(Record("text", "text", text))])
    found = [
        {part.actor.code for part in report.event.participations if isinstance(part.actor, State)}
        for report in told(scene)
        if report.event.type is type
    ]
    assert states in found


def test_what_the_models_find_alone_says_so(extractor: Extractor) -> None:
    texts = [text for text, _, _ in UNRULED]
    scenes = extractor.scenes([articles.article(Record("text", f"text-{n}", text)) for n, text in enumerate(texts)])
    alone = [one for scene in scenes for one in told(scene) if one.event.evidence[0].extractor == EXTRACTOR]
    assert alone
    assert all(any(signal.startswith("likely") for signal in one.signals) for one in alone)


def test_a_pipeline_without_vectors_is_read_too(extractor: Extractor) -> None:
    (scene,) = extractor.scenes([articles.article(Record("text", "text", UNRULED[0][0]))])
    page = Page(scene, ())
    page.vectors[:] = 0
    assert page.means([list(scene.doc)]).tolist() == [[0.0] * page.vectors.shape[1]]
