import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useIntl } from "react-intl";

import { sentenceOf } from "@/api/errors";
import { useDeleteDocument, useRestoreDocument } from "@/api/mutations";
import { trashQuery } from "@/api/queries";
import type { Document } from "@/api/schema/types.gen";
import styles from "@/pages/trash/Trash.module.css";
import { Button } from "@/parts/Button";
import { Question } from "@/parts/Question";
import { toast } from "@/parts/toasts";
import { usePageTitle } from "@/parts/usePageTitle";
import { useWords } from "@/words/useWords";

/** What was deleted: until when it can be restored, and the ways back and out. */
export function Trash() {
  const intl = useIntl();
  const trash = useQuery(trashQuery);
  const [doomed, setDoomed] = useState<Document | null>(null);
  const { mutate: erase } = useDeleteDocument({
    onError: (error) => toast({ tone: "failed", text: sentenceOf(error, intl) }),
  });
  usePageTitle(intl.formatMessage({ id: "trash.title" }));
  const documents = trash.data?.documents ?? [];
  return (
    <div className={styles["page"]}>
      <div className={styles["head"]}>
        <h1>{intl.formatMessage({ id: "trash.title" })}</h1>
        <Link to="/">{intl.formatMessage({ id: "trash.back" })}</Link>
      </div>
      <p className={styles["text"]}>{intl.formatMessage({ id: "trash.text" })}</p>
      {trash.error && <p role="alert">{sentenceOf(trash.error, intl)}</p>}
      {trash.data && documents.length === 0 && (
        <p className={styles["text"]}>{intl.formatMessage({ id: "trash.empty" })}</p>
      )}
      {documents.length > 0 && (
        <ul className={styles["list"]} aria-label={intl.formatMessage({ id: "trash.list" })}>
          {documents.map((document) => (
            <Row key={document.id} document={document} onErase={setDoomed} />
          ))}
        </ul>
      )}
      {doomed && (
        <Question
          title={intl.formatMessage({ id: "erase.title" }, { name: doomed.title ?? doomed.name })}
          text={intl.formatMessage({ id: "erase.text" })}
          keep={intl.formatMessage({ id: "action.keep" })}
          doIt={intl.formatMessage({ id: "action.erase" })}
          onClose={() => setDoomed(null)}
          onDo={() => erase(doomed.id)}
        />
      )}
    </div>
  );
}

type RowProps = { document: Document; onErase: (document: Document) => void };

function Row({ document, onErase }: RowProps) {
  const intl = useIntl();
  const words = useWords();
  const { mutate: restore } = useRestoreDocument({
    onError: (error) => toast({ tone: "failed", text: sentenceOf(error, intl) }),
  });
  const name = document.title ?? document.name;
  return (
    <li className={styles["row"]}>
      <span className={styles["name"]}>{name}</span>
      <span className={styles["text"]}>{words.type(document.document_type)}</span>
      <span className={styles["text"]}>
        {document.erased_after !== null &&
          intl.formatMessage(
            { id: "trash.until" },
            { date: intl.formatDate(document.erased_after, { dateStyle: "medium" }) },
          )}
      </span>
      <Button
        size="small"
        icon="retry"
        aria-label={intl.formatMessage({ id: "action.restore_name" }, { name })}
        onPress={() => restore(document.id)}
      >
        {intl.formatMessage({ id: "action.restore" })}
      </Button>
      <Button
        look="quiet"
        size="small"
        icon="trash"
        aria-label={intl.formatMessage({ id: "action.erase_name" }, { name })}
        onPress={() => onErase(document)}
      />
    </li>
  );
}
