/** The letters to people, in English and Hindi, and their way out. */
import type { AccountLetters } from '../accounts/index.ts';
import type { Letter, Mail } from './mail.ts';

export interface LetterPorts {
  readonly mail: Mail;
  /** Name of the hospital. */
  readonly hospital: string;
  /** Where people reach this node, without a slash at the end. */
  readonly publicUrl: () => string;
  /** IANA name. */
  readonly timeZone: string;
  /** For the operator's log: never an address. */
  readonly onFault: (words: string, fault: unknown) => void;
}

/** Letters on their way at one time; further ones are given up. */
const MOST_ON_THE_WAY = 200;

export interface Letters extends AccountLetters {
  /** Reminds of a visit at `when` (as people write it). Resolves to whether the letter was handed on. */
  visitReminder(to: string, when: VisitTime): Promise<boolean>;
}

/** A moment in the words of each language. */
export interface VisitTime {
  readonly en: string;
  readonly hi: string;
}

export function lettersTo({ mail, hospital, publicUrl, timeZone, onFault }: LetterPorts): Letters {
  let onTheWay = 0;

  async function deliver(letter: Letter): Promise<boolean> {
    if (onTheWay >= MOST_ON_THE_WAY) {
      onFault('a letter was given up', new Error('too many are on their way'));
      return false;
    }
    onTheWay += 1;
    try {
      await mail.post(letter);
      return true;
    } catch (fault) {
      onFault('a letter could not be sent', withoutAddress(fault));
      return false;
    } finally {
      onTheWay -= 1;
    }
  }

  return {
    recoveryLink: (to, path) => void deliver(recoveryLetter(to, hospital, publicUrl() + path)),
    passwordChanged: (to) => void deliver(passwordChangedLetter(to, hospital)),
    wordsChanged: (to) => void deliver(wordsChangedLetter(to, hospital)),
    newDevice: (to, when) => void deliver(newDeviceLetter(to, hospital, timeInWords(when, timeZone))),
    newKeyAsked: (to) => void deliver(newKeyAskedLetter(to, hospital)),
    newKeyTaken: (to) => void deliver(newKeyTakenLetter(to, hospital)),
    newKeyVetoed: (to) => void deliver(newKeyVetoedLetter(to, hospital)),
    newKeyWithdrawn: (to) => void deliver(newKeyWithdrawnLetter(to, hospital)),
    visitReminder: (to, when) => deliver(visitReminderLetter(to, hospital, when, publicUrl())),
  };
}

export function timeInWords(time: number, timeZone: string): VisitTime {
  const words = (locale: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(time);
  return { en: words('en-GB'), hi: words('hi-IN') };
}

/** What a mail server says back may name whom the letter was for. */
function withoutAddress(fault: unknown): Error {
  const { code, responseCode } = (fault ?? {}) as { code?: string; responseCode?: number };
  return new Error(`the mail server: ${responseCode ?? code ?? 'no'}`);
}

function recoveryLetter(to: string, hospital: string, link: string): Letter {
  return {
    to,
    subject: `${hospital}: new password · नया पासवर्ड`,
    text: [
      `Somebody asked for a new password for your account at ${hospital}.`,
      'If it was you, open this link within 30 minutes, with your 24 recovery words at hand:',
      `${hospital} में आपके खाते के लिए नया पासवर्ड माँगा गया है।`,
      'अगर आपने माँगा है, तो अपने 24 रिकवरी शब्द साथ रखकर 30 मिनट के भीतर यह लिंक खोलें:',
      link,
      'If it was not you, do nothing: the link alone opens nothing.',
      'अगर आपने नहीं माँगा, तो कुछ न करें: सिर्फ़ इस लिंक से कुछ नहीं खुलता।',
    ].join('\n\n'),
  };
}

function passwordChangedLetter(to: string, hospital: string): Letter {
  return {
    to,
    subject: `${hospital}: password changed · पासवर्ड बदला गया`,
    text: [
      `The password of your account at ${hospital} has been changed, and other devices have been signed out.`,
      'If it was not you, go to the desk of the hospital.',
      `${hospital} में आपके खाते का पासवर्ड बदल दिया गया है, और बाकी उपकरण साइन आउट हो गए हैं।`,
      'अगर आपने नहीं बदला, तो अस्पताल की डेस्क पर जाएँ।',
    ].join('\n\n'),
  };
}

function wordsChangedLetter(to: string, hospital: string): Letter {
  return {
    to,
    subject: `${hospital}: new recovery words · नए रिकवरी शब्द`,
    text: [
      `New recovery words were made for your account at ${hospital}. The words before open nothing any more.`,
      'If it was not you, change your password now and make new words, or go to the desk of the hospital.',
      `${hospital} में आपके खाते के लिए नए रिकवरी शब्द बनाए गए हैं। पुराने शब्दों से अब कुछ नहीं खुलता।`,
      'अगर आपने नहीं बनाए, तो अभी अपना पासवर्ड बदलें और नए शब्द बनाएँ, या अस्पताल की डेस्क पर जाएँ।',
    ].join('\n\n'),
  };
}

/** Neither address nor browser: what a stranger chose to send would stand in the hospital's letter. */
function newDeviceLetter(to: string, hospital: string, { en, hi }: VisitTime): Letter {
  return {
    to,
    subject: `${hospital}: signed in on a device not recognised · अनजान उपकरण पर साइन इन`,
    text: [
      `Your account at ${hospital} was signed in to on ${en}, on a device that we did not recognise.`,
      'If it was not you, change your password now: that signs out every other device. Or go to the desk of the hospital.',
      `${hospital} में आपके खाते में ${hi} एक ऐसे उपकरण से साइन इन हुआ जिसे हम पहचान नहीं पाए।`,
      'अगर वह आप नहीं थे, तो अभी अपना पासवर्ड बदलें: उससे बाकी सब उपकरण साइन आउट हो जाते हैं। या अस्पताल की डेस्क पर जाएँ।',
    ].join('\n\n'),
  };
}

function newKeyAskedLetter(to: string, hospital: string): Letter {
  return {
    to,
    subject: `${hospital}: new key · नई कुंजी`,
    text: [
      `At the desk of ${hospital} a new key was begun for your account. It takes effect after seven days.`,
      'If it was not you, sign in now: every page shows it and lets you stop it. Or go to the desk.',
      `${hospital} की डेस्क पर आपके खाते के लिए नई कुंजी शुरू हुई है। वह सात दिन बाद लागू होगी।`,
      'अगर आपने नहीं माँगी, तो अभी साइन इन करें: हर पन्ने पर वह दिखेगी और रोकी जा सकेगी। या डेस्क पर जाएँ।',
    ].join('\n\n'),
  };
}

function newKeyTakenLetter(to: string, hospital: string): Letter {
  return {
    to,
    subject: `${hospital}: new key in effect · नई कुंजी लागू`,
    text: [
      `The new key for your account at ${hospital} is in effect. The old password, the old recovery words and other devices have ended.`,
      'If it was not you, go to the desk of the hospital.',
      `${hospital} में आपके खाते की नई कुंजी लागू हो गई है। पुराना पासवर्ड, पुराने रिकवरी शब्द और बाकी उपकरण ख़त्म हो गए हैं।`,
      'अगर आपने नहीं माँगी थी, तो अस्पताल की डेस्क पर जाएँ।',
    ].join('\n\n'),
  };
}

function newKeyWithdrawnLetter(to: string, hospital: string): Letter {
  return {
    to,
    subject: `${hospital}: new key taken back · नई कुंजी वापस ली गई`,
    text: [
      `The desk of ${hospital} took back the new key that was begun for your account. The key that you have stays.`,
      `${hospital} की डेस्क ने आपके खाते के लिए शुरू हुई नई कुंजी वापस ले ली है। आपकी मौजूदा कुंजी बनी रहेगी।`,
    ].join('\n\n'),
  };
}

function newKeyVetoedLetter(to: string, hospital: string): Letter {
  return {
    to,
    subject: `${hospital}: new key stopped · नई कुंजी रोकी गई`,
    text: [
      `The new key for your account at ${hospital} was stopped by the key that you have.`,
      `${hospital} में आपके खाते की नई कुंजी आपकी मौजूदा कुंजी ने रोक दी है।`,
    ].join('\n\n'),
  };
}

/** Neither with whom nor why: letters are read by others. */
function visitReminderLetter(to: string, hospital: string, { en, hi }: VisitTime, url: string): Letter {
  return {
    to,
    subject: `${hospital}: your visit · आपकी मुलाकात`,
    text: [
      `You are expected at ${hospital} on ${en}.`,
      'To move or cancel it, or to have no more of these letters, sign in:',
      `${hospital} में आपको ${hi} आना है।`,
      'बदलने या रद्द करने के लिए, या ऐसे पत्र बंद करने के लिए, साइन इन करें:',
      url,
    ].join('\n\n'),
  };
}
