export const landing = {
  landing: {
    title: 'A health record you can check',
    lead: 'The hospital keeps what it wrote, sealed. You see who read it — and your own browser proves that nothing was changed and nobody was left out.',
    toHome: 'To my pages',
    try: 'Try it as somebody else',
    register: 'New here',
    emblem_one: 'The Clearchart seal: a ring for the hospital that confirmed, around a tick',
    emblem_other: 'The Clearchart seal: a ring of {{count}} parts, one for each hospital that confirmed, around a tick',
    newestBlock: 'Newest block',
    liveLedger: 'Live ledger',
    waiting: 'waiting',
    shoes: 'Step into somebody’s shoes',
    shoesLead: 'Made-up people, one click each. Nothing here is real, and nothing you do can break it.',
    visitor: 'A visitor',
    visitorRole: 'No account needed',
    about: {
      patient: 'Read results, change the profile and seal it, see who looked.',
      practitioner: 'Open the record of a patient in care; every opening is written down.',
      administrator: 'Find people, hand out claim codes, say who cares for whom.',
      visitor: 'Check a receipt, or the whole ledger, without signing in.',
    },
    hospitals: 'Other hospitals of this network',
    hospitalsLead:
      'They share this ledger, not their records. Who is a patient at two of them has two accounts, and nothing on the ledger says so.',
    hospitalState: {
      starting: 'Starting…',
      stopped: 'Not running. The others go on without it.',
    },
    promises: 'Three promises you can test',
    promisesLead: 'Each one has a test that can fail. Try to make it fail.',
    promise: {
      history: {
        title: 'One history',
        detail:
          'Every version of every record is anchored. Whoever changes, removes or reorders one is found out by anyone with the file.',
      },
      list: {
        title: 'A list with nothing missing',
        detail:
          'Your browser proves that the list of readers holds all that the hospital declared, up to the time shown beside its name.',
      },
      seal: {
        title: 'Nothing acknowledged is lost',
        detail: '“Saved” means on disk. “Final” means final. And only your own browser may say “checked by you”.',
      },
    },
    limits: 'What we do not claim',
    limitsDetail:
      'No certificate, no law “complied with”. Names and health content never stand on the ledger, but who looks long enough at times and pseudonyms may learn something. What a hospital does inside its own walls rests on that hospital.',
    learn: 'See how a fingerprint is made, step by step',
  },
  ribbon: {
    label: 'Newest blocks of the ledger',
    block_one: 'Block {{height}}, one entry',
    block_other: 'Block {{height}}, {{count}} entries',
    waiting_one: 'One entry waits for the next block',
    waiting_other: '{{count}} entries wait for the next block',
  },
};
