export { Bookings } from './bookings.ts';
export { bookingRoutes } from './routes.ts';
export { wallClockOf } from './wall-clock.ts';
