/** What carries a letter. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

export interface Mail {
  /** Rejects when the letter could not be handed on. */
  post(letter: Letter): Promise<void>;
}
