import { useState } from "react";
import { useIntl } from "react-intl";

import { pageImageUrl, thumbnailUrl } from "@/api/client";
import type { PageFacts } from "@/api/schema/types.gen";
import { CommandButton } from "@/commands/CommandButton";
import { useCommand } from "@/commands/useCommand";
import { type Point, viewFromPage } from "@/domain/boxes";
import type { FieldRow } from "@/domain/field";
import { Boxes } from "@/pages/review/canvas/Boxes";
import styles from "@/pages/review/canvas/PageCanvas.module.css";
import { usePageView } from "@/pages/review/canvas/usePageView";
import { Icon } from "@/parts/Icon";
import { useFieldLabel } from "@/words/fieldLabel";

/** Longest side of the picture that is asked for: enough for small print at four times fitted size. */
export const MAX_SIDE = 3_000;
const ZOOM_STEP = 1.25;
const PAN_STEP = 64;

const ARROWS: { readonly [key: string]: Point } = {
  ArrowLeft: [PAN_STEP, 0],
  ArrowRight: [-PAN_STEP, 0],
  ArrowUp: [0, PAN_STEP],
  ArrowDown: [0, -PAN_STEP],
};

type Props = {
  id: string;
  /** Whether there is a picture at all. */
  showable: boolean;
  /** When its pictures were erased, if they were. */
  erasedAt: string | null;
  pages: readonly PageFacts[];
  rows: readonly FieldRow[];
  focused: string | null;
  onPick: (field: string) => void;
};

/** The page with a box for every field, looked at through a window that zooms, pans and turns. */
export function PageCanvas({ id, showable, erasedAt, pages, rows, focused, onPick }: Props) {
  const intl = useIntl();
  const fieldLabel = useFieldLabel();
  const [natural, setNatural] = useState<PageFacts | null>(null);
  const [broken, setBroken] = useState(false);
  const failed = broken || !showable;
  // Without a reading nobody has measured the page but the browser.
  const measured = pages.length > 0 ? pages : natural ? [natural] : [];
  const { element, ...canvas } = usePageView(measured, rows, focused);
  const { view, viewport, page } = canvas;

  useCommand("zoom_in", () => canvas.zoom(ZOOM_STEP));
  useCommand("zoom_out", () => canvas.zoom(1 / ZOOM_STEP));
  useCommand("zoom_fit", canvas.fit);
  useCommand("rotate", canvas.rotate);
  useCommand("flip", canvas.flip, measured.length > 1);

  const matrix = viewFromPage(view, viewport);
  const label = focused === null ? null : fieldLabel(focused);
  return (
    <section className={styles["canvas"]} aria-label={intl.formatMessage({ id: "canvas.title" })}>
      {/* A picture that is moved about: by dragging, by wheel and by arrow keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={element}
        className={styles["viewport"]}
        role="group"
        aria-label={
          label === null
            ? intl.formatMessage({ id: "canvas.page" }, { page: page + 1 })
            : intl.formatMessage({ id: "canvas.page_at" }, { page: page + 1, field: label })
        }
        // The page can be moved without a mouse.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        data-dragging={canvas.hand === "drag" || undefined}
        onKeyDown={(event) => {
          const by = ARROWS[event.key];
          if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          canvas.move(by);
        }}
        {...canvas.pointer}
      >
        {viewport.width > 0 && !failed && (
          <div
            className={styles["stage"]}
            data-still={canvas.hand !== "off" || undefined}
            style={{
              width: canvas.size.width,
              height: canvas.size.height,
              transform: `matrix(${matrix.join(",")})`,
              // Something to look at while the whole picture is on its way.
              ...(page === 0 && { backgroundImage: `url("${thumbnailUrl(id)}")` }),
            }}
          >
            <img
              className={styles["image"]}
              src={pageImageUrl(id, page, MAX_SIDE)}
              alt={intl.formatMessage({ id: "canvas.page" }, { page: page + 1 })}
              draggable={false}
              onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
                setNatural({ width: naturalWidth, height: naturalHeight, quarter_turns: 0 })
              }
              onError={() => setBroken(true)}
            />
            <Boxes
              size={canvas.size}
              page={page}
              scale={view.scale}
              rows={rows}
              focused={focused}
              onPick={onPick}
            />
          </div>
        )}
        {failed && (
          <p className={styles["failed"]}>
            <Icon name="file" size={24} />
            {erasedAt === null
              ? intl.formatMessage({ id: "canvas.failed" })
              : intl.formatMessage(
                  { id: "canvas.erased" },
                  { date: intl.formatDate(erasedAt, { dateStyle: "long" }) },
                )}
          </p>
        )}
      </div>
      {!failed && (
        <div
          className={styles["tools"]}
          role="toolbar"
          aria-label={intl.formatMessage({ id: "canvas.tools" })}
        >
          <CommandButton command="zoom_out" look="quiet" size="small" icon="minus" />
          <span className={styles["scale"]}>
            {intl.formatNumber(view.scale, { style: "percent" })}
          </span>
          <CommandButton command="zoom_in" look="quiet" size="small" icon="plus" />
          <CommandButton command="zoom_fit" look="quiet" size="small" icon="fit" />
          <CommandButton command="rotate" look="quiet" size="small" icon="rotate" />
          {measured.length > 1 && (
            <CommandButton command="flip" look="quiet" size="small" icon="flip">
              {intl.formatMessage(
                { id: "canvas.page_of" },
                { page: page + 1, pages: measured.length },
              )}
            </CommandButton>
          )}
        </div>
      )}
    </section>
  );
}
