import { answer, literal, segment, view } from "../addresses";
import { Loaded, Nothing, useAnswer } from "../loading";
import { MarkedText } from "../marked";
import { Forms, Heading, Outside } from "../parts";
import type { FullArticle } from "../types";
import { articleName, date, many } from "../words";

/** An article with what was read out of it: `#/article/article:rafale-2016?event=event:agreement-0123456789ab`. */
export default function ArticleView(props: { id: string; params: URLSearchParams }) {
  const article = useAnswer<FullArticle>(`articles/${segment(props.id)}`);
  return (
    <Loaded of={article} what="the article" whole>
      {(found) => <Read article={found} chosen={props.params.get("event")} />}
    </Loaded>
  );
}

function Read(props: { article: FullArticle; chosen: string | null }) {
  const { article } = props;
  const title = article.headline ?? articleName(article.id);
  return (
    <article>
      <Heading kind="Article" title={title}>
        {title}
      </Heading>
      <p class="aside">
        {[article.publisher, date(article.published), many(article.told.length, "event")].filter(Boolean).join(" · ")}
        {article.url && (
          <>
            {" · "}
            <Outside to={article.url}>original</Outside>
          </>
        )}
      </p>
      <Forms
        gexf={{ article: article.id }}
        csv={answer("events.csv", { article: article.id, limit: 1000 })}
        jsonld={answer("events.jsonld", { article: article.id, limit: 1000 })}
        query={view("query", [], { query: said(articleName(article.id)) })}
      />
      {article.told.length === 0 && <Nothing>Nothing was read out of this article.</Nothing>}
      <MarkedText
        text={article.text}
        told={article.told}
        chosen={props.chosen}
        curated
        key={`${article.id} ${props.chosen}`}
      />
    </article>
  );
}

function said(identifier: string): string {
  return `SELECT DISTINCT ?start ?end ?event ?quotation ?extractor WHERE {
  ?article dcterms:identifier ${literal(identifier)} .
  ?evidence coop:article ?article ; oa:exact ?quotation ; oa:start ?start ; oa:end ?end ; coop:extractor ?extractor .
  ?node coop:evidence ?evidence ; skos:prefLabel ?event .
}
ORDER BY ?start ?end ?event
`;
}
