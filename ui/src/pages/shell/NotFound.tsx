import { Link } from "@tanstack/react-router";
import { useIntl } from "react-intl";

import { Notice } from "@/pages/shell/Notice";

/** An address that leads nowhere. */
export function NotFound() {
  const intl = useIntl();
  return (
    <Notice
      title={intl.formatMessage({ id: "not_found.title" })}
      text={intl.formatMessage({ id: "not_found.text" })}
    >
      <Link to="/">{intl.formatMessage({ id: "command.go_inbox" })}</Link>
    </Notice>
  );
}
