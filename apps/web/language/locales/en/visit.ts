export const visit = {
  visit: {
    title: 'This visit',
    visits: 'Visits',
    draftKept: 'Draft kept {{time}}',
    note: 'Note',
    templates: 'Templates for the note',
    template: {
      soap: {
        name: 'SOAP',
        text: 'Complaint:\n\nFindings:\n\nAssessment:\n\nPlan:\n',
      },
      followUp: {
        name: 'Follow-up',
        text: 'Since the last visit:\n\nTaking the medicines:\n\nFindings:\n\nPlan and next visit:\n',
      },
      child: {
        name: 'Child',
        text: 'Complaint, told by:\n\nFeeding and sleep:\n\nGrowth and development:\n\nVaccinations up to date:\n\nFindings:\n\nAdvice to the parents:\n',
      },
      antenatal: {
        name: 'Antenatal',
        text: 'Weeks of pregnancy:\n\nMovements of the child:\n\nBleeding, headache, swelling:\n\nFundal height and heartbeat:\n\nUrine and blood pressure:\n\nPlan and next visit:\n',
      },
    },
    diagnosis: 'Diagnosis',
    suspected: 'suspected',
    prescription: 'Prescription',
    forDays_one: '{{count}} day',
    forDays_other: '{{count}} days',
    vitals: 'Vital signs',
    vital: {
      systolic: 'Upper pressure',
      diastolic: 'Lower pressure',
      pulse: 'Pulse',
      temperature: 'Temperature',
      oxygen: 'Oxygen',
      breathing: 'Breaths',
      weight: 'Weight',
      height: 'Height',
    },
    orders: 'Orders',
    finish: 'Finish & seal',
    finishTitle: 'Finish the visit of {{name}}',
    finishDetail:
      'This is stored, signed with your own key and sealed. Later it can be corrected, with a reason; nothing is overwritten.',
    sealAndSign: 'Seal and sign',
    storedOtherwise:
      'The hospital stored something else than what you wrote. Nothing was signed. Tell the administrator.',
    openKeys: 'Open my keys',
    openKeysDetail:
      'Your keys were closed when the page was loaded anew. Your password opens them, so that you can sign and drafts are kept.',
    newVisit: 'Back to the visit form',
    notSigned: 'The visit is stored but not signed yet.',
    signNow: 'Sign now',
    unsigned: 'Your visit of {{when}} is stored but not signed yet.',
    progress: {
      saved: 'Saved at the hospital',
      savedDetail_one: 'One record',
      savedDetail_other: '{{count}} records, all or none',
      signing: 'You sign it',
      signed: 'Signed by you',
      signedDetail: 'Your browser compares what stands on the ledger with what you wrote, then signs with your key.',
    },
    signature: {
      none: 'Not signed yet',
      verified: 'Signed by {{name}}, checked by you',
      unchecked: 'Signed by {{name}}, being checked',
      'version-changed': 'Signed by {{name}}, but a record is not the one that was signed',
      'no-such-key': 'Signed in the name of {{name}}, but the ledger has no such key',
      'wrong-signature': 'The signature in the name of {{name}} does not hold',
    },
    fault: {
      'note-too-long': 'The note is too long.',
      'vital-implausible': 'A vital sign cannot be right.',
      'half-a-pressure': 'A blood pressure needs both values.',
    },
  },
};
