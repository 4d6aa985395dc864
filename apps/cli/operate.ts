/** Does an operation at the running node, or opens the folder and does it here when none runs. */
import { askRunningNode, withNodeAtRest } from '@clearchart/node';
import { flag } from './arguments.ts';
import type { ParsedArguments } from './parsed-arguments.ts';
import { keyOptions } from './key-options.ts';
import type { Output } from './output.ts';

export async function operate(
  parsed: ParsedArguments,
  output: Output,
  operation: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const dataFolder = flag(parsed, 'data');
  const onProgress = output.progress(operation);
  const asked = await askRunningNode(dataFolder, { operation, parameters }, onProgress);
  if (asked !== undefined) return asked.result;
  return await withNodeAtRest({ dataFolder, ...keyOptions(parsed) }, (operateHere) =>
    operateHere({ operation, parameters }, onProgress),
  );
}

/** The flags that every command on a node's folder understands. */
export const FOLDER_FLAGS = {
  data: "the node's data folder",
  keys: 'folder of the node key (by default DIR.keys)',
  'passphrase-file': 'file with the passphrase of the node key',
} as const;
