/** The closed set of message ids: a text that is not in the catalogue does not compile. */
import en from "@/messages/en.json";

export type MessageId = keyof typeof en;

export function isMessageId(id: string): id is MessageId {
  return Object.hasOwn(en, id);
}

declare global {
  namespace FormatjsIntl {
    interface Message {
      ids: MessageId;
    }
    interface IntlConfig {
      locale: "en-GB" | "fr-FR";
    }
  }
}
