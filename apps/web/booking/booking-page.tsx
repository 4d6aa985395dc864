// From what bothers somebody to a booked visit, on one page: how it feels, who can help, when.
import { useDebouncedValue } from '@mantine/hooks';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../connection/fault-words.ts';
import { ownPatientId, useSession } from '../connection/session.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { RequireRole } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import { BookedCard } from './booked-card.tsx';
import './booking.css';
import { DeskBooks } from './desk-books.tsx';
import { ComplaintStep } from './complaint-step.tsx';
import { SpecialtyStep } from './specialty-step.tsx';
import { TimesStep } from './times-step.tsx';
import { type ChosenTime, type Complaint, useBook, useHold, useSuggestion } from './use-booking.ts';
import { WarningBox } from './warning-box.tsx';
import { YourVisit } from './your-visit.tsx';

const NOTHING_SAID: Complaint = { symptoms: [], text: '', since: undefined };
const WAIT_FOR_WORDS_MS = 500;
/** Refusals after which another time is chosen. */
const TIME_GONE: readonly (string | undefined)[] = ['slot-taken', 'slot-not-offered', 'own-time-taken'];

export function BookingPage() {
  const { appointment } = useParams({ strict: false });
  const { session } = useSession();
  return (
    <RequireRole role="patient">
      {ownPatientId(session) === undefined ? null : <Booking replaces={appointment} />}
    </RequireRole>
  );
}

/** The desk books for somebody. */
export function DeskBookingPage() {
  const { id } = useParams({ strict: false });
  return (
    <RequireRole role="administrator">
      <Booking patientId={id} />
    </RequireRole>
  );
}

function Booking({ patientId, replaces }: { patientId?: string | undefined; replaces?: string | undefined }) {
  const { t } = useTranslation();
  useTitle(t('nav.book'));
  const [complaint, setComplaint] = useState(NOTHING_SAID);
  const [specialty, setSpecialty] = useState<string>();
  const [time, setTime] = useState<ChosenTime>();
  const [text] = useDebouncedValue(complaint.text, WAIT_FOR_WORDS_MS);
  const suggestion = useSuggestion({ ...complaint, text }, specialty, patientId);
  const hold = useHold();
  const book = useBook(patientId, replaces);
  const { data } = suggestion;
  const doctor = data?.doctors.find(({ role }) => role === time?.role);
  if (book.data !== undefined) return <BookedCard booked={book.data} forDesk={patientId !== undefined} />;
  const { missed } = data ?? {};
  // Who moves a visit asks for no more of them.
  const deskBooks = patientId === undefined && replaces === undefined && missed !== undefined;
  const lost = TIME_GONE.includes(codeOf(hold.error ?? book.error));
  return (
    <div className="wrap">
      <div className="page-head">
        <div>
          <h1>
            {t(
              replaces === undefined
                ? patientId === undefined
                  ? 'booking.title'
                  : 'booking.deskTitle'
                : 'booking.moveTitle',
            )}
          </h1>
          <p>{t('booking.lead')}</p>
        </div>
      </div>
      {missed === undefined || replaces !== undefined ? null : (
        <DeskBooks missed={missed} forDesk={patientId !== undefined} />
      )}
      <div className="booking">
        <div className="stack" style={{ ['--gap' as string]: '36px' }}>
          <ComplaintStep complaint={complaint} onChange={setComplaint}>
            {data === undefined ? null : (
              <WarningBox
                suggestion={data}
                onSign={(id) => setComplaint({ ...complaint, symptoms: [...complaint.symptoms, id] })}
              />
            )}
          </ComplaintStep>
          {suggestion.error !== null ? (
            <div className="card">
              <Failed error={suggestion.error} retry={() => void suggestion.refetch()} />
            </div>
          ) : data === undefined ? (
            <Loading lines={6} />
          ) : (
            <>
              <SpecialtyStep suggestion={data} onChoose={setSpecialty} />
              {deskBooks ? null : (
                <TimesStep
                  doctors={data.doctors}
                  chosen={time}
                  onChoose={(next) => {
                    setTime(next);
                    book.reset();
                    hold.mutate(next, { onError: () => void suggestion.refetch() });
                  }}
                />
              )}
            </>
          )}
        </div>
        {deskBooks ? null : (
          <YourVisit
            doctor={lost ? undefined : doctor}
            start={time?.start}
            heldUntil={hold.data}
            fault={hold.error ?? book.error ?? undefined}
            timeIsGone={lost}
            isPending={book.isPending}
            onBook={() => {
              if (time !== undefined) book.mutate({ time, complaint });
            }}
          />
        )}
      </div>
    </div>
  );
}
