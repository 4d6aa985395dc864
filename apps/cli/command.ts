import type { Output } from './output.ts';
import type { ParsedArguments } from './parsed-arguments.ts';

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly does: string;
  /** Flags with a value, and what they mean. */
  readonly flags: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** Flags without a value; `--json` is always one. */
  readonly switches?: readonly string[];
  readonly positions: { readonly least: number; readonly most: number };
  /** Shows the web app, which must have been built. */
  readonly serves?: true;
  run(parsed: ParsedArguments, output: Output): Promise<number>;
}

export interface CommandLineHooks {
  /** Before a command that serves the web app. */
  readonly beforeServing?: () => Promise<void>;
}
