import { useIntl } from "react-intl";

import { sentenceOf } from "@/api/errors";
import { useDeleteDocument } from "@/api/mutations";
import type { Document } from "@/api/schema/types.gen";
import styles from "@/pages/inbox/DeleteDialog.module.css";
import { Button } from "@/parts/Button";
import { Sheet } from "@/parts/Sheet";
import { toast } from "@/parts/toasts";

type Props = { document: Document; onClose: () => void };

/** Asks once: what is deleted is gone, with its picture and its corrections. */
export function DeleteDialog({ document, onClose }: Props) {
  const intl = useIntl();
  const { mutate } = useDeleteDocument();
  const name = document.title ?? document.name;
  return (
    <Sheet
      role="alertdialog"
      title={intl.formatMessage({ id: "delete.title" }, { name })}
      onClose={onClose}
    >
      <p>{intl.formatMessage({ id: "delete.text" })}</p>
      <div className={styles["actions"]}>
        <Button
          onPress={onClose}
          // The safe answer is the one under Enter.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
        >
          {intl.formatMessage({ id: "action.keep" })}
        </Button>
        <Button
          look="danger"
          onPress={() => {
            mutate(document.id, {
              onError: (error) => toast({ tone: "failed", text: sentenceOf(error, intl) }),
            });
            onClose();
          }}
        >
          {intl.formatMessage({ id: "action.delete" })}
        </Button>
      </div>
    </Sheet>
  );
}
