// The link behind a receipt's QR code. It travels in the fragment, which no browser sends to a server.

export interface CheckLink {
  chainId: string;
  record: string;
  version: number;
  commitment: string;
}

export function formatCheckLink(origin: string, link: CheckLink): string {
  return `${origin}/verify#chain=${link.chainId}&record=${link.record}&version=${link.version}&commitment=${link.commitment}`;
}

/** Reads the fragment of `/verify`; undefined when it is no such link. */
export function parseCheckLink(fragment: string): CheckLink | undefined {
  const values = new URLSearchParams(fragment.replace(/^#/, ''));
  const [chainId, record, version, commitment] = ['chain', 'record', 'version', 'commitment'].map(
    (name) => values.get(name) ?? '',
  );
  if (chainId === undefined || record === undefined || version === undefined || commitment === undefined)
    return undefined;
  if (!/^[0-9a-f]{64}$/.test(chainId) || !/^[0-9a-f]{32}$/.test(record) || !/^[0-9a-f]{64}$/.test(commitment))
    return undefined;
  if (!/^[1-9]\d{0,8}$/.test(version)) return undefined;
  return { chainId, record, version: Number(version), commitment };
}
