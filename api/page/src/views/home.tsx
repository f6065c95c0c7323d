import { answer, view } from "../addresses";
import { NumberBars, YearChart } from "../chart";
import { Loaded, Nothing, useAnswer } from "../loading";
import { EventItem, Forms, Heading } from "../parts";
import type { Article, Happening, Page, Stats, Timeline } from "../types";
import { articleName, date, many, span, words } from "../words";

/** What the store holds: `#/`. */
export default function HomeView() {
  const stats = useAnswer<Stats>("stats");
  return (
    <>
      <Heading kind="Knowledge graph" title="Defence cooperation">
        Defence cooperation, as news articles tell it
      </Heading>
      <Forms
        gexf={{}}
        csv={answer("events.csv", { limit: 1000 })}
        jsonld={answer("events.jsonld", { limit: 1000 })}
        query={view("query")}
      />
      <Loaded of={stats} what="the numbers">
        {(found) =>
          found.events === 0 ? (
            <Nothing>
              The store is empty. Put articles into it with <code>kg build</code>, or{" "}
              <a href={view("extract")}>read a text</a>.
            </Nothing>
          ) : (
            <Numbers stats={found} />
          )
        }
      </Loaded>
    </>
  );
}

function Numbers(props: { stats: Stats }) {
  const { stats } = props;
  const timeline = useAnswer<Timeline>("timeline");
  const events = useAnswer<Page<Happening>>(answer("events", { limit: 8 }));
  const articles = useAnswer<Page<Article>>(answer("articles", { limit: 8 }));
  return (
    <>
      <p class="lead">
        {many(stats.events, "event")} from {span(stats.first, stats.last)}, in {many(stats.sentences, "sentence")} of{" "}
        {many(stats.articles, "article")}. Search for a state, a person or an aircraft above; every fact leads back to
        the sentence that says it.
      </p>
      <div class="columns">
        <section aria-labelledby="years">
          <h2 id="years">Events by year</h2>
          <Loaded of={timeline} what="the years">
            {({ items }) => <YearChart periods={items} title="Events by year" />}
          </Loaded>
        </section>
        <section aria-labelledby="types">
          <h2 id="types">Events by type</h2>
          <NumberBars
            title="Events by type"
            rows={stats.types.map((one) => ({
              name: words(one.name),
              number: one.number,
              href: view("network", [], { type: one.name }),
            }))}
          />
        </section>
      </div>
      <div class="columns">
        <section aria-labelledby="latest">
          <h2 id="latest">Latest events</h2>
          <Loaded of={events} what="the events">
            {({ items }) => (
              <ol class="events">
                {items.map((event) => (
                  <EventItem event={event} key={event.id} />
                ))}
              </ol>
            )}
          </Loaded>
        </section>
        <div>
          <section aria-labelledby="articles">
            <h2 id="articles">Latest articles</h2>
            <Loaded of={articles} what="the articles">
              {({ items }) => (
                <ul class="plain">
                  {items.map((article) => (
                    <li key={article.id}>
                      <a href={view("article", [article.id])}>{article.headline ?? articleName(article.id)}</a>{" "}
                      <span class="aside">
                        {[article.publisher, date(article.published), many(article.events, "event")]
                          .filter(Boolean)
                          .join(" · ")}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </Loaded>
          </section>
          <section aria-labelledby="entities">
            <h2 id="entities">Who and what they speak of</h2>
            <NumberBars title="Entities by kind" rows={stats.entities} />
          </section>
        </div>
      </div>
    </>
  );
}
