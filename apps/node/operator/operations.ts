/** What an operator may ask of a node, running or at rest: one name each, parameters parsed strictly. */
import { z } from 'zod';
import { OWN_SCOPE } from '../accesses/index.ts';
import {
  type CreatedToken,
  createToken,
  type PersonReference,
  renewEnrolment,
  type RenewedEnrolment,
} from '../accounts/index.ts';
import { isHex, isRejection, type OrganizationId, type Rejection } from '@clearchart/ledger';
import type { Hospital } from '../hospital.ts';
import type { Ballot } from '../members/index.ts';
import { backUp } from './backup.ts';
import type { Operate } from './control-socket.ts';
import { exportPatient } from './export.ts';
import { EMAIL } from './founding.ts';
import { importFiles } from './import.ts';
import { OperatorRefusal } from './refusal.ts';

const path = z.string().min(1).max(4096);
const importParameters = z.strictObject({ files: z.array(path).min(1).max(10_000) });
const exportParameters = z.strictObject({ patient: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/), file: path });
const backupParameters = z.strictObject({ file: path, passphrase: z.string().min(1).max(1024).optional() });
const enrolmentParameters = z.strictObject({ email: z.string().trim().regex(EMAIL).optional() });
const memberParameters = z.strictObject({
  organization: z.custom<OrganizationId>((value) => isHex(value, 32), 'is the id of an organization'),
});
const tokenParameters = z.strictObject({
  role: z.enum(['system', 'practitioner', 'patient']),
  person: z
    .string()
    .regex(/^((Patient|Practitioner)\/)?[A-Za-z0-9.-]{1,64}$/)
    .optional(),
  days: z.number().int().min(1).max(366),
});

function parse<Shape extends z.ZodType>(shape: Shape, parameters: unknown): z.infer<Shape> {
  const parsed = shape.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path: place, message }) => `${place.join('.')}: ${message}`);
  throw new OperatorRefusal('usage', `this cannot be asked for: ${faults.join('; ')}`);
}

/** How long an operation at rest waits for what it wrote to become final. */
const SETTLE_MS = 60_000;

export function operationsOf(hospital: Hospital): Operate {
  return async ({ operation, parameters }, onProgress) => {
    switch (operation) {
      case 'status':
        return hospital.reader.status();
      case 'members':
        return hospital.peers.view();
      case 'members-admit':
        return ballotOf(await hospital.members.admit(parse(memberParameters, parameters).organization));
      case 'members-retire':
        return ballotOf(await hospital.members.retire(parse(memberParameters, parameters).organization));
      case 'rotate-key':
        return ballotOf(await hospital.members.rotateKey());
      case 'import': {
        const report = await importFiles(hospital.clinical, parse(importParameters, parameters).files, onProgress);
        await hospital.settled(SETTLE_MS);
        return report;
      }
      case 'export': {
        const { patient, file } = parse(exportParameters, parameters);
        await hospital.settled(SETTLE_MS);
        return await exportPatient(hospital, patient, file, onProgress);
      }
      case 'backup': {
        const { file, passphrase } = parse(backupParameters, parameters);
        return await backUp(hospital, file, passphrase, onProgress);
      }
      case 'token-create':
        return tokenFor(hospital, parse(tokenParameters, parameters));
      case 'enrolment-renew':
        return enrolmentFor(hospital, parse(enrolmentParameters, parameters));
      default:
        throw new Error(`there is no operation ${operation}`);
    }
  };
}

function ballotOf(answer: Ballot | Rejection): Ballot {
  if (!isRejection(answer)) return answer;
  throw new OperatorRefusal('not-there', `the ledger refuses this vote: ${answer.code}`);
}

function enrolmentFor({ accounts }: Hospital, { email }: z.infer<typeof enrolmentParameters>): RenewedEnrolment {
  return refusingRanges(() => renewEnrolment(accounts, email));
}

function tokenFor(hospital: Hospital, parameters: z.infer<typeof tokenParameters>): CreatedToken {
  const session = hospital.clinical.session({ scope: OWN_SCOPE, onDisclosed: () => {}, baseUrl: '' });
  const exists = (person: PersonReference): boolean => {
    const [type = '', id = ''] = person.split('/');
    return session.find(type, `_id=${id}`, 1).length > 0;
  };
  return refusingRanges(() => createToken({ accounts: hospital.accounts, exists }, parameters));
}

function refusingRanges<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (fault) {
    throw fault instanceof RangeError ? new OperatorRefusal('usage', fault.message) : fault;
  }
}
