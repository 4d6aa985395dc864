// What was refused from a hospital that was left out, in words; the codes follow for whoever looks into it.
import type { TFunction } from 'i18next';

const KINDS = [
  { kind: 'block', codes: /^block-/ },
  { kind: 'vote', codes: /^vote-/ },
  { kind: 'head', codes: /^head-/ },
  { kind: 'message', codes: /-malformed$/ },
] as const;

export function blameWords(codes: readonly string[], t: TFunction): string {
  const byKind = Map.groupBy(codes, (code) => KINDS.find((one) => one.codes.test(code))?.kind ?? 'entry');
  const kinds = [...byKind].map(([kind, found]) => `${t(`node.blame.${kind}`)} (${found.join(', ')})`);
  return t('node.blamed', { what: kinds.join('; ') });
}
