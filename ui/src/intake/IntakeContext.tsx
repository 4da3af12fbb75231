import { createContext, useContext, useSyncExternalStore } from "react";

import type { Intake } from "@/intake/intake";
import type { Upload } from "@/intake/uploads";

export const IntakeContext = createContext<Intake | null>(null);

export function useIntake(): Intake {
  const intake = useContext(IntakeContext);
  if (!intake) throw new Error("useIntake needs an IntakeContext around it");
  return intake;
}

export function useUploads(): readonly Upload[] {
  const intake = useIntake();
  return useSyncExternalStore(intake.subscribe, intake.uploads);
}
