import {
  type PointerEvent,
  type RefCallback,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";

import type { PageFacts } from "@/api/schema/types.gen";
import {
  type Point,
  type Size,
  type View,
  boundsOf,
  fillView,
  fitPage,
  frameBox,
  keepInSight,
  pan,
  zoomAt,
} from "@/domain/boxes";
import type { FieldRow } from "@/domain/field";

/** Where the person took the view, until he goes to another field; null follows the fields. */
type Taken = { page: number; view: View | "fit" | null } | null;

const NOT_MEASURED: PageFacts = { width: 1, height: 1, quarter_turns: 0 };

/** A press that moves less than this many pixels is a click. */
const CLICK_SLACK = 4;

/** Halving or doubling takes about five notches of a wheel. */
const WHEEL_ZOOM = 0.0015;

export function usePageView(
  pages: readonly PageFacts[],
  rows: readonly FieldRow[],
  focused: string | null,
) {
  const [viewport, setViewport] = useState<Size>({ width: 0, height: 0 });
  const [turns, setTurns] = useState(0);
  const [taken, setTaken] = useState<Taken>(null);
  const [followed, setFollowed] = useState(focused);
  const [hand, setHand] = useState<"off" | "wheel" | "drag">("off");
  const [press, setPress] = useState<{ at: Point; moved: boolean } | null>(null);

  if (followed !== focused) {
    setFollowed(focused);
    setHand("off");
    setTaken(null);
  }

  const evidence = rows.find((row) => row.name === focused)?.evidence ?? [];
  const page = Math.min(taken?.page ?? evidence[0]?.page ?? 0, Math.max(0, pages.length - 1));
  const facts = pages[page] ?? NOT_MEASURED;
  const upright = facts.quarter_turns + turns;

  const box = boundsOf(
    evidence
      .filter((each) => each.page === page)
      .flatMap((each) => each.quad.map(([x, y]): Point => [x ?? 0, y ?? 0])),
  );
  const fitted = fitPage(facts, viewport, upright);
  const framed = box ? frameBox(box, facts, viewport, upright) : fitted;
  const view = taken?.view === "fit" ? fitted : (taken?.view ?? framed);

  const take = (next: View, by: typeof hand) => {
    setHand(by);
    setTaken({ page, view: keepInSight(next, facts) });
  };

  // A wheel must be listened to directly: React's listener may not keep the page from scrolling.
  const onWheel = useRef<(event: WheelEvent) => void>(() => undefined);
  useEffect(() => {
    onWheel.current = (event) => {
      event.preventDefault();
      const area = (event.currentTarget as Element).getBoundingClientRect();
      const at: Point = [event.clientX - area.left, event.clientY - area.top];
      take(zoomAt(view, viewport, Math.exp(-event.deltaY * WHEEL_ZOOM), at), "wheel");
    };
  });

  const element: RefCallback<HTMLDivElement> = useCallback((viewer) => {
    if (!viewer) return undefined;
    const measure = () => setViewport({ width: viewer.clientWidth, height: viewer.clientHeight });
    const observer = new ResizeObserver(measure);
    const wheel = (event: WheelEvent) => onWheel.current(event);
    observer.observe(viewer);
    viewer.addEventListener("wheel", wheel, { passive: false });
    measure();
    return () => {
      observer.disconnect();
      viewer.removeEventListener("wheel", wheel);
    };
  }, []);

  const middle: Point = [viewport.width / 2, viewport.height / 2];
  return {
    element,
    view,
    viewport,
    page,
    size: { width: facts.width, height: facts.height },
    /** While the view follows the hand it must not lag behind it. */
    hand,
    zoom: (factor: number) =>
      take(fillView(zoomAt(view, viewport, factor, middle), facts, viewport), "off"),
    move: (by: Point) => take(pan(view, viewport, by), "off"),
    fit() {
      setHand("off");
      setTaken({ page, view: "fit" });
    },
    rotate() {
      setHand("off");
      setTurns(turns + 1);
      setTaken({ page, view: "fit" });
    },
    flip() {
      setHand("wheel");
      setTaken({ page: (page + 1) % Math.max(1, pages.length), view: null });
    },
    pointer: {
      onPointerDown(event: PointerEvent) {
        if (event.button === 0) setPress({ at: [event.clientX, event.clientY], moved: false });
      },
      onPointerMove(event: PointerEvent) {
        if (!press) return;
        const [x, y] = press.at;
        const by: Point = [event.clientX - x, event.clientY - y];
        if (!press.moved && Math.hypot(...by) < CLICK_SLACK) return;
        if (!press.moved) event.currentTarget.setPointerCapture(event.pointerId);
        setPress({ at: [event.clientX, event.clientY], moved: true });
        take(pan(view, viewport, by), "drag");
      },
      onPointerUp() {
        setPress(null);
        setHand("off");
      },
      onPointerCancel() {
        setPress(null);
        setHand("off");
      },
    },
  };
}
