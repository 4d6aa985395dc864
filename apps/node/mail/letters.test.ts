import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { lettersTo } from './letters.ts';
import type { Letter } from './mail.ts';
import { smtpMail } from './smtp.ts';

const CODE = '0123456789ABCDEFGHJKMNPQRS';

/** Its letters, and what has been posted of them. */
function cityHospital() {
  const posted: Letter[] = [];
  const letters = lettersTo({
    mail: { post: (letter) => Promise.resolve(void posted.push(letter)) },
    hospital: 'City Hospital',
    publicUrl: () => 'https://city.example',
    timeZone: 'Asia/Kolkata',
    onFault: assert.fail,
  });
  return { letters, posted };
}

test('A27 a letter leads to the address of the operator, in both languages, and says nothing of health', () => {
  const { letters, posted } = cityHospital();
  letters.recoveryLink('meera@mail.example', `/recover#${CODE}`);
  letters.passwordChanged('meera@mail.example');
  const [link, changed] = posted;
  assert.equal(link?.to, 'meera@mail.example');
  assert.ok(link?.text.includes(`\n\nhttps://city.example/recover#${CODE}\n\n`));
  for (const { text, subject } of posted) {
    assert.match(text, /City Hospital/);
    assert.match(text + subject, /पासवर्ड/);
    assert.doesNotMatch(text, /patient|doctor|record/i);
  }
  assert.doesNotMatch(changed?.text ?? '', /https?:/);
});

test('A37 A38 letters tell of new words and of a new device, by the hospital’s clock, without a link, an address or a browser', () => {
  const { letters, posted } = cityHospital();
  letters.wordsChanged('meera@mail.example');
  letters.newDevice('meera@mail.example', Date.UTC(2026, 2, 4, 20, 15));
  assert.equal(posted.length, 2);
  for (const { text, subject } of posted) {
    assert.match(text, /City Hospital[^]*अस्पताल/);
    assert.match(subject, /[ऀ-ॿ]/);
    assert.doesNotMatch(text, /https?:|patient|doctor|record|\d+\.\d+\.\d+/i);
  }
  const [, device] = posted;
  assert.match(device?.text ?? '', /on a device that we did not recognise\.[^]*जिसे हम पहचान नहीं पाए।/);
  assert.doesNotMatch(`${device?.subject} ${device?.text}`, /\bnew device|before|नए उपकरण|पहले/i);
  assert.match(device?.text ?? '', /Thursday,? 5 March 2026 at 01:45/);
});

test('A28 a letter that cannot be sent is told to the operator without whom it was for, and holds nobody up', async () => {
  const told: string[] = [];
  const letters = lettersTo({
    mail: {
      post: () => Promise.reject(Object.assign(new Error('550 no meera@mail.example here'), { responseCode: 550 })),
    },
    hospital: 'City Hospital',
    publicUrl: () => 'https://city.example',
    timeZone: 'Asia/Kolkata',
    onFault: (words, fault) => void told.push(`${words}: ${String(fault)}`),
  });
  letters.passwordChanged('meera@mail.example');
  await new Promise((resume) => setImmediate(resume));
  assert.deepEqual(told, ['a letter could not be sent: Error: the mail server: 550']);
});

/** As much of RFC 5321 as one letter takes; keeps what it was sent. */
async function mailServer(): Promise<{ server: Server; port: number; said: string[] }> {
  const said: string[] = [];
  const server = createServer((socket) => {
    let inLetter = false;
    socket.setEncoding('utf8').write('220 mail.example\r\n');
    socket.on('data', (text: string) => {
      for (const line of text.split('\r\n').filter((one) => one !== '')) {
        said.push(line);
        if (inLetter) {
          if (line !== '.') continue;
          inLetter = false;
        }
        if (line === 'DATA') inLetter = true;
        socket.write(line === 'DATA' ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 well\r\n');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0, said };
}

const { server, port, said } = await mailServer();
after(() => server.close());

test('A27 a letter reaches the mail server whole, from the sender of the settings', async () => {
  const mail = smtpMail({ url: `smtp://127.0.0.1:${port}`, from: 'City Hospital <desk@city.example>' });
  const text = `Open\n\nhttps://city.example/recover#${CODE}`;
  await mail.post({ to: 'meera@mail.example', subject: 'नया पासवर्ड', text });
  assert.ok(said.includes('MAIL FROM:<desk@city.example>'));
  assert.ok(said.includes('RCPT TO:<meera@mail.example>'));
  assert.ok(said.includes(`https://city.example/recover#${CODE}`), said.join('\n'));
});

test('A27 an address that holds a line break becomes no second recipient and no second header', async () => {
  said.length = 0;
  const mail = smtpMail({ url: `smtp://127.0.0.1:${port}`, from: 'desk@city.example' });
  const to = 'meera@mail.example\r\nRCPT TO:<eve@mail.example>';
  await mail.post({ to, subject: 'x\r\nBcc: eve@mail.example', text: 'x' }).catch(() => {});
  assert.ok(!said.some((line) => /^(RCPT TO:<eve|Bcc:)/i.test(line)), said.join('\n'));
});

test('A27 outside this machine nothing is said to a mail server that cannot encrypt', async () => {
  said.length = 0;
  // Any name but a loopback one is outside; this one leads back here.
  const mail = smtpMail({ url: `smtp://0.0.0.0:${port}`, from: 'desk@city.example' });
  await assert.rejects(mail.post({ to: 'meera@mail.example', subject: 'x', text: 'x' }));
  assert.ok(!said.some((line) => line.startsWith('MAIL FROM')));
});
