/** One of each kind, as teammates write them; the built-in model is sure of each. */
export const suggestedTickets = [
  'The VPN is down for the whole office, nobody can work',
  'The export button in the report does nothing when I click it',
  'Set up a laptop and accounts for Mia, who starts on Monday',
  'Add a dark mode to the customer portal',
  'How do I reset my password?',
];
