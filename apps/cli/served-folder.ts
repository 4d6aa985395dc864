/** Where `demo` works unless told otherwise. */
export const DEMO_FOLDER = '.clearchart';

/** The folder that `node` or `demo` will run on, as far as flags and environment name it; nothing is checked here. */
export function servedFolder(
  [command, ...rest]: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if ((command !== 'node' && command !== 'demo') || rest.includes('--help')) return undefined;
  const at = rest.indexOf('--data');
  const flag = at < 0 ? rest.find((word) => word.startsWith('--data='))?.slice('--data='.length) : rest[at + 1];
  return flag ?? environment['CLEARCHART_DATA'] ?? (command === 'demo' ? DEMO_FOLDER : undefined);
}
