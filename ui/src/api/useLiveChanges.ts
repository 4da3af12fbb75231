import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { EVENTS_PATH } from "@/api/client";
import type { Event } from "@/api/schema/types.gen";
import { changeApplier } from "@/api/tags";
import { platform } from "@/platform";

/** Keeps what is shown true while mounted. Says whether the stream stands at the moment. */
export function useLiveChanges(): boolean {
  const client = useQueryClient();
  const [live, setLive] = useState(true);
  useEffect(() => {
    const apply = changeApplier(client);
    const stop = platform.listen(EVENTS_PATH, {
      onOpen() {
        // Also the first time: a change may have fallen between the first answers and this moment.
        apply.everything();
        setLive(true);
      },
      onBreak() {
        setLive(false);
      },
      onEvent({ event, data }) {
        if (event === "resync") apply.everything();
        if (event === "change") apply.change(JSON.parse(data) as Event);
      },
    });
    return () => {
      stop();
      apply.stop();
    };
  }, [client]);
  return live;
}
