// Pages and acts of the palette, by who reads.
import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDemoPeople } from '../connection/demo.ts';
import { useSession } from '../connection/session.ts';
import { changeLanguage } from '../language/i18n.ts';
import type { IconName } from '../parts/icon.tsx';
import { navigationFor } from '../shell/navigation.ts';
import { goToStep } from '../tour/tour-state.ts';
import type { Entry } from './matching.ts';
import { show } from './open-palette.ts';

export interface Command extends Entry {
  readonly icon: IconName;
  /** Shows something in the place of the palette. */
  readonly staysOpen?: true;
  readonly run: () => void;
}

/** Pages of a patient that stand behind others in the header. */
const OWN_PAGES = [
  { to: '/me/prescriptions', words: 'prescriptions.title', icon: 'pill' },
  { to: '/me/profile', words: 'me.editProfile', icon: 'edit' },
  { to: '/me/problems', words: 'told.title', icon: 'heart' },
] as const;

/** And of who works here. */
const HOURS = {
  practitioner: { to: '/schedule/hours', words: 'hours.mine', icon: 'clock' },
  administrator: { to: '/schedule/hours', words: 'hours.title', icon: 'clock' },
} as const;

/** After the palette has gone, so that it is not in the picture. */
const afterClosing = (act: () => void): void => void setTimeout(act, 200);

export function usePages(): Command[] {
  const { t } = useTranslation();
  const { session } = useSession();
  const navigate = useNavigate();
  const account = session === undefined ? [] : [{ to: '/account', words: 'account.title', icon: 'key' } as const];
  const own =
    session === undefined
      ? []
      : session.role === 'patient'
        ? [...OWN_PAGES, ...account]
        : [HOURS[session.role], ...account];
  const about = session === undefined ? [] : navigationFor(undefined);
  const links = [
    ...navigationFor(session?.role),
    ...own,
    ...about,
    { to: '/', words: 'palette.start', icon: 'home' },
  ] as const;
  const known = new Map(links.map(({ to, words, icon }) => [to, { to, words, icon }]));
  return [...known.values()].map(({ to, words, icon }) => ({
    id: `page ${to}`,
    words: t(words),
    icon: icon as IconName,
    run: () => void navigate({ to }),
  }));
}

export function useActs(): Command[] {
  const { t, i18n } = useTranslation();
  const { session, signOut } = useSession();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const demo = useDemoPeople();
  const acts: Command[] = [
    {
      id: 'act language',
      words: i18n.language === 'hi' ? 'Read in English' : 'हिन्दी में पढ़ें',
      also: `${t('palette.language')} Hindi English`,
      icon: 'edit',
      run: () => void changeLanguage(i18n.language === 'hi' ? 'en' : 'hi'),
    },
    { id: 'act light', words: t('palette.light'), icon: 'sun', run: () => setColorScheme('light') },
    { id: 'act dark', words: t('palette.dark'), icon: 'moon', run: () => setColorScheme('dark') },
    { id: 'act system', words: t('palette.system'), icon: 'system', run: () => setColorScheme('auto') },
    { id: 'act print', words: t('palette.print'), icon: 'print', run: () => afterClosing(() => print()) },
    { id: 'act keys', words: t('keys.title'), icon: 'info', run: () => afterClosing(() => show('keys')) },
  ];
  if (demo !== undefined) {
    acts.push({ id: 'act tour', words: t('tour.start'), icon: 'arrow', run: () => goToStep(0) });
  }
  if (session === undefined) {
    acts.push({ id: 'act in', words: t('nav.signIn'), icon: 'key', run: () => void navigate({ to: '/sign-in' }) });
  } else {
    const out = (): void => void signOut().then(() => navigate({ to: '/' }));
    acts.push({ id: 'act out', words: t('account.signOut'), icon: 'back', run: out });
  }
  return acts;
}
