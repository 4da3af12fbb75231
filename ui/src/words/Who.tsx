import { useIntl } from "react-intl";

import type { Session } from "@/api/schema/types.gen";

type Props = { user: string; session: Session };

/** A person by what the reader knows him as. */
export function Who({ user, session }: Props) {
  const intl = useIntl();
  return user === session.user.id
    ? intl.formatMessage({ id: "who.you" })
    : intl.formatMessage({ id: "who.another" });
}
