import type { ReactNode } from "react";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";

import styles from "@/parts/Fold.module.css";
import { Icon } from "@/parts/Icon";

type Props = { title: ReactNode; startsOpen: boolean; children: ReactNode };

/** A section that opens and closes. */
export function Fold({ title, startsOpen, children }: Props) {
  return (
    <Disclosure className={styles["fold"] ?? ""} defaultExpanded={startsOpen}>
      <Heading level={2} className={styles["heading"] ?? ""}>
        <Button slot="trigger" className={styles["trigger"] ?? ""}>
          <span className={styles["arrow"]}>
            <Icon name="chevron_right" size={13} />
          </span>
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className={styles["panel"] ?? ""}>{children}</DisclosurePanel>
    </Disclosure>
  );
}
