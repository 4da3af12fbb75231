import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";

import styles from "@/parts/Sheet.module.css";

type Props = {
  title: string;
  /** Shown at the top of the sheet, or only spoken. */
  titleShown?: boolean;
  role?: "dialog" | "alertdialog";
  width?: "narrow" | "wide";
  onClose: () => void;
  children: ReactNode;
};

/** A dialog over the page. Escape and a click beside it close it. */
export function Sheet({
  title,
  titleShown = true,
  role = "dialog",
  width = "narrow",
  onClose,
  children,
}: Props) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={styles["veil"] ?? ""}
      data-modal
    >
      <Modal className={`${styles["modal"]} ${styles[width]}`}>
        <Dialog role={role} className={styles["dialog"] ?? ""}>
          <Heading slot="title" className={titleShown ? (styles["title"] ?? "") : "spoken"}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
