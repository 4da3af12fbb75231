import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useIntl } from "react-intl";

import { sentenceOf } from "@/api/errors";
import { useSubmitSamples } from "@/api/mutations";
import { sessionQuery } from "@/api/queries";
import { CommandButton } from "@/commands/CommandButton";
import { useCommand } from "@/commands/useCommand";
import { type Filter, mayDelete } from "@/domain/status";
import { useIntake, useUploads } from "@/intake/IntakeContext";
import { Announcement } from "@/pages/inbox/Announcement";
import { DocumentList } from "@/pages/inbox/DocumentList";
import { EmptyInbox } from "@/pages/inbox/EmptyInbox";
import { Filters } from "@/pages/inbox/Filters";
import styles from "@/pages/inbox/Inbox.module.css";
import { SearchBar } from "@/pages/inbox/SearchBar";
import { Uploads } from "@/pages/inbox/Uploads";
import { useInbox } from "@/pages/inbox/useInbox";
import { useSearch } from "@/pages/inbox/useSearch";
import { Button } from "@/parts/Button";
import { Icon } from "@/parts/Icon";
import { toast } from "@/parts/toasts";
import { usePageTitle } from "@/parts/usePageTitle";

type Props = { filter: Filter };

/** Every document, newest first, from the moment its file is dropped. */
export function Inbox({ filter }: Props) {
  const intl = useIntl();
  const intake = useIntake();
  const uploads = useUploads();
  const session = useQuery(sessionQuery);
  const { finding, inbox } = useSearch(filter, useInbox(filter));
  const samples = useSubmitSamples();
  const filters = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLInputElement>(null);

  useCommand("inbox_filter", () => {
    filters.current?.querySelector<HTMLElement>('input:checked, [tabindex="0"]')?.focus();
  });
  useCommand("inbox_search", () => words.current?.focus());
  useCommand("samples", () =>
    samples.mutate(undefined, {
      onSuccess: (submissions) => intake.accept(submissions),
      onError: (error) => toast({ tone: "failed", text: sentenceOf(error, intl) }),
    }),
  );

  usePageTitle(intl.formatMessage({ id: "inbox.title" }));

  const mayTrash = session.data ? mayDelete(session.data.user.role) : false;
  const nothing = inbox.documents.length === 0 && !inbox.loading && !inbox.error;
  return (
    <div className={styles["page"]}>
      <div className={styles["column"]}>
        <div className={styles["head"]}>
          <h1 className={styles["title"]}>{intl.formatMessage({ id: "inbox.title" })}</h1>
          <Filters ref={filters} filter={filter} counts={inbox.counts} />
          {mayTrash && <CommandButton command="go_trash" look="quiet" icon="trash" />}
          <CommandButton command="add_files" look="primary" icon="plus">
            {intl.formatMessage({ id: "inbox.add" })}
          </CommandButton>
        </div>
        <SearchBar ref={words} finding={finding} />
        <Uploads uploads={uploads} />
        {inbox.error ? (
          <div className={styles["failure"]} role="alert">
            <Icon name="alert" />
            <p>{sentenceOf(inbox.error, intl)}</p>
            <Button size="small" onPress={inbox.tryAgain}>
              {intl.formatMessage({ id: "action.try_again" })}
            </Button>
          </div>
        ) : null}
        {nothing && uploads.length === 0 && (
          <EmptyInbox filter={filter} searching={finding.active} />
        )}
        {!nothing && !inbox.error && (
          <DocumentList
            filter={filter}
            documents={inbox.documents}
            loading={inbox.loading}
            mayDelete={mayTrash}
            more={inbox.more}
          />
        )}
        <Announcement counts={inbox.counts} />
      </div>
    </div>
  );
}
