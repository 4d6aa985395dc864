/** Comma-separated values as RFC 4180 defines them: quoted fields may hold commas, quotes written twice and line breaks. Pure. */
export interface CsvRecord {
  /** Of the file, from 1: where the record begins. */
  readonly line: number;
  readonly fields: readonly string[];
}

export interface CsvFault {
  readonly line: number;
  /** A quote inside an unquoted field or after a closed one, or one that is never closed. */
  readonly code: 'quote';
}

/** Records without those that are empty; reading ends at the first fault, after which nothing is certain. */
export function parseCsv(text: string): { readonly records: readonly CsvRecord[]; readonly fault?: CsvFault } {
  const records: CsvRecord[] = [];
  const source = text.replace(/^\uFEFF/, '');
  let at = 0;
  let line = 1;
  while (at < source.length) {
    const begins = line;
    const fields: string[] = [];
    for (;;) {
      let field = '';
      if (source[at] === '"') {
        const end = closingQuote(source, at);
        if (end === undefined) return { records, fault: { line: begins, code: 'quote' } };
        const inside = source.slice(at + 1, end);
        line += inside.split('\n').length - 1;
        field = inside.replaceAll('""', '"');
        at = end + 1;
        if (!/^(,|\r?\n|$)/.test(source.slice(at, at + 2))) return { records, fault: { line, code: 'quote' } };
      } else {
        const end = endOfField(source, at);
        field = source.slice(at, end);
        if (field.includes('"')) return { records, fault: { line, code: 'quote' } };
        at = end;
      }
      fields.push(field);
      if (source[at] !== ',') break;
      at += 1;
    }
    if (source[at] === '\r') at += 1;
    if (source[at] === '\n') at += 1;
    line += 1;
    if (fields.some((field) => field.trim() !== '')) records.push({ line: begins, fields });
  }
  return { records };
}

/** Where the quote at `open` is closed; undefined when it never is. */
function closingQuote(source: string, open: number): number | undefined {
  for (let at = source.indexOf('"', open + 1); at !== -1; at = source.indexOf('"', at + 2)) {
    if (source[at + 1] !== '"') return at;
  }
  return undefined;
}

function endOfField(source: string, start: number): number {
  let at = start;
  while (at < source.length && source[at] !== ',' && source[at] !== '\n') at += 1;
  return source[at] === '\n' && source[at - 1] === '\r' && at > start ? at - 1 : at;
}
