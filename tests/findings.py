# ---
# jupyter:
#   jupytext:
#     text_representation:
#       format_name: percent
# ---

# %% [markdown]
# # From 19 articles to three findings
# The sample articles are read, their events become a graph, and the graph answers. This opens as a notebook with
# jupytext; as a script it leaves `findings/findings.md` with three pictures. `tests/test_metrics.py` runs it, and
# counts again in SPARQL.

# %%
from collections import Counter
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path

import kg
from kg.answers.lookups import Lookups
from kg.answers.opening import in_memory
from kg.answers.views import EventFilter
from kg.extraction import Extractor
from kg.graphs.blocs import blocs
from kg.graphs.measures import Measure
from kg.graphs.metrics import metrics
from kg.graphs.projections import projection
from kg.graphs.streams import opened
from kg.model import Article, Status
from kg.pictures.measures import measures
from kg.pictures.networks import network
from kg.pictures.timelines import dyad
from kg.reading.articles import read

FOLDER = Path("findings")
FOLDER.mkdir(exist_ok=True)
HAPPENED = EventFilter(statuses=(Status.ACTUAL,))

# %% [markdown]
# ## The graph
# Every event keeps the sentence that tells of it: `kg explain` shows why it is there, and whether it was misread. Only
# what happened counts here, not what was planned, proposed or cancelled.

# %%
open = ExitStack()
store = open.enter_context(in_memory())
articles = [article for article in read([Path(str(files("kg"))) / "samples"]) if isinstance(article, Article)]
for extraction in Extractor().extract_all(articles):
    store.put(extraction, "samples")
lookups = Lookups(store)
events = lookups.total(HAPPENED)

# %% [markdown]
# ## Who supplies arms to the most others?
# A supplier is a state with its companies and persons.

# %%
arms = kg.network(store, "arms", statuses="Actual")
recipients = {id: len(set(arms.successors(id))) for id in arms}
supplier = max(recipients, key=lambda id: (recipients[id], id))
name = arms.nodes[supplier]["label"]
(FOLDER / "arms.png").write_bytes(network(opened(lookups, projection("arms"), HAPPENED), "png"))
first = f"{name} delivered or sold arms to {recipients[supplier]} states and organisations, more than any other."

# %% [markdown]
# ## Who holds the network of states together?
# The state with the most partners need not be the one that most ways between others lead through.

# %%
wanted = (Measure.DEGREE, Measure.BETWEENNESS, Measure.LIAISON)
states = metrics(lookups, projection("states"), EventFilter(), blocs(), wanted)
partners = {actor.id: int(actor.measures[Measure.DEGREE]) for actor in states.whole.actors}
busiest = states.whole.actors[0]
between = max(states.whole.actors, key=lambda actor: actor.measures[Measure.BETWEENNESS])
(FOLDER / "states.png").write_bytes(measures(states, wanted, "png"))
second = (
    f"{busiest.label} has the most partners, {partners[busiest.id]}; {between.label} with {partners[between.id]} "
    f"lies on the most ways between others ({between.measures[Measure.BETWEENNESS]:.0%})."
)

# %% [markdown]
# ## Which two states do the most together, and when?
# What their organisations and persons do counts as theirs.

# %%
dyads = kg.network(store, "dyads-by-year", statuses="Actual")
together: Counter[tuple[str, str]] = Counter()
for one, other, said in dyads.edges(data=True):
    together[one, other] += said["weight"]
pair = max(together, key=lambda pair: (together[pair], pair))
years = {year: said["weight"] for year, said in dyads[pair[0]][pair[1]].items()}
peak = max(years, key=lambda year: years[year])
both = " and ".join(dyads.nodes[id]["label"] for id in pair)
(FOLDER / "dyad.png").write_bytes(dyad(lookups, *pair, "png"))
third = f"{both} did the most together, {together[pair]} times, {years[peak]} of them in {peak}."

# %% [markdown]
# ## The findings

# %%
findings = {"arms": first, "states": second, "dyad": third}
report = [f"# {len(articles)} articles, {events} events that happened"]
report += [f"{text}\n\n![]({picture}.png)" for picture, text in findings.items()]
(FOLDER / "findings.md").write_text("\n\n".join(report) + "\n", encoding="utf-8")
