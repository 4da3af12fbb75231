import { useEffect } from "react";

/**
 * Names the page in the title of the window and in the browser's history. Never give it anything
 * about a person: history outlives a session.
 */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Lectern`;
    return () => {
      document.title = "Lectern";
    };
  }, [title]);
}
