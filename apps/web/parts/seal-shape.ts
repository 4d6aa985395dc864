// The geometry of the seal on a 24 grid: a ring with one arc for each member hospital, and the scalloped rosette that only
// the reader's own browser may fill.

const CENTRE = 12;
export const RING_RADIUS = 9.9;
/** Gap between two arcs, in degrees of the ring. */
const GAP = 13.8;
/** Above this many hospitals the arcs join into one that fills by share. */
export const ARCS_AT_MOST = 8;
const SCALLOPS = 14;

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A point on a circle around the centre; degrees run clockwise from the top. */
function point(radius: number, degrees: number): string {
  const angle = ((degrees - 90) * Math.PI) / 180;
  return `${round(CENTRE + radius * Math.cos(angle))} ${round(CENTRE + radius * Math.sin(angle))}`;
}

/** SVG path of a clockwise arc from one angle to another, in degrees. */
export function arc(radius: number, from: number, to: number): string {
  const large = to - from > 180 ? 1 : 0;
  return `M${point(radius, from)}A${radius} ${radius} 0 ${large} 1 ${point(radius, to)}`;
}

/** The arcs of `members` hospitals, in order from the top; one entry each up to eight, then one for all. */
export function memberArcs(members: number, radius = RING_RADIUS): string[] {
  if (members > ARCS_AT_MOST) return [arc(radius, GAP / 2, 360 - GAP / 2)];
  const width = 360 / members;
  return Array.from({ length: members }, (_, at) => arc(radius, at * width + GAP / 2, (at + 1) * width - GAP / 2));
}

/** What of the ring is drawn and what is still faint, for `confirmed` of `members`. */
export function ringParts(members: number, confirmed: number): { drawn: string[]; faint: string[] } {
  if (members <= ARCS_AT_MOST) {
    const arcs = memberArcs(members);
    return { drawn: arcs.slice(0, confirmed), faint: arcs.slice(confirmed) };
  }
  const from = GAP / 2;
  const edge = from + (360 - GAP) * Math.min(1, confirmed / members);
  return {
    drawn: confirmed > 0 ? [arc(RING_RADIUS, from, edge)] : [],
    faint: confirmed < members ? [arc(RING_RADIUS, edge, 360 - from)] : [],
  };
}

/** The scalloped rosette, a closed path. */
export const ROSETTE = (() => {
  const bump = `A2.35 2.35 0 0 1 `;
  const points = Array.from({ length: SCALLOPS }, (_, at) => point(9.7, (at * 360) / SCALLOPS));
  return `M${points[0]}${points
    .slice(1)
    .concat(points[0] ?? '')
    .map((to) => bump + to)
    .join('')}Z`;
})();

/** The broken ring of "does not match": one arc pushed out of place. */
export const BROKEN = { ring: arc(RING_RADIUS, 43, 353), loose: 'M12.89 0.94A9.9 9.9 0 0 1 18.27 2.84' };
export const TICK = 'M7.6 12.3l3 3 5.9-6.3';
