// Plain JavaScript, so that a Node too old for the tools, which are TypeScript, is told so instead of crashing.
if (process.features.typescript) {
  try {
    const { prepare } = await import('./prepare.ts');
    await prepare((line) => console.log(line));
  } catch (error) {
    console.log(`The preparation could not start (${error.message}). Try again with: npm run postinstall`);
  }
} else {
  console.log(`Node ${process.version} is too old for the tools of this project: install Node 22.18 or later.`);
}
process.exitCode = 0;
