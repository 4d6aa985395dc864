/** One hospital's node as a value: its stores, its engine and its door to the outside. Several run in one process. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DemoPeople } from '@clearchart/api';
import type { TransactionId } from '@clearchart/ledger';
import { OWN_SCOPE } from './accesses/index.ts';
import { createAccounts } from './accounts/index.ts';
import { registerFhirRoutes } from './clinical/index.ts';
import { custodyRoutes } from './custody/routes.ts';
import { systemClock, systemTimers } from './clock.ts';
import { type HospitalOptions, type HospitalPorts, openHospital } from './compose.ts';
import { type LettersConfig, lettersOf } from './compose-letters.ts';
import type { Hospital } from './hospital.ts';
import { whenOwnFinal } from './ledger/when-own-final.ts';
import { labRoutes } from './lab/lab-routes.ts';
import type { TamperLab } from './lab/tamper-lab.ts';
import type { RouteAccess } from './http/access.ts';
import { createHttpServer } from './http/server.ts';
import { createMetrics, measureRequests } from './observability/metrics.ts';
import { serveControlSocket } from './operator/control-socket.ts';
import { operationsOf } from './operator/operations.ts';
import { patientDirectory } from './people/patient-directory.ts';
import { joinedRecordRoutes } from './people/joined-record-routes.ts';
import { patientListRoutes } from './people/patient-list-routes.ts';
import { demoRoutes } from './routes/demo.ts';
import { disputeRoutes } from './routes/disputes.ts';
import { healthRoutes } from './routes/health.ts';
import { networkRoutes } from './routes/network.ts';
import { liveRoutes } from './routes/live.ts';
import { patientExportRoutes } from './routes/patient-export.ts';
import { patientRoutes } from './routes/patients.ts';
import { recordDisputeRoutes } from './routes/record-disputes.ts';
import { recordRoutes } from './routes/records.ts';
import { registryRoutes } from './routes/registry.ts';
import { Favourites, favouriteRoutes } from './prescribing/index.ts';
import {
  Bookings,
  bookingRoutes,
  calendarRoutes,
  Hours,
  hoursRoutes,
  sendReminders,
  wallClockOf,
} from './scheduling/index.ts';

export interface NodeConfig extends HospitalOptions, LettersConfig {
  readonly host: string;
  readonly port: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  readonly trustProxy?: boolean;
  /** IANA name; the machine's own when it is missing. */
  readonly timeZone?: string;
  readonly emergencyNumber?: string;
  /** Origin at which other members reach this node; the address it listens on when it is missing. */
  readonly peerUrl?: string;
  readonly tls?: { readonly certificate: string; readonly key: string };
}

export interface NodePorts
  extends Partial<Pick<HospitalPorts, 'clock' | 'timers'>>,
    Pick<HospitalPorts, 'definitions'> {
  /** For a demo alone: whoever gives it lets any visitor change bytes on the disk. */
  readonly lab?: TamperLab;
  /** Lines of the operator's log; by default the standard error output. */
  readonly logLine?: (line: string) => void;
}

export interface NodeRoute {
  readonly method: string;
  /** With its parameters as `:name`. */
  readonly url: string;
  readonly access: RouteAccess;
}

export interface Node {
  readonly hospital: Hospital;
  /** Address it listens on, without a slash at the end. */
  readonly url: string;
  /** Every route with who may use it. */
  readonly routes: readonly NodeRoute[];
  /** One transaction bundle with the hospital's own right. @throws Error when it is refused. */
  importBundle(bundle: unknown): Promise<void>;
  /** FHIR id of the resource with this identifier. */
  findByIdentifier(type: string, system: string, value: string): Promise<string | undefined>;
  /** Shown on the landing page of a demo. */
  setDemoPeople(people: DemoPeople): void;
  close(): Promise<void>;
}

/** How long `Prefer: respond-final` waits. */
const FINAL_WITHIN_MS = 30_000;
/** Ports tried one after another when the wanted one is busy. */
const PORTS_TRIED = 20;
const WEB_FOLDER = fileURLToPath(new URL('../web/dist', import.meta.url));

/** @throws FolderInUse, KeyUnavailable or DamagedData */
export async function createNode(config: NodeConfig, ports: NodePorts): Promise<Node> {
  const { clock = systemClock, timers = systemTimers, definitions } = ports;
  const logLine = ports.logLine ?? ((line: string) => process.stderr.write(line));
  const onFault = (words: string, fault: unknown) =>
    logLine(
      `${JSON.stringify({ level: 'error', words, fault: fault instanceof Error ? fault.message : String(fault) })}\n`,
    );
  const onNote = (words: string) => logLine(`${JSON.stringify({ level: 'warn', words })}\n`);
  const startedAt = clock.now();
  const hospital = await openHospital(config, { clock, timers, definitions, onFault, onNote });
  const { clinical, accesses, reader, engine } = hospital;
  const own = clinical.session({ scope: OWN_SCOPE, onDisclosed: () => {}, baseUrl: '' });
  try {
    const timeZone = config.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const letters = lettersOf(hospital, config, { clock, timeZone, onFault, ownUrl: () => url });
    const accounts = await createAccounts({
      store: hospital.accounts,
      people: hospital.people,
      patients: patientDirectory(clinical),
      verifier: hospital.verifier,
      letters,
      organization: hospital.organization,
      overTls: config.tls !== undefined,
    });
    const routes: NodeRoute[] = [];
    const app = await createHttpServer({
      onRoute: ({ method, url, config: routeConfig }) => {
        for (const one of [method].flat()) routes.push({ method: one, url, access: routeConfig?.access ?? [] });
      },
      authentication: accounts.authentication,
      keptAnswers: hospital.accounts.answers,
      log: { level: config.logLevel, stream: { write: logLine } },
      webFolder: WEB_FOLDER,
      timeZone,
      trustProxy: config.trustProxy ?? false,
      ...(config.tls === undefined ? {} : { tls: config.tls }),
    });
    const metrics = createMetrics(hospital);
    measureRequests(app, metrics);
    let demoPeople: DemoPeople = { people: [], hospitals: [] };
    let notReady: string | undefined;
    void hospital.failed.then(() => {
      notReady = 'the ledger or the records stopped after a fault; the log says which';
    });
    await app.register(healthRoutes({ metrics, notReady: () => notReady }));
    await app.register(networkRoutes(hospital));
    await app.register(liveRoutes(engine));
    await app.register(recordRoutes({ clinical, accesses, reader }));
    await app.register(patientRoutes({ clinical, accesses, reader, clock }));
    await app.register(patientExportRoutes({ clinical, accesses, reader }));
    await app.register(disputeRoutes({ clinical, accesses, clock }));
    await app.register(recordDisputeRoutes({ clinical, accesses, clock }));
    await app.register(
      registryRoutes({
        clinical,
        accesses,
        engine,
        accountStateOf: (id) => accounts.stateOfPatient(id),
        isInCustody: (id) => accounts.custody.isKept(id, clinical.pseudonymOf(id)),
      }),
    );
    await app.register(
      custodyRoutes({
        clinical,
        accesses,
        custody: accounts.custody,
        ledger: hospital.people.custody,
        chainId: hospital.chainId,
        clock,
      }),
    );
    await app.register(
      joinedRecordRoutes({
        clinical,
        accesses,
        accounts: hospital.accounts,
        clock,
        accountStateOf: (id) => accounts.stateOfPatient(id),
      }),
    );
    const wall = wallClockOf(timeZone);
    await app.register(
      bookingRoutes({
        bookings: new Bookings({ session: own, clock, wall, joined: accesses.joined }),
        session: own,
        now: () => clock.now(),
        emergencyNumber: config.emergencyNumber ?? '112',
      }),
    );
    await app.register(favouriteRoutes(new Favourites(own)));
    await app.register(hoursRoutes(new Hours({ session: own, clock, wall, timeZone })));
    await app.register(
      calendarRoutes({
        accounts: hospital.accounts,
        session: own,
        joined: accesses.joined,
        clock,
        hospital: hospital.name,
        sendsMail: letters !== undefined,
      }),
    );
    await app.register(
      patientListRoutes({
        clinical,
        accesses,
        clock,
        isActive: (id) => hospital.accounts.accounts.byId(id)?.state === 'active',
        onFault,
        listKey: hospital.keys['patient-list'],
      }),
    );
    await app.register(
      demoRoutes({
        people: () => (hospital.demo ? { ...demoPeople, hasLab: ports.lab !== undefined } : undefined),
        letters: () => (hospital.demo ? hospital.accounts.letters.list() : undefined),
      }),
    );
    if (ports.lab !== undefined) await app.register(labRoutes(ports.lab, hospital));
    await accounts.registerRoutes(app);
    await registerFhirRoutes(app, {
      store: clinical,
      table: (await definitions).table,
      contextOf: ({ caller }) => {
        if (caller === undefined) throw new Error('a FHIR route was reached without a caller');
        return accesses.contextOf(caller);
      },
      originOf: (request) => `${request.protocol}://${request.host}`,
      whenFinal: (id) => whenOwnFinal(engine, { clock, timers }, id as TransactionId, FINAL_WITHIN_MS),
      softwareVersion: softwareVersion(),
      startedAt,
    });
    const url = await listen(app, config, logLine);
    hospital.members.announce(config.peerUrl ?? url);
    const stopReminding =
      letters === undefined
        ? () => {}
        : sendReminders({
            session: own,
            joined: accesses.joined,
            accounts: hospital.accounts,
            letters,
            clock,
            timers,
            wall,
            timeZone,
            onFault,
          });
    const control = await serveControlSocket(hospital.folder, operationsOf(hospital));
    return {
      hospital,
      url,
      routes,
      async importBundle(bundle) {
        await own.bundle(bundle);
      },
      async findByIdentifier(type, system, value) {
        return own.find(type, `identifier=${encodeURIComponent(`${system}|${value}`)}`, 1)[0]?.id;
      },
      setDemoPeople(people) {
        demoPeople = people;
      },
      async close() {
        notReady = 'stopping';
        stopReminding();
        await control.close();
        await app.close();
        await hospital.close();
      },
    };
  } catch (fault) {
    await hospital.close();
    throw fault;
  }
}

/** Listens on the wanted port, or on the next free one, saying so. */
async function listen(
  app: Awaited<ReturnType<typeof createHttpServer>>,
  { host, port, tls }: NodeConfig,
  logLine: (line: string) => void,
): Promise<string> {
  for (let tried = port; ; tried += 1) {
    try {
      await app.listen({ host, port: tried });
      break;
    } catch (fault) {
      const busy = (fault as { code?: string }).code === 'EADDRINUSE';
      if (!busy || port === 0 || tried >= port + PORTS_TRIED) throw fault;
      logLine(`${JSON.stringify({ level: 'warn', words: `port ${tried} is busy; trying ${tried + 1}` })}\n`);
    }
  }
  const address = app.server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  const shown = host.includes(':') ? `[${host}]` : host;
  return `${tls === undefined ? 'http' : 'https'}://${shown}:${actual}`;
}

function softwareVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
