// Everything that belongs to the account, each in a card of its own.
import { useTranslation } from 'react-i18next';
import { useSession } from '../connection/session.ts';
import { RequireSession } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import './account.css';
import { CalendarFeeds } from './calendar-feeds.tsx';
import { Devices } from './devices.tsx';
import { MyHospitals } from './my-hospitals.tsx';
import { MyKey } from './my-key.tsx';
import { NewWords } from './new-words.tsx';
import { PasswordChange } from './password-change.tsx';
import { ReminderLetters } from './reminder-letters.tsx';
import { ThisDevice } from './this-device.tsx';
import { YourRecord } from './your-record.tsx';

export function AccountPage() {
  const { t } = useTranslation();
  useTitle(t('account.title'));
  const { session } = useSession();
  const hasVisits = session?.role === 'patient' || session?.role === 'practitioner';
  return (
    <RequireSession>
      <div className="wrap narrow">
        <div className="page-head">
          <div>
            <h1>{t('account.title')}</h1>
            <p>{session === undefined ? '' : `${session.name} · ${session.email}`}</p>
          </div>
        </div>
        <div className="stack" style={{ ['--gap' as string]: '24px' }}>
          <ThisDevice />
          {session === undefined ? null : <PasswordChange session={session} />}
          {session === undefined ? null : <NewWords session={session} />}
          <Devices before={session?.lastSignInAt} />
          {session?.role === 'patient' ? <ReminderLetters /> : null}
          {hasVisits ? <CalendarFeeds /> : null}
          {session === undefined ? null : <MyKey session={session} />}
          {session?.role === 'patient' ? <MyHospitals session={session} /> : null}
          {session?.role === 'patient' ? <YourRecord /> : null}
        </div>
      </div>
    </RequireSession>
  );
}
