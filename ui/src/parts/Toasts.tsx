import { useIntl } from "react-intl";

import { Button } from "@/parts/Button";
import { Icon } from "@/parts/Icon";
import styles from "@/parts/Toasts.module.css";
import { dismiss, useToasts } from "@/parts/toasts";

/** Where short messages appear. Failures interrupt a screen reader, the rest wait their turn. */
export function Toasts() {
  const intl = useIntl();
  const toasts = useToasts();
  return (
    <div className={styles["corner"]} aria-live="polite">
      {toasts.map(({ id, tone, text, action }) => (
        <div
          key={id}
          className={`${styles["toast"]} ${styles[tone]}`}
          role={tone === "failed" ? "alert" : undefined}
        >
          {tone === "failed" && <Icon name="alert" />}
          <span>{text}</span>
          {action && (
            <Button
              size="small"
              onPress={() => {
                action.run();
                dismiss(id);
              }}
            >
              {action.label}
            </Button>
          )}
          <Button
            look="quiet"
            size="small"
            icon="cross"
            aria-label={intl.formatMessage({ id: "action.dismiss" })}
            onPress={() => dismiss(id)}
          />
        </div>
      ))}
    </div>
  );
}
