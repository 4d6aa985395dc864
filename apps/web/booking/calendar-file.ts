// A visit as a calendar file (RFC 5545). It names the hospital and the time and nothing about why: calendars are shared.

export interface CalendarVisit {
  readonly id: string;
  /** FHIR instants. */
  readonly start: string;
  readonly end: string;
  readonly title: string;
  readonly place: string | undefined;
  /** Milliseconds. */
  readonly madeAt: number;
}

/** Octets of a line without its end (RFC 5545 §3.1). */
const LINE_OCTETS = 75;

export function calendarFile({ id, start, end, title, place, madeAt }: CalendarVisit): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Clearchart//Visit//EN',
    'BEGIN:VEVENT',
    `UID:${id}@clearchart`,
    `DTSTAMP:${utc(madeAt)}`,
    `DTSTART:${utc(Date.parse(start))}`,
    `DTEND:${utc(Date.parse(end))}`,
    `SUMMARY:${escaped(title)}`,
    ...(place === undefined ? [] : [`LOCATION:${escaped(place)}`]),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function utc(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n');
}

/** Continued on lines that begin with a space, never within a character. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
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
