// A person as initials; the name always stands beside it.

/** First letters of the first and last name; titles do not count. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '' && !/^(dr|mr|mrs|ms|prof|श्री|डॉ)\.?$/i.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase() || '·';
}

export function Avatar({ name, large = false, plain = false }: { name: string; large?: boolean; plain?: boolean }) {
  return (
    <span className={`avatar${large ? ' large' : ''}${plain ? ' plain' : ''}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
