/** One of each kind, as teammates write them. */
export const suggestedTickets = [
  'The VPN is down for everybody in the Berlin office',
  'The export button does nothing when I click it',
  'Please give Maria access to the finance folder',
  'It would be great to have a dark theme in the app',
  'How do I reset my password?',
];
