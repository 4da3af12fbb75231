import { useQuery } from "@tanstack/react-query";
import { type Ref, useState } from "react";
import { useIntl } from "react-intl";

import { sentenceOf } from "@/api/errors";
import { useDropSearch, useKeepSearch } from "@/api/mutations";
import { sessionQuery } from "@/api/queries";
import type { MessageId } from "@/messages/ids";
import styles from "@/pages/inbox/SearchBar.module.css";
import type { Finding } from "@/pages/inbox/useSearch";
import { Button } from "@/parts/Button";
import { Icon } from "@/parts/Icon";
import { toast } from "@/parts/toasts";

type Props = { ref: Ref<HTMLInputElement>; finding: Finding };

/** Words and conditions that documents must have, and the searches that are kept under a name. */
export function SearchBar({ ref, finding }: Props) {
  const intl = useIntl();
  const session = useQuery(sessionQuery);
  const [naming, setNaming] = useState(false);
  const { looked, look } = finding;
  const me = session.data?.user.id;
  const say = (id: MessageId) => intl.formatMessage({ id });

  const chosen = finding.kept.find(
    (kept) =>
      (kept.search.text ?? "") === (looked.text ?? "") &&
      (kept.search.expired ?? false) === (looked.expired ?? false) &&
      (kept.search.doubtful ?? null) === (looked.doubtful ?? null) &&
      (kept.search.assigned_to ?? null) === (looked.assigned_to ?? null),
  );
  const choose = (id: string) => {
    const kept = finding.kept.find((each) => each.id === id);
    if (!kept) return look({});
    const { text, expired, doubtful, assigned_to } = kept.search;
    look({
      text: text ?? "",
      expired: expired ?? false,
      ...(doubtful && { doubtful }),
      ...(assigned_to && { assigned_to }),
    });
  };

  return (
    <div role="search" className={styles["bar"]} aria-label={say("search.label")}>
      <span className={styles["box"]}>
        <Icon name="search" />
        <input
          ref={ref}
          type="search"
          className={styles["input"]}
          aria-label={say("search.words")}
          placeholder={say("search.words")}
          value={looked.text ?? ""}
          onChange={(event) => look({ ...looked, text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Escape") look({});
          }}
        />
      </span>
      <label className={styles["choice"]}>
        <input
          type="checkbox"
          checked={looked.doubtful === true}
          onChange={({ target }) => look({ ...looked, doubtful: target.checked ? true : null })}
        />
        {say("search.doubtful")}
      </label>
      <label className={styles["choice"]}>
        <input
          type="checkbox"
          checked={looked.expired === true}
          onChange={({ target }) => look({ ...looked, expired: target.checked })}
        />
        {say("search.expired")}
      </label>
      {me !== undefined && (
        <label className={styles["choice"]}>
          <input
            type="checkbox"
            checked={looked.assigned_to === me}
            onChange={({ target }) => look({ ...looked, assigned_to: target.checked ? me : null })}
          />
          {say("search.mine")}
        </label>
      )}
      {finding.kept.length > 0 && (
        <select
          className={styles["kept"]}
          aria-label={say("search.kept")}
          value={(finding.active && chosen?.id) || ""}
          onChange={({ target }) => choose(target.value)}
        >
          <option value="">{say("search.kept")}</option>
          {finding.kept.map((kept) => (
            <option key={kept.id} value={kept.id}>
              {kept.owner_id === me ? kept.name : `${kept.name} (${kept.owner})`}
            </option>
          ))}
        </select>
      )}
      {finding.active && !naming && (
        <Button size="small" look="quiet" onPress={() => setNaming(true)}>
          {say("search.keep")}
        </Button>
      )}
      {finding.active && chosen?.owner_id === me && chosen && (
        <DropButton id={chosen.id} onDone={() => look({})} />
      )}
      {finding.active && naming && <Naming finding={finding} onDone={() => setNaming(false)} />}
      <span className={styles["count"]} role="status">
        {finding.count !== null &&
          intl.formatMessage({ id: "search.count" }, { count: finding.count })}
      </span>
    </div>
  );
}

/** Asks for the name under which a search is kept. */
function Naming({ finding, onDone }: { finding: Finding; onDone: () => void }) {
  const intl = useIntl();
  const keep = useKeepSearch();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  return (
    <form
      className={styles["naming"]}
      onSubmit={(event) => {
        event.preventDefault();
        keep.mutate(
          { name, search: finding.search, shared },
          {
            onSuccess: onDone,
            onError: (error) => toast({ tone: "failed", text: sentenceOf(error, intl) }),
          },
        );
      }}
    >
      <input
        className={styles["name"]}
        aria-label={intl.formatMessage({ id: "search.name" })}
        placeholder={intl.formatMessage({ id: "search.name" })}
        value={name}
        maxLength={64}
        required
        // The person just asked to name it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        onChange={({ target }) => setName(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onDone();
        }}
      />
      <label className={styles["choice"]}>
        <input
          type="checkbox"
          checked={shared}
          onChange={({ target }) => setShared(target.checked)}
        />
        {intl.formatMessage({ id: "search.shared" })}
      </label>
      <Button size="small" type="submit" look="primary">
        {intl.formatMessage({ id: "search.keep" })}
      </Button>
    </form>
  );
}

function DropButton({ id, onDone }: { id: string; onDone: () => void }) {
  const intl = useIntl();
  const drop = useDropSearch();
  return (
    <Button
      size="small"
      look="quiet"
      icon="trash"
      aria-label={intl.formatMessage({ id: "search.drop" })}
      onPress={() =>
        drop.mutate(id, {
          onSuccess: onDone,
          onError: (error) => toast({ tone: "failed", text: sentenceOf(error, intl) }),
        })
      }
    />
  );
}
