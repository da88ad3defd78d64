/** What the audience sees on the stage besides the shop's own content. */
export const stage = {
  title: 'Content of this screen',
  welcome: 'Welcome',
  welcomeText: 'Nice to have you here.',
  noticeTitle: 'This screen counts, it does not recognise',
  noticeText:
    'A camera counts how many people look here and estimates age, gender and a few visible features. Nobody is recognised, and no picture is stored or sent.',
  noticeShort: 'A camera counts and estimates here. It recognises nobody and stores no pictures.',
  liveView: 'What the camera sees',
  needsAttention: 'Something needs the operator’s attention. Set-up says what.',
};
