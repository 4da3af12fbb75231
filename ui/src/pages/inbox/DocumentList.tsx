import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { GridList, GridListItem } from "react-aria-components";
import { useIntl } from "react-intl";

import type { Document } from "@/api/schema/types.gen";
import { pressed } from "@/commands/keys";
import { type CommandId, commandOf } from "@/commands/list";
import { type Filter, canCancel, canRetry } from "@/domain/status";
import { DeleteDialog } from "@/pages/inbox/DeleteDialog";
import styles from "@/pages/inbox/DocumentList.module.css";
import { DocumentRow } from "@/pages/inbox/DocumentRow";
import row from "@/pages/inbox/DocumentRow.module.css";
import type { Inbox } from "@/pages/inbox/useInbox";
import { useRowActions } from "@/pages/inbox/useRowActions";
import { Button } from "@/parts/Button";

type Props = {
  filter: Filter;
  documents: readonly Document[];
  loading: boolean;
  mayDelete: boolean;
  more: Inbox["more"];
};

/** The rows. Arrow keys move, Enter opens, single letters act on the row that has the focus. */
export function DocumentList({ filter, documents, loading, mayDelete, more }: Props) {
  const intl = useIntl();
  const navigate = useNavigate();
  const [doomed, setDoomed] = useState<Document | null>(null);
  const actions = useRowActions({ onDelete: mayDelete ? setDoomed : null });

  const open = (id: string) => void navigate({ to: "/review/$id", params: { id } });

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!(event.target instanceof Element)) return;
    const id = event.target.closest("[data-key]")?.getAttribute("data-key");
    const document = documents.find((each) => each.id === id);
    const is = (command: CommandId) =>
      commandOf(command).keys.some((keys) => pressed(event.nativeEvent, keys));
    if (!document) return;
    if (is("inbox_delete") && mayDelete) setDoomed(document);
    else if (is("inbox_retry") && canRetry(document)) actions.retry(document);
    else if (is("inbox_cancel") && canCancel(document)) actions.cancel(document);
    else return;
    event.preventDefault();
  };

  if (loading) return <Skeleton />;
  return (
    // The keys are those of the rows inside, which have the focus.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={onKeyDown}>
      {documents.length > 0 && (
        <GridList
          aria-label={intl.formatMessage({ id: `inbox.list.${filter}` })}
          className={styles["list"] ?? ""}
          items={documents}
          // A row is drawn anew when its document, the language or the person's rights change.
          dependencies={[intl, mayDelete]}
          onAction={(key) => open(String(key))}
          disallowTypeAhead
          keyboardNavigationBehavior="tab"
        >
          {(document: Document) => (
            <GridListItem
              id={document.id}
              textValue={document.title ?? document.name}
              className={styles["item"] ?? ""}
            >
              <DocumentRow document={document} actions={actions} />
            </GridListItem>
          )}
        </GridList>
      )}
      {more.there && <More more={more} />}
      {doomed && <DeleteDialog document={doomed} onClose={() => setDoomed(null)} />}
    </div>
  );
}

type MoreProps = { more: Inbox["more"] };

/** Loads the next rows as soon as the end of the list comes near; a button for who cannot scroll. */
function More({ more }: MoreProps) {
  const { loading } = more;
  const intl = useIntl();
  const end = useRef<HTMLDivElement>(null);
  const load = useRef(more.load);
  useEffect(() => {
    load.current = more.load;
  });
  useEffect(() => {
    if (loading || !end.current || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) load.current();
      },
      { rootMargin: "600px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [loading]);
  return (
    <div ref={end} className={styles["more"]}>
      <Button onPress={more.load} isDisabled={loading}>
        {intl.formatMessage({ id: loading ? "inbox.loading_more" : "inbox.more" })}
      </Button>
    </div>
  );
}

/** The shape of the list while its first rows are on their way. */
function Skeleton() {
  const intl = useIntl();
  return (
    <div className={`${styles["list"]} ${styles["skeleton"]}`} role="status">
      <span className="spoken">{intl.formatMessage({ id: "inbox.loading" })}</span>
      {["a", "b", "c", "d", "e"].map((each) => (
        <div key={each} className={row["row"]}>
          <span className={styles["bone"]} style={{ width: "3.25rem", height: "2.375rem" }} />
          <span className={styles["bone"]} style={{ width: "40%" }} />
        </div>
      ))}
    </div>
  );
}
