/** How long ago an instant is, in the largest unit that fits. */
export type Ago = { value: number; unit: "now" | "minute" | "hour" | "day" };

export function ago(instant: number, now: number): Ago {
  const seconds = Math.max(0, Math.round((now - instant) / 1000));
  if (seconds < 60) return { value: 0, unit: "now" };
  if (seconds < 3_600) return { value: -Math.floor(seconds / 60), unit: "minute" };
  if (seconds < 86_400) return { value: -Math.floor(seconds / 3_600), unit: "hour" };
  return { value: -Math.floor(seconds / 86_400), unit: "day" };
}
