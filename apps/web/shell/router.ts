// The pages by their paths; each is loaded when it is first visited.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { NotFoundPage, RouteFailedPage } from './fallback-pages.tsx';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage, errorComponent: RouteFailedPage });

const page = <const Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component });

const routeTree = root.addChildren([
  page(
    '/',
    lazyRouteComponent(() => import('../landing/landing-page.tsx'), 'LandingPage'),
  ),
  page(
    '/sign-in',
    lazyRouteComponent(() => import('../account/sign-in-page.tsx'), 'SignInPage'),
  ),
  page(
    '/register',
    lazyRouteComponent(() => import('../account/register-page.tsx'), 'RegisterPage'),
  ),
  page(
    '/recover',
    lazyRouteComponent(() => import('../account/recover-page.tsx'), 'RecoverPage'),
  ),
  page(
    '/new-key',
    lazyRouteComponent(() => import('../account/new-key-page.tsx'), 'NewKeyPage'),
  ),
  page(
    '/mailbox',
    lazyRouteComponent(() => import('../mailbox/mailbox-page.tsx'), 'MailboxPage'),
  ),
  page(
    '/enrol',
    lazyRouteComponent(() => import('../account/enrol-page.tsx'), 'EnrolPage'),
  ),
  page(
    '/account',
    lazyRouteComponent(() => import('../account/account-page.tsx'), 'AccountPage'),
  ),
  page(
    '/account/link',
    lazyRouteComponent(() => import('../account/link-page.tsx'), 'LinkPage'),
  ),
  page(
    '/me',
    lazyRouteComponent(() => import('../record/my-record-page.tsx'), 'MyRecordPage'),
  ),
  page(
    '/me/profile',
    lazyRouteComponent(() => import('../profile/profile-page.tsx'), 'ProfilePage'),
  ),
  page(
    '/me/problems',
    lazyRouteComponent(() => import('../profile/told-page.tsx'), 'ToldPage'),
  ),
  page(
    '/me/prescriptions',
    lazyRouteComponent(() => import('../prescription/prescriptions-page.tsx'), 'PrescriptionsPage'),
  ),
  page(
    '/book',
    lazyRouteComponent(() => import('../booking/booking-page.tsx'), 'BookingPage'),
  ),
  page(
    '/book/move/$appointment',
    lazyRouteComponent(() => import('../booking/booking-page.tsx'), 'BookingPage'),
  ),
  page(
    '/book/for/$id',
    lazyRouteComponent(() => import('../booking/booking-page.tsx'), 'DeskBookingPage'),
  ),
  page(
    '/schedule',
    lazyRouteComponent(() => import('../booking/schedule-page.tsx'), 'SchedulePage'),
  ),
  page(
    '/schedule/on/$day',
    lazyRouteComponent(() => import('../booking/schedule-page.tsx'), 'SchedulePage'),
  ),
  page(
    '/schedule/hours',
    lazyRouteComponent(() => import('../hours/hours-page.tsx'), 'HoursPage'),
  ),
  page(
    '/schedule/hours/$role',
    lazyRouteComponent(() => import('../hours/hours-page.tsx'), 'HoursPage'),
  ),
  page(
    '/me/accesses',
    lazyRouteComponent(() => import('../accesses/accesses-page.tsx'), 'AccessesPage'),
  ),
  page(
    '/today',
    lazyRouteComponent(() => import('../today/today-page.tsx'), 'TodayPage'),
  ),
  page(
    '/patients',
    lazyRouteComponent(() => import('../record/my-patients-page.tsx'), 'MyPatientsPage'),
  ),
  page(
    '/patients/$id',
    lazyRouteComponent(() => import('../record/patient-page.tsx'), 'PatientPage'),
  ),
  page(
    '/receipts/$type/$id/$version',
    lazyRouteComponent(() => import('../record/receipt-page.tsx'), 'ReceiptPage'),
  ),
  page(
    '/registry',
    lazyRouteComponent(() => import('../registry/registry-page.tsx'), 'RegistryPage'),
  ),
  page(
    '/registry/import',
    lazyRouteComponent(() => import('../registry/import-page.tsx'), 'ImportPage'),
  ),
  page(
    '/explorer',
    lazyRouteComponent(() => import('../explorer/explorer-page.tsx'), 'ExplorerPage'),
  ),
  page(
    '/explorer/blocks/$height',
    lazyRouteComponent(() => import('../explorer/explorer-page.tsx'), 'ExplorerPage'),
  ),
  page(
    '/hospitals',
    lazyRouteComponent(() => import('../hospitals/hospitals-page.tsx'), 'HospitalsPage'),
  ),
  page(
    '/node',
    lazyRouteComponent(() => import('../node/node-page.tsx'), 'NodePage'),
  ),
  page(
    '/lab',
    lazyRouteComponent(() => import('../lab/lab-page.tsx'), 'LabPage'),
  ),
  page(
    '/learn/sha-256',
    lazyRouteComponent(() => import('../learn/sha-256-page.tsx'), 'Sha256Page'),
  ),
  page(
    '/verify',
    lazyRouteComponent(() => import('../verify/verify-page.tsx'), 'VerifyPage'),
  ),
]);

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
