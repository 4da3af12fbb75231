import { useQuery } from "@tanstack/react-query";
import { useIntl } from "react-intl";

import { usersQuery } from "@/api/queries";
import type { Session } from "@/api/schema/types.gen";

type Props = { user: string; session: Session };

/** A person by what the reader knows him as. */
export function Who({ user, session }: Props) {
  const intl = useIntl();
  // Only an administrator may ask who the others are.
  const users = useQuery({ ...usersQuery, enabled: session.user.role === "admin" });
  const other = users.data?.find(({ id }) => id === user);
  return user === session.user.id
    ? intl.formatMessage({ id: "who.you" })
    : (other?.name ?? intl.formatMessage({ id: "who.another" }));
}
