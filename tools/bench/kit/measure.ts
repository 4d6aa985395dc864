// What the benches share: the machine's own pace in the same run, medians, and the shape of a line.
import { fromHex, type SignatureCheck } from '@clearchart/crypto';
import { signatureMessage, type Transaction, transactionId } from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { availableParallelism } from 'node:os';

const CHECKS = 4_000;

export interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly against: string;
  readonly ratio: number;
  readonly note: string;
}

export function print(line: Line): void {
  const rounded = { ...line, value: Number(line.value.toPrecision(4)), ratio: Number(line.ratio.toFixed(3)) };
  process.stdout.write(`${JSON.stringify(rounded)}\n`);
}

export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? Number.NaN;
}

export interface VerifyRate {
  /** `crypto.verify` a second, one call after the other. */
  readonly oneCore: number;
  /** A second on all cores, in Node's thread pool. */
  readonly allCores: number;
  /** Processor time of one, microseconds: a busy machine lengthens it less than the clock. */
  readonly cpuUs: number;
}

/** How fast this machine is now: Ed25519 verifications of 64 bytes. */
export async function verifyRate(): Promise<VerifyRate> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const message = new Uint8Array(64).fill(7);
  const signature = new Uint8Array(sign(null, message, privateKey));
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  const begunCpu = process.cpuUsage();
  const begun = performance.now();
  for (let index = 0; index < CHECKS; index += 1) verify(null, message, publicKey, signature);
  const between = performance.now();
  const spent = process.cpuUsage(begunCpu);
  const check = { publicKey: raw, message, signature };
  for (let at = 0; at < CHECKS; at += 250) await nodeVerifier.verifyMany?.(Array.from({ length: 250 }, () => check));
  const perSecond = (ms: number): number => (CHECKS / ms) * 1000;
  return {
    oneCore: perSecond(between - begun),
    allCores: perSecond(performance.now() - between),
    cpuUs: (spent.user + spent.system) / CHECKS,
  };
}

export function medianRate(rates: readonly VerifyRate[]): VerifyRate {
  return {
    oneCore: median(rates.map(({ oneCore }) => oneCore)),
    allCores: median(rates.map(({ allCores }) => allCores)),
    cpuUs: median(rates.map(({ cpuUs }) => cpuUs)),
  };
}

export function machineNote({ oneCore, allCores, cpuUs }: VerifyRate): string {
  return `${availableParallelism()} cores, crypto.verify ${Math.round(oneCore)}/s on one and ${Math.round(allCores)}/s on all in this run, ${Math.round(cpuUs)} µs of processor time each`;
}

const VERIFIED_AT_ONCE = 256;

/** How fast the machine verifies the one signature of each of these now, on all cores and nothing else done: a second. */
export async function signatureBound(transactions: readonly Transaction[], publicKey: Uint8Array): Promise<number> {
  const checks: SignatureCheck[] = transactions.map((transaction) => ({
    publicKey,
    message: signatureMessage(transactionId(transaction), 'organization'),
    signature: fromHex(transaction.signatures[0]?.signature ?? ''),
  }));
  const begun = performance.now();
  for (let at = 0; at < checks.length; at += VERIFIED_AT_ONCE) {
    const verdicts = await nodeVerifier.verifyMany?.(checks.slice(at, at + VERIFIED_AT_ONCE));
    if (verdicts?.includes(false) ?? true) throw new Error('A signature does not verify');
  }
  return (checks.length / (performance.now() - begun)) * 1000;
}
