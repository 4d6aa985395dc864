export const custody = {
  custody: {
    title: 'Key in custody',
    badge: 'Key in custody',
    takeDetail:
      'Only for who has no device and stands here. The hospital makes and keeps the key; the ledger and every entry say so. A claim code hands it over for good.',
    take: 'Papers checked: keep the key',
    kept: 'The hospital keeps this person’s key',
    keptDetail:
      'What {{name}} says can be written here. It is signed in custody, with your name, and shown to {{name}} for confirmation when a claim code has handed the record over.',
    write: 'Write for {{name}}',
    told: 'What hurts or troubles, in the person’s own words',
    signedFor: 'Signed by the hospital in custody for {{name}}, with your name beside it.',
    seal: 'Seal and sign in custody',
    written: 'Sealed and signed in custody for {{name}}.',
    more: 'Write something else',
    review: 'Written for you at the desk',
    reviewDetail_one:
      'While the hospital kept your key, one entry was signed with it in your name. It counts as yours only when you say so.',
    reviewDetail_other:
      'While the hospital kept your key, {{count}} entries were signed with it in your name. They count as yours only when you say so.',
    by: 'Written at the desk by {{desk}}, {{when}}',
    mine: 'Yes, that was me',
    notMine: 'I don’t recognise this',
    notMineDetail: 'The entry stays as it is, with your words beside it. Whoever treats you must answer.',
    notMineWords: 'I do not recognise this entry.',
    later: 'You may leave this for later. It stays here until you have said either.',
  },
};
