/** What passes between the page and the worker that lays networks out. */

export interface Layout {
  ids: string[];
  /** x and y of each. */
  places: Float32Array;
  /** Places in `ids`, and the weight. */
  ties: [number, number, number][];
  rounds: number;
}

export interface Places {
  places: Float32Array;
  done: boolean;
}

/** Start a layout; what is returned ends it. */
export function layOut(layout: Layout, place: (places: Places) => void): () => void {
  const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", (event: MessageEvent<Places>) => {
    place(event.data);
    if (event.data.done) worker.terminate();
  });
  worker.postMessage(layout);
  return () => worker.terminate();
}
