/** Letters by SMTP (RFC 5321), encrypted unless the server is on this machine. */
import { createTransport } from 'nodemailer';
import type { Mail } from './mail.ts';

export interface SmtpConfig {
  /** `smtps://user:password@host:465`, or `smtp://…:587` with STARTTLS. */
  readonly url: string;
  /** Address, with or without a name before it. */
  readonly from: string;
}

const TIMEOUT_MS = 15_000;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;

export function smtpMail({ url, from }: SmtpConfig): Mail {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !LOOPBACK.test(hostname),
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // A letter is text of ours: nothing in it is fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async post({ to, subject, text }) {
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text });
    },
  };
}
