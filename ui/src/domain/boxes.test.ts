import { describe, expect, test } from "vitest";

import {
  type Bounds,
  type Point,
  type View,
  apply,
  boundsOf,
  fitPage,
  frameBox,
  invert,
  keepInSight,
  pan,
  viewFromPage,
  zoomAt,
} from "@/domain/boxes";

const page = { width: 1000, height: 600 };
const viewport = { width: 500, height: 500 };

const near = ([x, y]: Point) => [expect.closeTo(x, 6), expect.closeTo(y, 6)];

describe("viewFromPage", () => {
  test.each([0, 1, 2, 3, 4, -1])("puts the centre in the middle after %i turns", (turns) => {
    const view: View = { centre: [300, 200], scale: 0.7, turns };
    expect(apply(viewFromPage(view, viewport), [300, 200])).toEqual(near([250, 250]));
  });

  test("a clockwise quarter turn takes the top-left corner to the top right", () => {
    const view: View = { centre: [500, 300], scale: 1, turns: 1 };
    const [x, y] = apply(viewFromPage(view, viewport), [0, 0]);
    expect([x > 250, y < 250]).toEqual([true, true]);
  });

  test("invert leads back", () => {
    const matrix = viewFromPage({ centre: [10, 20], scale: 1.7, turns: 3 }, viewport);
    expect(apply(invert(matrix), apply(matrix, [123, 45]))).toEqual(near([123, 45]));
  });
});

/** Where a box stands in the view. */
function seen(view: View, { left, top, right, bottom }: Bounds): Bounds | null {
  const matrix = viewFromPage(view, viewport);
  return boundsOf([apply(matrix, [left, top]), apply(matrix, [right, bottom])]);
}

describe("fitPage", () => {
  test.each([0, 1, 2, 3])("shows the whole page with air around it after %i turns", (turns) => {
    const whole = { left: 0, top: 0, right: page.width, bottom: page.height };
    const bounds = seen(fitPage(page, viewport, turns), whole);
    expect(bounds?.left).toBeGreaterThanOrEqual(24 - 1e-6);
    expect(bounds?.top).toBeGreaterThanOrEqual(24 - 1e-6);
    expect(bounds?.right).toBeLessThanOrEqual(476 + 1e-6);
    expect(bounds?.bottom).toBeLessThanOrEqual(476 + 1e-6);
  });
});

describe("frameBox", () => {
  const corner = { left: 900, top: 560, right: 980, bottom: 590 };

  test.each([0, 1, 2, 3])("shows a box at the edge of the page whole after %i turns", (turns) => {
    const bounds = seen(frameBox(corner, page, viewport, turns), corner);
    expect(bounds?.left).toBeGreaterThanOrEqual(0);
    expect(bounds?.top).toBeGreaterThanOrEqual(0);
    expect(bounds?.right).toBeLessThanOrEqual(viewport.width);
    expect(bounds?.bottom).toBeLessThanOrEqual(viewport.height);
  });

  test("goes closer than the fitted page, but not without bound", () => {
    const fitted = fitPage(page, viewport, 0).scale;
    const { scale } = frameBox({ left: 10, top: 10, right: 12, bottom: 12 }, page, viewport, 0);
    expect(scale).toBeGreaterThan(fitted);
    expect(scale).toBeLessThanOrEqual(fitted * 3);
  });

  test("never shows less of the page than a box as wide as the page needs", () => {
    const line = { left: 0, top: 500, right: 1000, bottom: 560 };
    expect(frameBox(line, page, viewport, 0).scale).toBe(fitPage(page, viewport, 0).scale);
  });
});

test("zooming leaves the point under the pointer where it is", () => {
  const view: View = { centre: [500, 300], scale: 0.5, turns: 1 };
  const at: Point = [120, 400];
  const point = apply(invert(viewFromPage(view, viewport)), at);
  const zoomed = zoomAt(view, viewport, 2, at);
  expect(zoomed.scale).toBe(1);
  expect(apply(viewFromPage(zoomed, viewport), point)).toEqual(near(at));
});

test("zooming stops at its bounds", () => {
  const view: View = { centre: [500, 300], scale: 0.5, turns: 0 };
  expect(zoomAt(view, viewport, 1e6, [0, 0]).scale).toBe(8);
  expect(zoomAt(view, viewport, 1e-6, [0, 0]).scale).toBe(0.02);
});

test("panning moves what is seen by as much as the hand", () => {
  const view: View = { centre: [500, 300], scale: 0.5, turns: 2 };
  const before = apply(viewFromPage(view, viewport), [100, 100]);
  const after = apply(viewFromPage(pan(view, viewport, [30, -12]), viewport), [100, 100]);
  expect(after).toEqual(near([before[0] + 30, before[1] - 12]));
});

test("the middle of the view stays on the page", () => {
  const view: View = { centre: [-50, 9000], scale: 1, turns: 0 };
  expect(keepInSight(view, page).centre).toEqual([0, 600]);
});

test("nothing has no bounds", () => expect(boundsOf([])).toBeNull());
