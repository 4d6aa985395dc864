// The fine-line rosette of a bank note: our only ornament, on the landing page and on receipts, behind nothing that is read.
import { useId } from 'react';

/** A group of turned ellipses around (0, 0) with radius 100; `turns` of them over half a circle. */
export function RosetteLines({ turns }: { turns: number }) {
  const id = useId();
  const rotations = Array.from({ length: turns - 1 }, (_, at) => ((at + 1) * 180) / turns);
  return (
    <g fill="none" stroke="var(--brand)">
      <ellipse id={id} cx="0" cy="0" rx="100" ry="38" />
      {rotations.map((degrees) => (
        <use key={degrees} href={`#${id}`} transform={`rotate(${degrees})`} />
      ))}
    </g>
  );
}
