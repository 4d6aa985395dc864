import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConfigSources, flagOf, readConfig, variableOf } from './config.ts';

const read = (sources: Partial<ConfigSources>) =>
  readConfig({ flags: {}, environment: {}, file: undefined, ...sources });

function faultsOf(sources: Partial<ConfigSources>): string[] {
  const outcome = read(sources);
  return 'faults' in outcome ? outcome.faults : [];
}

test('flags win over the environment, and it over the file', () => {
  const sources = {
    flags: { port: '1' },
    environment: { CLEARCHART_PORT: '2', CLEARCHART_HOST: '::1' },
    file: { port: 3, host: '0.0.0.0', data: 'folder' },
  };
  const outcome = read(sources);
  assert.ok('config' in outcome);
  const { port, host, data, engine } = outcome.config;
  assert.deepEqual([port, host, data, engine], [1, '::1', 'folder', 'proof-of-work']);
});

test('a setting has one name in three spellings', () => {
  assert.deepEqual(
    [flagOf('passphraseFile'), variableOf('passphraseFile')],
    ['--passphrase-file', 'CLEARCHART_PASSPHRASE_FILE'],
  );
});

test('every unknown name and every bad value is told at once', () => {
  const faults = faultsOf({
    flags: { ports: '1' },
    environment: { CLEARCHART_PROT: '2', CLEARCHART_ENGINE: 'raft', DATABASE_URL: 'postgres://x', PATH: '/bin' },
    file: { hots: 'x', port: 70_000 },
  });
  for (const words of [/--ports is not/, /CLEARCHART_PROT is not/, /engine/, /DATABASE_URL/, /"hots" is not/, /port/]) {
    assert.ok(
      faults.some((fault) => words.test(fault)),
      `${words} in ${faults.join('; ')}`,
    );
  }
  assert.equal(faults.length, 6);
});

test('the address for other members is an origin, written without the slash at its end', () => {
  const outcome = read({ flags: { peerUrl: 'https://node.city.example:8443/', peerCa: 'authority.pem' } });
  assert.ok('config' in outcome);
  assert.deepEqual(
    [outcome.config.peerUrl, outcome.config.peerCa],
    ['https://node.city.example:8443', 'authority.pem'],
  );
  for (const peerUrl of ['node.city.example', 'https://a.example/path', 'https://u:p@a.example', 'ftp://a.example', ''])
    assert.equal(faultsOf({ flags: { peerUrl } }).length > 0, true, peerUrl);
});

test('a file that is not one object, and half a TLS pair, are faults', () => {
  assert.equal(faultsOf({ file: [] }).length, 1);
  assert.equal(faultsOf({ file: null }).length, 1);
  assert.deepEqual(faultsOf({ flags: { tlsKey: 'key.pem' } }), ['tlsCertificate and tlsKey go together']);
});
