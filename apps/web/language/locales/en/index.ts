import { account } from './account.ts';
import { booking } from './booking.ts';
import { custody } from './custody.ts';
import { everywhere } from './everywhere.ts';
import { explorer } from './explorer.ts';
import { hours } from './hours.ts';
import { lab } from './lab.ts';
import { landing } from './landing.ts';
import { learn } from './learn.ts';
import { prescribing } from './prescribing.ts';
import { mailbox } from './mailbox.ts';
import { myHospitals } from './my-hospitals.ts';
import { network } from './network.ts';
import { newKey } from './new-key.ts';
import { people } from './people.ts';
import { profile } from './profile.ts';
import { proof } from './proof.ts';
import { record } from './record.ts';
import { registry } from './registry.ts';
import { shell } from './shell.ts';
import { today } from './today.ts';
import { visit } from './visit.ts';

export default {
  ...account,
  ...booking,
  ...custody,
  ...everywhere,
  ...explorer,
  ...hours,
  ...lab,
  ...landing,
  ...learn,
  ...prescribing,
  ...mailbox,
  ...myHospitals,
  ...network,
  ...newKey,
  ...people,
  ...profile,
  ...proof,
  ...record,
  ...registry,
  ...shell,
  ...today,
  ...visit,
};
