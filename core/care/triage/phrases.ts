// Finds phrases in words, and leaves out those that are plainly denied. In doubt a phrase counts: a warning too many does less harm.
import { BREAK, plainText } from '../words.ts';

/** Each step is the set of words that fit; `gap` allows up to MAX_GAP other words before it. */
interface Step {
  readonly fits: ReadonlySet<string>;
  readonly gap: boolean;
}
export type Phrase = readonly Step[];

interface Span {
  readonly start: number;
  /** First index behind the phrase. */
  readonly end: number;
  /** Indices of the words that stood in gaps. */
  readonly between: readonly number[];
}

const MAX_GAP = 3;

const set = (text: string): ReadonlySet<string> => new Set(plainText(text).split(' '));
/** Words behind which another thought begins; a gap does not reach over them. */
const TURNS = set('but however though although yet because since except लेकिन मगर किंतु परंतु lekin magar');
/** What denies from before. The Hindi ones here stand there too; नहीं stands behind, and at the front may be an answer of its own. */
const NO = set('no not never without dont doesnt didnt isnt arent havent hasnt nor denies deny denied न ना बिना');
/** What may stand between a denial and what it denies. */
const FILLERS = set('any a an the have has had having got get feel feeling felt sign signs of कोई भी में');
const OR = set('or nor या ya');
/** Behind the phrase these say that it was so at another time, or is new: the denial does not count. */
const OTHER_TIMES = set(
  'before until till unless except like earlier yesterday when since only already this so such as पहले तक जब',
);
/** What may stand between a Hindi phrase and the denial behind it. */
const HINDI_LINKS = set('है हैं हो भी तो में कोई का की hai ho bhi');
const HINDI_NO = set('नहीं नही न ना nahi nahin');
/** What may follow a Hindi denial; a verb such as "does not stop" makes it something else. */
const HINDI_CLOSERS = set('है हैं हो और या रहा रही रहे hai hain ho aur ya raha rahi');

interface Match<Id extends string> extends Span {
  readonly id: Id;
}

/** Parses one phrase of a symptom row; throws on one that could never match. */
export function compilePhrase(text: string): Phrase {
  const steps: Step[] = [];
  let gap = false;
  for (const part of plainText(text).split(' ')) {
    if (part === '~') gap = true;
    else {
      steps.push({ fits: new Set(part.split('|')), gap });
      gap = false;
    }
  }
  if (steps.length === 0 || gap || steps.some(({ fits }) => fits.has(''))) throw new Error(`not a phrase: ${text}`);
  return steps;
}

function matchAt(text: readonly string[], start: number, phrase: Phrase): Span | undefined {
  const between: number[] = [];
  let at = start;
  for (const { fits, gap } of phrase) {
    const limit = gap ? at + MAX_GAP : at;
    while (at <= limit && at < text.length && !fits.has(text[at]!)) {
      if (!gap || text[at] === BREAK || TURNS.has(text[at]!)) return undefined;
      between.push(at++);
    }
    if (at > limit || at >= text.length) return undefined;
    at += 1;
  }
  return { start, end: at, between };
}

/** The ids whose phrase stands in the words and is not denied there. An id once affirmed counts, however often it is denied. */
export function affirmed<Id extends string>(
  text: readonly string[],
  phrases: ReadonlyMap<Id, readonly Phrase[]>,
): Set<Id> {
  const matches: Match<Id>[] = [];
  for (const [id, ways] of phrases) {
    for (const phrase of ways) {
      for (let start = 0; start < text.length; start += 1) {
        const match = matchAt(text, start, phrase);
        if (match !== undefined) matches.push({ id, ...match });
      }
    }
  }
  const denied = deniedMatches(text, matches);
  return new Set(matches.filter((match) => !denied.has(match)).map(({ id }) => id));
}

function deniedMatches<M extends Span>(text: readonly string[], matches: readonly M[]): Set<M> {
  const denied = new Set<M>();
  let before = -1;
  // A denial passes on through "or" from one phrase to the next, so look again until nothing is added.
  while (denied.size !== before) {
    before = denied.size;
    for (const match of matches) {
      if (!denied.has(match) && isDenied(text, match, denied)) denied.add(match);
    }
  }
  return denied;
}

function isDenied(text: readonly string[], match: Span, denied: ReadonlySet<Span>): boolean {
  const others = [...denied];
  const at = (index: number): string => text[index] ?? BREAK;
  // "not only chest pain", "no chest pain until today": not a denial of what is now.
  if (OTHER_TIMES.has(at(match.end))) return false;
  for (const index of match.between) {
    const behind = match.between.filter((other) => other > index);
    if (NO.has(at(index)) && behind.every((other) => FILLERS.has(at(other)))) return true;
  }
  let left = match.start - 1;
  let listed = false;
  while (FILLERS.has(at(left)) || OR.has(at(left))) {
    if (OR.has(at(left))) listed = true;
    if (NO.has(at(left))) break;
    left -= 1;
  }
  if (NO.has(at(left)) && at(left - 1) !== 'why') return true;
  if (listed && others.some((other) => other.end === left + 1)) return true;
  let right = match.end;
  while (HINDI_LINKS.has(at(right))) right += 1;
  if (HINDI_NO.has(at(right)) && closes(text, right + 1)) return true;
  return OR.has(at(right)) && others.some((other) => other.start === right + 1 && deniedInHindi(text, other));
}

function deniedInHindi(text: readonly string[], match: Span): boolean {
  let right = match.end;
  while (HINDI_LINKS.has(text[right] ?? BREAK)) right += 1;
  return HINDI_NO.has(text[right] ?? BREAK);
}

/** Whether nothing but a copula stands behind a Hindi denial until the thought ends. */
function closes(text: readonly string[], from: number): boolean {
  let at = from;
  while (HINDI_CLOSERS.has(text[at] ?? BREAK)) {
    if (['और', 'aur', 'या', 'ya'].includes(text[at]!)) return true;
    at += 1;
  }
  const word = text[at] ?? BREAK;
  return word === BREAK || TURNS.has(word);
}
