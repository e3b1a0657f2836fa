/** The window's page is served under a scheme of its own, whose origin is nobody else's; file:// is shared by all files. */
export const pageScheme = 'ticket-agent';
export const pageAddress = `${pageScheme}://window/index.html`;
