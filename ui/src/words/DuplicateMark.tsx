import { useIntl } from "react-intl";

import type { Document } from "@/api/schema/types.gen";
import { Mark } from "@/parts/Mark";

type Props = { document: Document; look?: "bare" | "pill" };

/** Says that a document, or its holder, may be here already. */
export function DuplicateMark({ document: { duplicates }, look = "bare" }: Props) {
  const intl = useIntl();
  if (duplicates === 0) return null;
  return (
    <Mark tone="check" icon="copy" look={look}>
      {intl.formatMessage({ id: "related.badge" }, { duplicates })}
    </Mark>
  );
}
