/** When a doctor can be seen: weekdays and Saturday mornings, and a few days of leave some weeks ahead. */
import type { PractitionerRole } from '@medplum/fhirtypes';
import type { Calendar } from './calendar.ts';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
/** Behind everything that is booked by the generator for those who work short days. */
const LEAVE_IN_DAYS = 30;
const LEAVE_DAYS = 4;

/** `index` of the doctor: every third is there in the morning only, leaves do not fall together. */
export function hoursOf(index: number, calendar: Calendar): Pick<PractitionerRole, 'availableTime' | 'notAvailable'> {
  const leave = LEAVE_IN_DAYS + index * 3;
  const morning = { availableStartTime: '09:00:00', availableEndTime: '13:00:00' };
  const afternoon = { availableStartTime: '14:00:00', availableEndTime: '17:00:00' };
  return {
    availableTime: [
      { daysOfWeek: [...WEEKDAYS, 'sat'], ...morning },
      ...(index % 3 === 1 && index > 3 ? [] : [{ daysOfWeek: [...WEEKDAYS], ...afternoon }]),
    ],
    notAvailable: [
      {
        description: 'Leave',
        during: { start: calendar.date(-leave), end: calendar.date(-leave - LEAVE_DAYS) },
      },
    ],
  };
}
