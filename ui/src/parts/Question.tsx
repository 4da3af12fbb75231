import { Button } from "@/parts/Button";
import styles from "@/parts/Question.module.css";
import { Sheet } from "@/parts/Sheet";

type Props = {
  title: string;
  text: string;
  /** What the safe answer says, and what the other one does. */
  keep: string;
  doIt: string;
  onDo: () => void;
  onClose: () => void;
};

/** Asks before something is lost. */
export function Question({ title, text, keep, doIt, onDo, onClose }: Props) {
  return (
    <Sheet role="alertdialog" title={title} onClose={onClose}>
      <p>{text}</p>
      <div className={styles["actions"]}>
        <Button
          onPress={onClose}
          // The safe answer is the one under Enter.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
        >
          {keep}
        </Button>
        <Button
          look="danger"
          onPress={() => {
            onDo();
            onClose();
          }}
        >
          {doIt}
        </Button>
      </div>
    </Sheet>
  );
}
