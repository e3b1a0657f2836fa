import type { AppError } from '../../shared/errors.ts';
import type { Messenger } from './ports/messenger.ts';

/** A messenger that can say nothing: tickets of an earlier run wait until the settings change. */
export function unusableMessenger(reason: AppError): Messenger {
  const refuse = async () => {
    throw reason;
  };
  return {
    announce: refuse,
    announcePrivately: refuse,
    findAnnouncement: refuse,
    showDecision: refuse,
    showLabel: refuse,
    permalink: refuse,
    sendCode: refuse,
    explain: refuse,
    showEarlier: refuse,
    channelNameOf: refuse,
    readMessage: refuse,
    earlierTicket: refuse,
    askForFields: refuse,
  };
}
