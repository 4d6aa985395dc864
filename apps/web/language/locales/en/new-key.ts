export const newKey = {
  newKey: {
    title: 'A new key',
    lead: 'With the slip from the desk you choose a new password and get new recovery words. Your record stays yours.',
    noCode: 'The code is missing',
    noCodeDetail: 'Open the link exactly as it stands on the slip; its last part is the code.',
    sevenDays:
      'It takes effect after seven days. So long every device on which you are signed in shows it and can stop it: nobody becomes you unseen, the hospital neither.',
    make: 'Make my new key',
    waits:
      'Made. From {{when}} on you sign in with the new password, unless the old key says no. Keep the words until then, and after.',
    banner:
      'At the desk {{name}} has begun a new key for you ({{asked}}). It takes the place of yours on {{effective}}. Was it not you? Stop it.',
    stop: 'Stop the new key',
    stopDetail: 'Your own key signs a veto, and the new key never takes effect. Your password opens your key for it.',
    stopNow: 'Stop it',
    lost: 'Lost key',
    begun: 'New key begun',
    takeBack: 'Take the new key back',
    atDesk: 'A new key for {{name}}',
    deskDetail:
      'Only for who has lost password and recovery words and stands here. It takes effect after seven days; the person is told on every device, and by letter where mail is sent.',
    papers: 'What was shown',
    papersDetail: 'Such as: passport, photo compared. It is kept with your name.',
    issue: 'Papers checked: make the slip',
  },
};
