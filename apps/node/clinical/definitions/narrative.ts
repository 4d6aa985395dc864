/**
 * Narratives are the one place where a resource carries markup that somebody's program will show. Each is read as
 * XML and held to FHIR R4's rules txt-1 and txt-2 before it is stored; no text of it stands in the answer.
 */
import { SaxesParser } from 'saxes';
import { ELEMENTS, isSafeAttribute, XHTML } from './narrative-rules.ts';
import type { Issue } from './search-parameter.ts';

/** Open elements at once: programs that show a narrative give up between 200 and 512. */
const NARRATIVE_DEPTH_LIMIT = 100;

/** Characters: the longest of the published examples has 1.8 million, and reading it takes 0.2 seconds. */
const NARRATIVE_LENGTH_LIMIT = 2 * 1024 * 1024;

const RULES = {
  length: `The narrative must not be longer than ${NARRATIVE_LENGTH_LIMIT} characters`,
  xml: 'txt-1: the narrative must be well-formed XML with one root and no entities but those of XML',
  declaration: 'txt-1: the narrative must have no document type, processing instruction or CDATA section',
  comment: 'txt-1: a comment in the narrative must not begin with > or ->',
  root: 'txt-1: the root of the narrative must be a div in the namespace of XHTML',
  element: 'txt-1: the narrative must have no elements but those of HTML 4.0 for formatting, links and pictures',
  attribute: 'txt-1: the narrative must have no attributes but those of its elements: no event handlers',
  value: 'txt-1: an address, style or namespace in the narrative must not run or load anything else',
  depth: `txt-1: the narrative must not be more than ${NARRATIVE_DEPTH_LIMIT} elements deep`,
  empty: 'txt-2: the narrative must have some content that is not white space',
} as const;

export type NarrativeRule = keyof typeof RULES;

/** The first rule that the narrative breaks. */
export function brokenRule(div: string): NarrativeRule | undefined {
  if (div.length > NARRATIVE_LENGTH_LIMIT) return 'length';
  let broken: NarrativeRule | undefined;
  let depth = 0;
  let content = false;
  const breaks = (rule: NarrativeRule): void => {
    broken ??= rule;
  };
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', () => breaks('xml'));
  for (const event of ['xmldecl', 'doctype', 'processinginstruction', 'cdata'] as const) {
    parser.on(event, () => breaks('declaration'));
  }
  // An HTML parser takes such a comment for ended, and what follows for markup.
  parser.on('comment', (text) => (/^-?>/.test(text) ? breaks('comment') : undefined));
  parser.on('text', (text) => (content ||= /\S/.test(text)));
  parser.on('opentag', ({ name, attributes }) => {
    if (depth === 0 && (name !== 'div' || attributes['xmlns'] !== XHTML)) breaks('root');
    if (++depth > NARRATIVE_DEPTH_LIMIT) breaks('depth');
    if (name === 'img') content = true;
    const allowed = ELEMENTS.get(name);
    if (allowed === undefined) return breaks('element');
    for (const [attribute, value] of Object.entries(attributes)) {
      if (!allowed.has(attribute)) breaks('attribute');
      else if (!isSafeAttribute(attribute, value)) breaks('value');
    }
  });
  parser.on('closetag', () => depth--);
  parser.write(div).close();
  return broken ?? (content ? undefined : 'empty');
}

/** Every `div` of a valid resource is a narrative: no other element of FHIR R4 has this name. */
export function checkNarratives(value: unknown, path: string): Issue[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => checkNarratives(item, `${path}[${index}]`));
  const issues: Issue[] = [];
  for (const [name, child] of Object.entries(value)) {
    if (typeof child === 'object') issues.push(...checkNarratives(child, `${path}.${name}`));
    else if (name === 'div' && typeof child === 'string') issues.push(...issueOf(child, `${path}.${name}`));
  }
  return issues;
}

function issueOf(div: string, path: string): Issue[] {
  const rule = brokenRule(div);
  if (rule === undefined) return [];
  const code = rule === 'length' ? 'too-long' : 'invariant';
  return [{ severity: 'error', code, text: RULES[rule], expression: [path] }];
}
