/** The made-up hospital of the first page. */
import type { House } from './house.ts';
import { STAFF, UNITS } from './staff.ts';

export const CITY_GENERAL: House = {
  key: 'city-general',
  name: 'City General Hospital',
  nativeName: 'सिटी जनरल रुग्णालय',
  city: 'Pune',
  street: '1 Namuna Road',
  postalCode: '411001',
  phone: '+91 00000 01000',
  domain: 'citygeneral.example',
  prefix: 'CG',
  administrator: { key: 'farida-shaikh', name: 'Farida Shaikh' },
  units: UNITS,
  staff: STAFF,
  logins: {
    'sunita-joshi': 'Family doctor of most people here: today’s visits, whole histories.',
    'arjun-nair': 'Sees Meera Kulkarni today and Baldev Singh tomorrow; nobody else’s record opens for him.',
  },
};
