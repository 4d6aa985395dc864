// Which pages each reader finds in the header (on a phone: in the bar at the bottom).
import type { IconName } from '../parts/icon.tsx';

export interface NavigationLink {
  to:
    | '/'
    | '/me'
    | '/book'
    | '/schedule'
    | '/me/accesses'
    | '/today'
    | '/patients'
    | '/registry'
    | '/explorer'
    | '/hospitals'
    | '/node'
    | '/verify'
    | '/learn/sha-256';
  /** Key of the link's words. */
  words: string;
  icon: IconName;
  /** Current only on exactly this path. */
  exact?: boolean;
}

const BLOCKS: NavigationLink = { to: '/explorer', words: 'nav.blocks', icon: 'file' };
const HOSPITALS: NavigationLink = { to: '/hospitals', words: 'nav.hospitals', icon: 'people' };
const VERIFY: NavigationLink = { to: '/verify', words: 'nav.verify', icon: 'check' };
const LEARN: NavigationLink = { to: '/learn/sha-256', words: 'nav.learn', icon: 'info' };

export type ReaderRole = 'patient' | 'practitioner' | 'administrator' | undefined;

export function navigationFor(role: ReaderRole): NavigationLink[] {
  switch (role) {
    case 'patient':
      return [
        { to: '/me', words: 'nav.home', icon: 'home', exact: true },
        { to: '/book', words: 'nav.book', icon: 'calendar' },
        { to: '/me/accesses', words: 'nav.whoSaw', icon: 'eye' },
        BLOCKS,
        VERIFY,
      ];
    case 'practitioner':
      return [
        { to: '/today', words: 'nav.today', icon: 'calendar' },
        { to: '/patients', words: 'nav.patients', icon: 'people' },
        BLOCKS,
        VERIFY,
      ];
    case 'administrator':
      return [
        { to: '/registry', words: 'nav.registry', icon: 'people' },
        { to: '/schedule', words: 'nav.schedule', icon: 'calendar' },
        { to: '/node', words: 'nav.node', icon: 'system' },
        BLOCKS,
        VERIFY,
      ];
    case undefined:
      return [BLOCKS, HOSPITALS, VERIFY, LEARN];
  }
}

/** Where a person lands after signing in. */
export function homeOf(role: ReaderRole): NavigationLink['to'] {
  return navigationFor(role)[0]?.to ?? '/';
}
