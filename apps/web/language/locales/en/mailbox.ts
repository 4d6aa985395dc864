export const mailbox = {
  mailbox: {
    title: 'Mailbox of the demo',
    lead: 'What a hospital sends by mail lies here: nothing of the demo leaves this machine.',
    for: 'Letters for',
    everybody: 'Everybody',
    empty: 'No letter yet',
    emptyDetail: 'Ask for a new password, and the link comes here.',
    to: 'To {{address}}',
    openLink: 'Open the link',
    none: 'There is no mailbox here',
    noneDetail: 'Only the demo keeps its letters; a hospital sends them.',
    onlyDemo: 'Everybody can read these letters, as everybody knows the passwords: nobody here exists.',
  },
};
