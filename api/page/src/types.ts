/** The API's answers, as `api/models.py` describes them. */

export const EVENT_TYPES = [
  "Agreement",
  "Meeting",
  "Visit",
  "Exercise",
  "ArmsTransfer",
  "MilitaryAid",
  "Training",
  "Deployment",
  "IndustrialProject",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const STATUSES = ["Actual", "Planned", "Proposed", "Cancelled"] as const;
export type Status = (typeof STATUSES)[number];

export interface Node {
  id: string;
  type: string;
  label: string;
}

export interface Match {
  node: Node;
  name: string;
  score: number;
  state: string | null;
}

export interface Matches {
  items: Match[];
}

export interface Tenure {
  person: Node;
  post: Node;
  state: Node | null;
  organization: Node | null;
  former: boolean;
  article: string;
  day: string | null;
}

export interface Count {
  type: EventType;
  number: number;
}

export interface Entity {
  node: Node;
  iri: string;
  aliases: string[];
  iso2: string | null;
  iso3: string | null;
  states: Node[];
  represents: Node[];
  ranks: string[];
  posts: Tenure[];
  same_as: string[];
  events: Count[];
  first: string | null;
  last: string | null;
}

export interface Sentence {
  article: string;
  published: string | null;
  publisher: string | null;
  headline: string | null;
  url: string | null;
  exact: string;
  /** Offsets in code points of the article's text. */
  start: number;
  end: number;
  extractor: string;
  confidence: number;
}

export interface Part {
  role: string;
  actor: Node;
}

export interface Goods {
  equipment: Node;
  quantity: number | null;
  amount: string | null;
  currency: string | null;
  value_text: string | null;
}

export interface Version {
  value: string;
  articles: string[];
}

export interface Disagreement {
  property: string;
  about: Node | null;
  versions: Version[];
}

export interface Happening {
  id: string;
  iri: string;
  type: EventType;
  label: string;
  status: Status;
  when: string | null;
  earliest: string | null;
  latest: string | null;
  place: Node | null;
  name: string | null;
  stage: string | null;
  confidence: number;
  parts: Part[];
  goods: Goods[];
  during: string | null;
  sentences: Sentence[];
  sources: number;
  disagreements: Disagreement[];
}

export interface Relationship {
  event: Happening;
  roles: string[];
  counterpart: Node;
  counterpart_roles: string[];
}

export interface NumberOf {
  name: string;
  number: number;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number | null;
  facets?: Partial<Record<string, NumberOf[]>>;
}

export interface Neighbour {
  counterpart: Node;
  events: number;
  types: Count[];
  first: string | null;
  last: string | null;
}

export interface Period {
  period: string;
  events: number;
  types: Count[];
}

export interface Timeline {
  items: Period[];
}

export interface Tie {
  source: string;
  target: string;
  events: number;
  types: Count[];
  first: string | null;
  last: string | null;
}

export interface Member {
  node: Node;
  country: string | null;
  distance: number;
}

export interface Network {
  nodes: Member[];
  edges: Tie[];
  complete: boolean;
}

/** `/export/actors.json`: links of one pair stand apart by type and status; `type` is missing where events differ. */
export interface Export {
  nodes: { id: string; label: string; type: string; country?: string }[];
  links: { source: string; target: string; type?: string; weight: number; first?: string; last?: string }[];
}

export interface Article {
  id: string;
  published: string | null;
  publisher: string | null;
  headline: string | null;
  url: string | null;
  events: number;
}

/** An event that an article tells of, and the sentences in which it does. */
export interface Telling {
  event: Happening;
  sentences: Sentence[];
}

export interface FullArticle extends Article {
  text: string;
  told: Telling[];
}

export interface Stats {
  articles: number;
  events: number;
  sentences: number;
  types: NumberOf[];
  statuses: NumberOf[];
  entities: NumberOf[];
  first: string | null;
  last: string | null;
}

export interface Extracted {
  id: string;
  date: string | null;
  events: Happening[];
}

export interface Question {
  name: string;
  question: string;
  query: string;
}

export interface Decision {
  id: string;
  summary: string;
}

export interface ProblemDocument {
  title: string;
  status: number;
  detail: string;
  nearest: string[];
}
