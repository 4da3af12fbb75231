import { useEffect, useState } from "react";

import { type OfferedFile, looksReadable } from "@/domain/offers";
import type { Intake } from "@/intake/intake";
import { platform } from "@/platform";

/** Makes the whole window take files, however it hears of them. Tells what is being dragged over it. */
export function useDropTarget(intake: Intake): readonly OfferedFile[] | null {
  const [offered, setOffered] = useState<readonly OfferedFile[] | null>(null);
  useEffect(
    () =>
      platform.can.nativeDrop
        ? platform.onNativeDrop({
            onDrag: (phase, files) => {
              if (phase === "enter") setOffered(files);
              else if (phase !== "over") setOffered(null);
            },
            onSubmissions: (submissions) => intake.accept(submissions),
          })
        : listenInPage(setOffered, (files) => intake.add(files)),
    [intake],
  );
  return offered;
}

/** The same by the events of the page, which hear of names only at the drop. */
function listenInPage(
  onOffer: (files: readonly OfferedFile[] | null) => void,
  onDrop: (files: readonly File[]) => void,
): () => void {
  // Entering a child comes before leaving its parent, so what counts is how many are entered.
  let entered = 0;
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const end = () => {
    entered = 0;
    onOffer(null);
  };
  const listeners = {
    dragenter(event: DragEvent) {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      entered += 1;
      if (entered === 1) onOffer(offeredBy(event.dataTransfer));
    },
    dragover(event: DragEvent) {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
    },
    dragleave() {
      entered -= 1;
      if (entered <= 0) end();
    },
    drop(event: DragEvent) {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      end();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) onDrop(files);
    },
  };
  window.addEventListener("dragenter", listeners.dragenter);
  window.addEventListener("dragover", listeners.dragover);
  window.addEventListener("dragleave", listeners.dragleave);
  window.addEventListener("drop", listeners.drop);
  return () => {
    window.removeEventListener("dragenter", listeners.dragenter);
    window.removeEventListener("dragover", listeners.dragover);
    window.removeEventListener("dragleave", listeners.dragleave);
    window.removeEventListener("drop", listeners.drop);
  };
}

function offeredBy(transfer: DataTransfer | null): OfferedFile[] {
  return [...(transfer?.items ?? [])]
    .filter((item) => item.kind === "file")
    .map((item) => {
      const mediaType = item.type === "" ? null : item.type;
      return { name: null, mediaType, accepted: looksReadable(null, mediaType), reason: null };
    });
}
