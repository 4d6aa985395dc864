/** A command line that was understood. */
export interface ParsedArguments {
  /** Values by flag name without dashes, e.g. `admin-email`. */
  readonly flags: Readonly<Record<string, string>>;
  readonly switches: ReadonlySet<string>;
  readonly positions: readonly string[];
  readonly json: boolean;
}
