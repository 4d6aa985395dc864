// Tables written as text, one row a line, so that a clinician can read and review them. A broken row is a fault, never skipped.

/** Thrown when a table of ours is broken or missing: whoever asked must say that nothing was checked. */
export class CareTableFault extends Error {
  override readonly name = 'CareTableFault';
}

/** Rows of a text table: columns parted by `|`; throws when a row has another number of columns or a required one is empty. */
export function readTable<Column extends string>(
  name: string,
  text: string,
  columns: readonly Column[],
  mayBeEmpty: readonly Column[] = [],
): Readonly<Record<Column, string>>[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new CareTableFault(`table ${name} is empty`);
  return lines.map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    if (cells.length !== columns.length)
      throw new CareTableFault(`table ${name}: not ${columns.length} columns: ${line}`);
    const row = {} as Record<Column, string>;
    for (const [index, column] of columns.entries()) {
      row[column] = cells[index]!;
      if (row[column] === '' && !mayBeEmpty.includes(column)) {
        throw new CareTableFault(`table ${name}: ${column} is empty: ${line}`);
      }
    }
    return row;
  });
}

/** The value if it is one of those allowed; throws otherwise. */
export function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new CareTableFault(`table ${name}: unknown value ${value}`);
  return found;
}
