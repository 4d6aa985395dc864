// A hash for the eye: groups of four, shortened in the middle where the place is small.
export function Fingerprint({ value, whole = false }: { value: string; whole?: boolean }) {
  const groups = value.match(/.{1,4}/g) ?? [];
  const shown =
    whole || groups.length <= 6 ? groups.join(' ') : `${groups.slice(0, 4).join(' ')} … ${groups.slice(-2).join(' ')}`;
  return (
    <code className="fingerprint" title={whole ? undefined : value}>
      {shown}
    </code>
  );
}
