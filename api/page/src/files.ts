/** Files that the page itself makes, of what no address of the server has. */

/** Let the browser keep a file with this text. */
export function save(name: string, type: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/** The rows as CSV (RFC 4180). */
export function csv(rows: string[][]): string {
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export interface Drawn {
  nodes: { id: string; label: string }[];
  edges: { source: string; target: string; label: string }[];
}

/** The graph as GEXF 1.3. */
export function gexf(graph: Drawn): string {
  const nodes = graph.nodes.map(({ id, label }) => `<node id=${quoted(id)} label=${quoted(label)}/>`);
  const edges = graph.edges.map(
    ({ source, target, label }, place) =>
      `<edge id="${place}" source=${quoted(source)} target=${quoted(target)} label=${quoted(label)} kind=${quoted(label)}/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<graph defaultedgetype="directed">
<nodes>
${nodes.join("\n")}
</nodes>
<edges>
${edges.join("\n")}
</edges>
</graph>
</gexf>
`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function quoted(text: string): string {
  const cleaned = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, "");
  return `"${cleaned.replace(/[&<>"]/g, (one) => ENTITIES[one] ?? one).replace(/[\t\n\r]/g, " ")}"`;
}
