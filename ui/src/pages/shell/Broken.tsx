import type { ErrorComponentProps } from "@tanstack/react-router";
import { useIntl } from "react-intl";

import { sentenceOf } from "@/api/errors";
import { Notice } from "@/pages/shell/Notice";
import { Button } from "@/parts/Button";

/** What is left when a page breaks while being drawn. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const intl = useIntl();
  return (
    <Notice title={intl.formatMessage({ id: "broken.title" })} text={sentenceOf(error, intl)}>
      <Button look="primary" onPress={reset}>
        {intl.formatMessage({ id: "action.try_again" })}
      </Button>
    </Notice>
  );
}
