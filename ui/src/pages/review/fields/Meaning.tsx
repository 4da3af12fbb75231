import { useIntl } from "react-intl";

import { dateInWords } from "@/domain/dates";
import type { FieldShape } from "@/domain/field";
import styles from "@/pages/review/fields/Meaning.module.css";
import { isMessageId } from "@/messages/ids";
import { useWords } from "@/words/useWords";

type Props = { shape: FieldShape; value: string };

/** What a coded value means, in words beside it. */
export function Meaning({ shape, value }: Props) {
  const intl = useIntl();
  const words = useWords();
  const inWords = () => {
    if (shape === "date") return dateInWords(value, intl.locale);
    if (shape === "country") {
      const name = words.country(value);
      return name === value ? null : name;
    }
    if (shape !== "sex") return null;
    const id = `sex.${value}`;
    return isMessageId(id) ? intl.formatMessage({ id }) : null;
  };
  const meaning = inWords();
  return meaning && <span className={styles["meaning"]}>{meaning}</span>;
}
