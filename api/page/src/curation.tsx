/** The dialog that says what an extraction should have been; it goes to the decisions that curators make. */

import { useEffect, useRef, useState } from "preact/hooks";
import { segment } from "./addresses";
import { Failure } from "./loading";
import { Problem, post } from "./server";
import { EVENT_TYPES, type Decision, type Happening, STATUSES } from "./types";
import { words } from "./words";

const TOKEN = "defcoop.token";
const NAME = "defcoop.name";

export function Correction(props: { event: Happening; close: () => void }) {
  const { event } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [rejected, setRejected] = useState(true);
  const [made, setMade] = useState<Decision | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);

  const send = async (submitted: SubmitEvent) => {
    submitted.preventDefault();
    const form = new FormData(submitted.currentTarget as HTMLFormElement);
    const said = (name: string) => String(form.get(name) ?? "").trim();
    const token = said("token");
    setBusy(true);
    setError(null);
    try {
      setMade(await post<Decision>(`events/${segment(event.id)}/corrections`, body(event, rejected, form), token));
      sessionStorage.setItem(TOKEN, token);
      sessionStorage.setItem(NAME, said("by"));
    } catch (found) {
      const refused = found instanceof Problem && found.status === 401;
      if (refused) sessionStorage.removeItem(TOKEN);
      setError(refused ? new Problem(401, "This is not the server's token. Who started the server knows it.") : found);
    }
    setBusy(false);
  };

  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="correction"
      onClose={() => (made ? location.reload() : props.close())}
    >
      <h2 id="correction">What is wrong?</h2>
      <p>{event.label}</p>
      {made ? (
        <>
          <p role="status">
            Noted as decision <code>{made.id}</code>. It wins in every answer from now on, and <code>kg undo</code>{" "}
            takes it back.
          </p>
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </>
      ) : (
        <form onSubmit={send}>
          <fieldset>
            <legend>The extraction</legend>
            <label>
              <input type="radio" name="kind" checked={rejected} onChange={() => setRejected(true)} />
              There was no such act
            </label>
            <label>
              <input type="radio" name="kind" checked={!rejected} onChange={() => setRejected(false)} />
              Part of it is wrong
            </label>
          </fieldset>
          {!rejected && <Changes event={event} />}
          <fieldset>
            <legend>You</legend>
            <label>
              Your name
              <input
                name="by"
                required
                maxLength={500}
                autocomplete="name"
                defaultValue={sessionStorage.getItem(NAME) ?? ""}
              />
            </label>
            <label>
              The server's token
              <input
                name="token"
                type="password"
                required
                autocomplete="off"
                defaultValue={sessionStorage.getItem(TOKEN) ?? ""}
              />
            </label>
            <p class="aside">
              The token is that of <code>DEFCOOP_TOKEN</code>; it is kept until this tab is closed.
            </p>
          </fieldset>
          {error !== null && <Failure error={error} />}
          <p class="controls">
            <button type="submit" class="main" disabled={busy}>
              {busy ? "Sending …" : "Send"}
            </button>
            <button type="button" onClick={() => dialog.current?.close()}>
              Cancel
            </button>
          </p>
        </form>
      )}
    </dialog>
  );
}

function Changes(props: { event: Happening }) {
  const { event } = props;
  return (
    <fieldset>
      <legend>It should be</legend>
      <label>
        Type
        <select name="type">
          {EVENT_TYPES.map((type) => (
            <option value={type} key={type} selected={type === event.type}>
              {words(type)}
            </option>
          ))}
        </select>
      </label>
      <label>
        Status
        <select name="status">
          {STATUSES.map((status) => (
            <option value={status} key={status} selected={status === event.status}>
              {status.toLowerCase()}
            </option>
          ))}
        </select>
      </label>
      <label>
        Date (EDTF, as 2018-08-07 or 2018-08)
        <input name="when" defaultValue={event.when ?? ""} maxLength={100} />
      </label>
      <label>
        Place
        <input name="place" defaultValue={event.place?.label ?? ""} maxLength={500} />
      </label>
      <p>Takes no part:</p>
      {event.parts.map((part, place) => (
        <label key={place}>
          <input type="checkbox" name="absent" value={place} />
          {part.actor.label} ({part.role})
        </label>
      ))}
    </fieldset>
  );
}

/** What differs from the event, in the server's terms. */
function body(event: Happening, rejected: boolean, form: FormData): Record<string, unknown> {
  const by = String(form.get("by")).trim();
  if (rejected) return { by, rejected };
  const changed: Record<string, unknown> = { by };
  const unknown: string[] = [];
  const before = { type: event.type, status: event.status, when: event.when ?? "", place: event.place?.label ?? "" };
  for (const [name, old] of Object.entries(before)) {
    const said = String(form.get(name) ?? "").trim();
    if (said === old) continue;
    if (said) changed[name] = said;
    else unknown.push(name);
  }
  const removed = form.getAll("absent").map((place) => event.parts[Number(place)]);
  return {
    ...changed,
    unknown,
    remove: removed.filter((part) => part !== undefined).map((part) => ({ role: part.role, actor: part.actor.id })),
  };
}
