/**
 * Where things on a page stand on the screen.
 *
 * Page coordinates: pixels of the page as stored, x to the right, y down, origin at the top-left
 * corner. View coordinates: CSS pixels of the viewport. One matrix leads from page to view; the
 * image and every box are drawn in page coordinates, so zooming and turning change only the matrix.
 */

export type Point = readonly [x: number, y: number];
export type Size = { width: number; height: number };
export type Bounds = { left: number; top: number; right: number; bottom: number };

/** x' = a·x + c·y + e, y' = b·x + d·y + f: the order of CSS `matrix()`. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** What the viewer looks at: the page point in the middle, the scale, and clockwise quarter turns. */
export type View = { centre: Point; scale: number; turns: number };

export const MIN_SCALE = 0.02;
export const MAX_SCALE = 8;

const COSINE = [1, 0, -1, 0] as const;
const SINE = [0, 1, 0, -1] as const;

const quarter = (turns: number) => ((Math.round(turns) % 4) + 4) % 4;

/** Leads from page pixels to viewport pixels. */
export function viewFromPage(view: View, viewport: Size): Matrix {
  const cosine = (COSINE[quarter(view.turns)] ?? 1) * view.scale;
  const sine = (SINE[quarter(view.turns)] ?? 0) * view.scale;
  const [x, y] = view.centre;
  return [
    cosine,
    sine,
    -sine,
    cosine,
    viewport.width / 2 - (cosine * x - sine * y),
    viewport.height / 2 - (sine * x + cosine * y),
  ];
}

export function apply(matrix: Matrix, [x, y]: Point): Point {
  const [a, b, c, d, e, f] = matrix;
  return [a * x + c * y + e, b * x + d * y + f];
}

export function invert(matrix: Matrix): Matrix {
  const [a, b, c, d, e, f] = matrix;
  const determinant = a * d - b * c;
  return [
    d / determinant,
    -b / determinant,
    -c / determinant,
    a / determinant,
    (c * f - d * e) / determinant,
    (b * e - a * f) / determinant,
  ];
}

/** Size of the page after the turns. */
export function turned(size: Size, turns: number): Size {
  return quarter(turns) % 2 === 0 ? size : { width: size.height, height: size.width };
}

export function clampScale(scale: number): number {
  return Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale));
}

/** Shows the whole page with a little air around it. */
export function fitPage(page: Size, viewport: Size, turns: number, air = 24): View {
  const upright = turned(page, turns);
  const scale = Math.min(
    Math.max(1, viewport.width - 2 * air) / upright.width,
    Math.max(1, viewport.height - 2 * air) / upright.height,
  );
  return { centre: [page.width / 2, page.height / 2], scale: clampScale(scale), turns };
}

export function boundsOf(points: readonly Point[]): Bounds | null {
  if (points.length === 0) return null;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
}

/** A two-letter field filling the screen would hide where it stands. */
const CLOSEST = 1.7;

/** Shows a box with a margin of 40 % on either side, but no closer than {@link CLOSEST} times the fitted page. */
export function frameBox(box: Bounds, page: Size, viewport: Size, turns: number): View {
  const fitted = fitPage(page, viewport, turns);
  const size = turned(
    { width: Math.max(1, box.right - box.left), height: Math.max(1, box.bottom - box.top) },
    turns,
  );
  const margin = 1.8;
  const closest = fitted.scale * CLOSEST;
  const scale = Math.min(
    viewport.width / (size.width * margin),
    viewport.height / (size.height * margin),
    closest,
  );
  const view: View = {
    centre: [(box.left + box.right) / 2, (box.top + box.bottom) / 2],
    scale: clampScale(Math.max(scale, fitted.scale)),
    turns,
  };
  return fillView(view, page, viewport);
}

/**
 * Moves the view so that it shows no more of the table beside the page than it must: a box at the
 * edge of the page need not be in the middle.
 */
export function fillView(view: View, page: Size, viewport: Size, air = 24): View {
  const seen = turned(viewport, view.turns);
  const clamp = (middle: number, whole: number, part: number) => {
    const half = part / view.scale / 2 - air / view.scale;
    return half * 2 >= whole ? whole / 2 : Math.min(whole - half, Math.max(half, middle));
  };
  const [x, y] = view.centre;
  return {
    ...view,
    centre: [clamp(x, page.width, seen.width), clamp(y, page.height, seen.height)],
  };
}

/** Zooms by a factor so that the page point under `at` (view coordinates) stays where it is. */
export function zoomAt(view: View, viewport: Size, factor: number, at: Point): View {
  const scale = clampScale(view.scale * factor);
  const point = apply(invert(viewFromPage(view, viewport)), at);
  const moved = apply(viewFromPage({ ...view, scale }, viewport), point);
  return pan({ ...view, scale }, viewport, [at[0] - moved[0], at[1] - moved[1]]);
}

/** Moves what is seen by a distance in view pixels. */
export function pan(view: View, viewport: Size, [dx, dy]: Point): View {
  const centre = apply(invert(viewFromPage(view, viewport)), [
    viewport.width / 2 - dx,
    viewport.height / 2 - dy,
  ]);
  return { ...view, centre };
}

/** Keeps some of the page in sight: the middle of the view always lies on the page. */
export function keepInSight(view: View, page: Size): View {
  const [x, y] = view.centre;
  return {
    ...view,
    centre: [Math.min(page.width, Math.max(0, x)), Math.min(page.height, Math.max(0, y))],
  };
}
