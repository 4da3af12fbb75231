import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { useIntl } from "react-intl";

import { sentenceOf } from "@/api/errors";
import { sessionQuery } from "@/api/queries";
import { Notice } from "@/pages/shell/Notice";
import { Shell } from "@/pages/shell/Shell";
import { SignIn } from "@/pages/shell/SignIn";
import { useOneTimeCode } from "@/pages/shell/useOneTimeCode";
import { Button } from "@/parts/Button";

/** Lets in who is signed in; asks the others. */
export function Entrance() {
  const intl = useIntl();
  const code = useOneTimeCode();
  const session = useQuery({ ...sessionQuery, enabled: !code.trading });

  if (session.data) {
    return (
      <Shell session={session.data}>
        <Outlet />
      </Shell>
    );
  }
  if (session.error) {
    return (
      <Notice
        title={intl.formatMessage({ id: "entrance.unreachable" })}
        text={sentenceOf(session.error, intl)}
      >
        <Button look="primary" onPress={() => void session.refetch()}>
          {intl.formatMessage({ id: "action.try_again" })}
        </Button>
      </Notice>
    );
  }
  if (session.data === null) return <SignIn codeError={code.error} />;
  return <Notice title="" text={intl.formatMessage({ id: "entrance.opening" })} />;
}
