import type { Size } from "@/domain/boxes";
import type { FieldRow } from "@/domain/field";
import styles from "@/pages/review/canvas/Boxes.module.css";
import { useFieldLabel } from "@/words/fieldLabel";

type Props = {
  size: Size;
  page: number;
  /** Of the view, so that lines are equally thick at every zoom. */
  scale: number;
  rows: readonly FieldRow[];
  focused: string | null;
  onPick: (field: string) => void;
};

/**
 * A box for every piece of evidence, in page coordinates. Pressing one goes to its field; with the
 * keyboard one goes by the fields themselves, so the boxes are no stops of their own.
 */
export function Boxes({ size, page, scale, rows, focused, onPick }: Props) {
  const fieldLabel = useFieldLabel();
  const boxes = rows.flatMap((row) =>
    row.evidence
      .filter((evidence) => evidence.page === page)
      .map((evidence, index) => ({ row, quad: evidence.quad, key: `${row.name}-${index}` })),
  );
  // The focused box lies on top of its neighbours.
  const ordered = boxes.toSorted(
    (a, b) => Number(a.row.name === focused) - Number(b.row.name === focused),
  );
  return (
    <svg
      className={styles["boxes"]}
      viewBox={`0 0 ${size.width} ${size.height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {ordered.map(({ row, quad, key }) => (
        <polygon
          key={key}
          className={`${styles["box"]} ${styles[row.state]}`}
          data-focused={row.name === focused || undefined}
          data-field={row.name}
          points={quad.map(([x, y]) => `${x},${y}`).join(" ")}
          strokeWidth={(row.name === focused ? 2.5 : 1.25) / scale}
          onClick={() => onPick(row.name)}
        >
          <title>{fieldLabel(row.name)}</title>
        </polygon>
      ))}
    </svg>
  );
}
