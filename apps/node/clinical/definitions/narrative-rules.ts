/**
 * What a narrative may hold: the elements and attributes that FHIR R4 takes from HTML 4.0 (narrative, txt-1:
 * chapters 7 to 11 and 15, `a`, images, style attributes), less whatever runs, loads or leads a reader astray.
 */

const ANYWHERE = ['class', 'dir', 'id', 'lang', 'style', 'title', 'xml:lang', 'xmlns'];
const CELLS = ['align', 'char', 'charoff', 'valign'];

const PLAIN =
  'abbr acronym address b bdo big br cite code dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i kbd li ol p samp small span strong sub sup tt ul var';

/** Element → its attributes. Names are those of XHTML: in lower case, without a prefix. */
export const ELEMENTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [
    ...PLAIN.split(' ').map((name): [string, string[]] => [name, []]),
    ['a', ['charset', 'coords', 'href', 'hreflang', 'name', 'rel', 'rev', 'shape', 'type']] as const,
    ['area', ['alt', 'coords', 'href', 'nohref', 'shape']] as const,
    ['blockquote', ['cite']] as const,
    ['caption', []] as const,
    ['col', [...CELLS, 'span', 'width']] as const,
    ['colgroup', [...CELLS, 'span', 'width']] as const,
    ['img', ['alt', 'border', 'height', 'ismap', 'longdesc', 'src', 'usemap', 'width']] as const,
    ['map', ['name']] as const,
    ['pre', ['xml:space']] as const,
    ['q', ['cite']] as const,
    ['table', ['border', 'cellpadding', 'cellspacing', 'frame', 'rules', 'summary', 'width']] as const,
    ['tbody', CELLS] as const,
    ['td', [...CELLS, 'abbr', 'axis', 'colspan', 'headers', 'rowspan', 'scope']] as const,
    ['tfoot', CELLS] as const,
    ['th', [...CELLS, 'abbr', 'axis', 'colspan', 'headers', 'rowspan', 'scope']] as const,
    ['thead', CELLS] as const,
    ['tr', CELLS] as const,
  ].map(([name, attributes]) => [name, new Set([...ANYWHERE, ...attributes])]),
);

export const XHTML = 'http://www.w3.org/1999/xhtml';

const LINKS: ReadonlySet<string> = new Set(['http', 'https', 'ftp', 'mailto', 'tel', 'urn']);
const PICTURES: ReadonlySet<string> = new Set(['http', 'https', 'urn']);

/** Pictures that carry themselves; SVG is not one of them, it can hold a script. */
const INLINE_PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*$/;

const ADDRESSES: ReadonlySet<string> = new Set(['cite', 'href', 'longdesc', 'src', 'usemap']);

/** Functions that only name a colour. */
const STYLE_FUNCTION = /^(?:rgba?|hsla?)$/;

/** Browsers leave out controls and spaces before they look for the scheme. */
// oxlint-disable-next-line no-control-regex -- exactly these characters are meant
const SKIPPED = /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028\u2029\u2060\ufeff]/g;

export function isSafeAttribute(name: string, value: string): boolean {
  if (name === 'xmlns') return value === XHTML;
  if (name === 'style') return isSafeStyle(value);
  return !ADDRESSES.has(name) || isSafeAddress(value, name === 'src');
}

function isSafeAddress(value: string, picture: boolean): boolean {
  const address = value.replace(SKIPPED, '');
  const scheme = /^([^/?#:]*):/.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) return true;
  if (picture && scheme === 'data') return INLINE_PICTURE.test(address);
  return (picture ? PICTURES : LINKS).has(scheme);
}

/** No escapes, comments, at-rules or markup, in which a style can hide something, and no function that loads or runs. */
function isSafeStyle(value: string): boolean {
  if (/[\\@<>{}]|\/\*|javascript\s*:|behaviou?r\s*:|-moz-binding/i.test(value)) return false;
  for (const [, name = '', argument = ''] of value.matchAll(/([^\s:;,(]*)\s*\(([^)]*)/g)) {
    if (name.toLowerCase() === 'url' && INLINE_PICTURE.test(argument.replace(SKIPPED, '').replace(/^['"]|['"]$/g, '')))
      continue;
    if (!STYLE_FUNCTION.test(name.toLowerCase())) return false;
  }
  return true;
}
