import { useIntl } from "react-intl";

import { sentenceOf } from "@/api/errors";
import { useRestoreDocument, useTrashDocument } from "@/api/mutations";
import type { Document } from "@/api/schema/types.gen";
import { Question } from "@/parts/Question";
import { toast } from "@/parts/toasts";

type Props = { document: Document; onClose: () => void };

/** Asks once, and offers a way back afterwards: what is deleted goes to the trash. */
export function DeleteDialog({ document, onClose }: Props) {
  const intl = useIntl();
  const name = document.title ?? document.name;
  const onError = (error: unknown) => toast({ tone: "failed", text: sentenceOf(error, intl) });
  const { mutate: restore } = useRestoreDocument({ onError });
  const { mutate: trash } = useTrashDocument({
    onError,
    onSuccess: () =>
      toast({
        tone: "plain",
        text: intl.formatMessage({ id: "delete.done" }, { name }),
        action: {
          label: intl.formatMessage({ id: "action.undo" }),
          run: () => restore(document.id),
        },
      }),
  });
  return (
    <Question
      title={intl.formatMessage({ id: "delete.title" }, { name })}
      text={intl.formatMessage({ id: "delete.text" })}
      keep={intl.formatMessage({ id: "action.keep" })}
      doIt={intl.formatMessage({ id: "action.delete" })}
      onClose={onClose}
      onDo={() => trash(document.id)}
    />
  );
}
