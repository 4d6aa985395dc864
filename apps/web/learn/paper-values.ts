// The test values of the paper's Figure 3.2: input as a text, expected fingerprint as 64 digits.
export const PAPER_VALUES = [
  {
    name: 'abc',
    input: () => new TextEncoder().encode('abc'),
    expected: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  },
  {
    name: 'abcdbcdecdef…nopq',
    input: () => new TextEncoder().encode('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'),
    expected: '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  },
  {
    name: 'a × 1,000,000',
    input: () => new Uint8Array(1_000_000).fill(0x61),
    expected: 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
  },
] as const;
