import { useNavigate } from "@tanstack/react-router";
import type { Ref } from "react";
import { useIntl } from "react-intl";

import { FILTERS, type Filter } from "@/domain/status";
import styles from "@/pages/inbox/Filters.module.css";
import type { Counts } from "@/pages/inbox/useInbox";

type Props = { ref: Ref<HTMLDivElement>; filter: Filter; counts: Counts };

/** Which documents are shown. Radio buttons, so that the arrow keys go from one to the next. */
export function Filters({ ref, filter, counts }: Props) {
  const intl = useIntl();
  const navigate = useNavigate();
  return (
    <div
      ref={ref}
      className={styles["chips"]}
      role="radiogroup"
      aria-label={intl.formatMessage({ id: "inbox.filter" })}
    >
      {FILTERS.map((each) => {
        const count = counts[each];
        return (
          <label key={each} className={styles["chip"]}>
            <input
              type="radio"
              name="filter"
              className="spoken"
              checked={each === filter}
              onChange={() =>
                void navigate({
                  to: "/",
                  search: each === "all" ? {} : { show: each },
                  replace: true,
                })
              }
            />
            {intl.formatMessage({ id: `filter.${each}` })}{" "}
            {count && count.number > 0 && (
              <span className={styles["count"]}>
                {intl.formatNumber(count.number)}
                {count.orMore && "+"}
              </span>
            )}
          </label>
        );
      })}
    </div>
  );
}
