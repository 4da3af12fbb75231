/** Drawn on a grid of 16, one stroke width, in the colour of the text around them. */
const PATHS = {
  alert: "M8 2.2 14.4 13.4H1.6L8 2.2ZM8 6.4v3.2M8 11.5v.1",
  arrow_left: "M13 8H3M7 4 3 8l4 4",
  ban: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM3.8 3.8l8.4 8.4",
  bolt: "M9.2 1.8 3.4 9h4L6.8 14.2 12.6 7h-4l.6-5.2Z",
  check: "m3 8.6 3.2 3.2L13 4.8",
  chevron_down: "m4 6 4 4 4-4",
  chevron_left: "m10 4-4 4 4 4",
  chevron_right: "m6 4 4 4-4 4",
  chevron_up: "m4 10 4-4 4 4",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.6",
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8v-8Z",
  cross: "m4 4 8 8M12 4l-8 8",
  dot: "M8 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z",
  empty: "M8 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z",
  file: "M4 1.8h5L12.5 5.3v8.9H4V1.8ZM9 1.8v3.5h3.5",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  flag: "M3.5 14V2.5M3.5 3h8.5l-2 3 2 3H3.5",
  flip: "M8 2v12M5.5 4.5 2 8l3.5 3.5V4.5ZM10.5 4.5 14 8l-3.5 3.5V4.5Z",
  history: "M2.5 8a5.5 5.5 0 1 0 1.7-4L2.5 5.6M2.5 2.5v3.1h3.1M8 5v3.2l2.2 1.3",
  inbox: "M2 9.5h3.5l1 2h3l1-2H14M2 9.5 4 3h8l2 6.5V13H2V9.5Z",
  keyboard: "M1.8 4h12.4v8.2H1.8V4ZM4.3 6.6h.1M7 6.6h.1M9.6 6.6h.1M4.3 9.6h7.2M12 6.6h.1",
  language:
    "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12M8 2c2 1.8 2.6 3.8 2.6 6S10 12.2 8 14c-2-1.8-2.6-3.8-2.6-6S6 3.8 8 2Z",
  leave: "M6 2.5H2.5v11H6M6.5 8H14M11 5l3 3-3 3",
  minus: "M3.5 8h9",
  monitor: "M2 3h12v8H2V3ZM5.5 13.5h5M8 11v2.5",
  moon: "M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1Z",
  plus: "M8 3.5v9M3.5 8h9",
  retry: "M13.5 8a5.5 5.5 0 1 1-1.7-4l1.7 1.6M13.5 2.5v3.1h-3.1",
  rotate: "M12.8 6.2A5.2 5.2 0 1 0 13.2 9M13.2 2.8v3.6H9.6",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.6 10.6 14 14",
  sidebar: "M2 3h12v10H2V3ZM6 3v10",
  sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9",
  trash: "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9M6.6 7v4M9.4 7v4",
  upload: "M8 10.5v-8M4.8 5.5 8 2.5l3.2 3M2.5 10.5v3h11v-3",
  user: "M8 8.2a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8ZM2.8 13.8c.6-2.4 2.6-3.6 5.2-3.6s4.6 1.2 5.2 3.6",
} as const;

/** Shapes that read better solid. */
const SOLID: ReadonlySet<IconName> = new Set<IconName>(["dot", "bolt"]);

export type IconName = keyof typeof PATHS;

type Props = { name: IconName; size?: number };

/** Decoration: the word beside it, or the label of its button, says what it means. */
export function Icon({ name, size = 16 }: Props) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill={SOLID.has(name) ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: "none" }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
