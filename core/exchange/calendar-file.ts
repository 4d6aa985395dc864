/** Visits as a calendar (RFC 5545). It names the hospital and the time and nothing about why: calendars are shared. */

export interface CalendarVisit {
  readonly id: string;
  /** RFC 3339 in UTC, as all moments here: `2026-11-30T05:00:00.000Z`. */
  readonly start: string;
  readonly end: string;
  readonly title: string;
  readonly place?: string | undefined;
  readonly madeAt: string;
  readonly cancelled?: boolean;
}

/** Octets of a line without its end (RFC 5545 §3.1). */
const LINE_OCTETS = 75;

export function calendarFile(visits: readonly CalendarVisit[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Clearchart//Visit//EN',
    ...visits.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function eventLines({ id, start, end, title, place, madeAt, cancelled = false }: CalendarVisit): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${id}@clearchart`,
    `DTSTAMP:${utc(madeAt)}`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(end)}`,
    `SUMMARY:${escaped(title)}`,
    ...(place === undefined ? [] : [`LOCATION:${escaped(place)}`]),
    ...(cancelled ? ['STATUS:CANCELLED'] : []),
    'END:VEVENT',
  ];
}

function utc(moment: string): string {
  return `${moment.slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n');
}

/** Continued on lines that begin with a space, never within a character. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > LINE_OCTETS) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}

/** Of one character in UTF-8. */
function octetsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x1_0000 ? 3 : 4;
}
