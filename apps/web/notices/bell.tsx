import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../connection/session.ts';
import { formatMoment, formatShortDate, formatTime } from '../language/format.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import type { NoticeKind } from './notice.ts';
import { keepSeen, seenUpTo } from './seen.ts';
import { useNotices } from './use-notices.ts';
import './bell.css';

const ICONS: Readonly<Record<NoticeKind, IconName>> = {
  answered: 'info',
  appointment: 'calendar',
  cancelled: 'calendar',
  'desk-disputes': 'eye',
  'desk-people': 'people',
  emergency: 'siren',
  opened: 'eye',
  prescription: 'pill',
  reminder: 'calendar',
  results: 'flask',
};

/** What happened since this account last looked, counted and listed. */
export function Bell({ session }: { session: Session }) {
  const { t } = useTranslation();
  const notices = useNotices(session);
  const [seen, setSeen] = useState(() => seenUpTo(session.accountId, Date.now()));
  const unseen = notices.filter(({ at }) => at > seen).length;
  const [shownSince, setShownSince] = useState(seen);
  function look(): void {
    const newest = Math.max(seen, ...notices.map(({ at }) => at));
    setShownSince(seen);
    setSeen(newest);
    keepSeen(session.accountId, newest);
  }
  return (
    <>
      <Menu position="bottom-end" width={340} withinPortal={false} onOpen={look} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className="tool bell" aria-label={t('notices.open', { count: unseen })}>
            <Icon name="bell" />
            {unseen === 0 ? null : (
              <span className="bell-count" aria-hidden="true">
                {unseen}
              </span>
            )}
          </button>
        </Menu.Target>
        <Menu.Dropdown className="notices">
          <Menu.Label>{t('notices.title')}</Menu.Label>
          {notices.length > 0 ? null : <Menu.Item disabled>{t('notices.none')}</Menu.Item>}
          {notices.map((notice) => (
            <Menu.Item
              key={notice.id}
              component={Link}
              to={notice.to}
              leftSection={<Icon name={ICONS[notice.kind]} />}
              className={notice.at > shownSince ? 'notice new' : 'notice'}
            >
              {t(`notices.kind.${notice.kind}`, {
                name: notice.name,
                count: notice.count ?? 1,
                when: notice.visitAt === undefined ? '' : formatMoment(notice.visitAt),
              })}
              <span className="tiny muted">
                {formatShortDate(notice.at)}, {formatTime(notice.at)}
              </span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <span className="hidden-visually" role="status">
        {unseen === 0 ? '' : t('notices.open', { count: unseen })}
      </span>
    </>
  );
}
