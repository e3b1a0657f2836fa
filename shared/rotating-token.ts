/** Slack's tokens that expire within hours, where an app has token rotation on: xoxe.xoxb-…, xoxe-…. */
export const rotatingToken = /^xoxe[.-]/i;

/**
 * Why such a token cannot be used, and what to do. Slack may not let token rotation be turned off again:
 * https://docs.slack.dev/authentication/using-token-rotation
 */
export const rotationUnsupported =
  'Tokens that begin with xoxe expire within hours: token rotation is on, which is not supported. Turn it off in the app’s settings in Slack; where Slack does not offer that, make the app anew from our manifest, which has it off.';
