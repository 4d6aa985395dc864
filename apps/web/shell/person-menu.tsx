import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Session, useSession } from '../connection/session.ts';
import { Avatar, initials } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';

export function PersonMenu({ session }: { session: Session }) {
  const { t } = useTranslation();
  const { signOut } = useSession();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" width={240} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button
          type="button"
          className="tool"
          aria-label={`${initials(session.name)}, ${t('account.menu', { name: session.name })}`}
        >
          <Avatar name={session.name} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.name} · {t(`role.${session.role}`)}
        </Menu.Label>
        <Menu.Item leftSection={<Icon name="key" />} onClick={() => void navigate({ to: '/account' })}>
          {t('account.title')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="back" />} onClick={() => void signOut().then(() => navigate({ to: '/' }))}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
