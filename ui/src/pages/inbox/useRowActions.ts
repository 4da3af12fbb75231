import { useIntl } from "react-intl";

import { sentenceOf } from "@/api/errors";
import { useCancelDocument, useRetryDocument } from "@/api/mutations";
import type { Document } from "@/api/schema/types.gen";
import { toast } from "@/parts/toasts";

export type RowActions = {
  retry: (document: Document) => void;
  cancel: (document: Document) => void;
  /** Null for who may not. */
  remove: ((document: Document) => void) | null;
};

type Options = { onDelete: ((document: Document) => void) | null };

export function useRowActions({ onDelete }: Options): RowActions {
  const intl = useIntl();
  const { mutate: retry } = useRetryDocument();
  const { mutate: cancel } = useCancelDocument();
  const onError = (error: unknown) => toast({ tone: "failed", text: sentenceOf(error, intl) });
  return {
    retry: ({ id }) => retry(id, { onError }),
    cancel: ({ id }) => cancel(id, { onError }),
    remove: onDelete,
  };
}
