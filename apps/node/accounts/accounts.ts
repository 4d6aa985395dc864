/** Accounts as the node composes them: who is asking, and the routes with which people come in. */
import { ready } from '@serenity-kit/opaque';
import type { FastifyInstance } from 'fastify';
import type { Authentication } from '../http/access.ts';
import { Custody } from './custody.ts';
import { Desk } from './desk.ts';
import { deskRoutes } from './desk-routes.ts';
import { finishBinding } from './key-binding.ts';
import { NewKeyAtDesk } from './new-key.ts';
import { newKeyRoutes } from './new-key-routes.ts';
import { takeNewWords } from './new-words.ts';
import type { AccountsPorts } from './ports.ts';
import { Recovery } from './recovery.ts';
import { Registration } from './registration.ts';
import { registrationRoutes } from './registration-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { SignIn } from './sign-in.ts';

export interface Accounts {
  readonly authentication: Authentication;
  readonly custody: Custody;
  stateOfPatient(patientId: string): 'none' | 'invited' | 'active' | 'deactivated';
  registerRoutes(app: FastifyInstance): Promise<void>;
  close(): void;
}

/** Also finishes what a crash cut short: keys that were signed and had not reached the outbox. */
export async function createAccounts(ports: AccountsPorts): Promise<Accounts> {
  const { store, overTls } = ports;
  await ready;
  for (const { id } of store.accounts.withBinding()) await finishBinding(ports, id);
  const signIn = new SignIn(ports);
  const recovery = new Recovery(ports, signIn);
  const registration = new Registration(ports);
  const desk = new Desk(ports);
  return {
    authentication: signIn,
    custody: new Custody(ports),
    stateOfPatient: (patientId) => desk.stateOfPatient(patientId),
    async registerRoutes(app) {
      await app.register(
        sessionRoutes({
          store,
          signIn,
          recovery,
          takeNewWords: (session, vault) => takeNewWords(ports, session, vault),
          overTls,
        }),
      );
      await app.register(registrationRoutes(registration));
      await app.register(deskRoutes(desk, ports));
      await app.register(newKeyRoutes(new NewKeyAtDesk(ports)));
    },
    close: () => store.close(),
  };
}
