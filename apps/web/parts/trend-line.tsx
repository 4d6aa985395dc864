// A small line of how one value moved; the numbers stand beside it in words.
export function TrendLine({ history, label }: { history: readonly { at: string; value: number }[]; label: string }) {
  const values = history.slice(-24).map((one) => one.value);
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const points = values.map(
    (value, at) => `${4 + (at * 182) / Math.max(1, values.length - 1)},${22 - ((value - low) / span) * 18}`,
  );
  const [x, y] = (points.at(-1) ?? '0,0').split(',');
  return (
    <svg className="range-bar" viewBox="0 0 190 26" role="img" aria-label={label}>
      <polyline points={points.join(' ')} fill="none" stroke="var(--brand)" strokeWidth="2" strokeLinejoin="round" />
      <circle cx={x} cy={y} r="4" style={{ fill: 'var(--brand)' }} />
    </svg>
  );
}
