export { Bookings } from './bookings.ts';
export { calendarRoutes } from './calendar-routes.ts';
export { Hours } from './hours.ts';
export { hoursRoutes } from './hours-routes.ts';
export { sendReminders } from './reminders.ts';
export { bookingRoutes } from './routes.ts';
export { wallClockOf } from './wall-clock.ts';
