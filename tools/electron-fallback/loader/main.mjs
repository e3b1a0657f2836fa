// Stands in for Electron's own default_app: loads the app folder named on the command line, as `electron <dir>` does.

import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import v8 from 'node:v8';
import { app } from 'electron';

const argv = process.argv.slice(1);
const preload = [];
let target = process.env.ELECTRON_APP_DIR || null;
for (let i = 0; i < argv.length && !target; i++) {
  const arg = argv[i];
  if (arg === '-r' || arg === '--require') preload.push(argv[++i]);
  else if (arg === '-v' || arg === '--version') {
    console.log(`v${process.versions.electron}`);
    process.exit(0);
  } else if (arg === '-a' || arg === '--abi') {
    console.log(process.versions.modules);
    process.exit(0);
  } else if (!arg.startsWith('-')) target = arg;
}
if (!target) {
  console.error('usage: electron <app-dir>');
  process.exit(2);
}
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
if (preload.length) Module._preloadModules(preload);

const dir = path.resolve(target);
const manifest = path.join(dir, 'package.json');
let appPath = null;
if (fs.existsSync(manifest)) {
  const p = JSON.parse(fs.readFileSync(manifest, 'utf8'));
  if (p.version) app.setVersion(p.version);
  app.name = p.productName || p.name || app.name;
  app.setDesktopName(p.desktopName || `${app.name}.desktop`);
  if (p.v8Flags) v8.setFlagsFromString(p.v8Flags);
  appPath = dir;
}
const userData = app.commandLine.getSwitchValue('user-data-dir');
app.setPath('userData', userData || path.join(app.getPath('appData'), app.name));
const main = Module._resolveFilename(dir, null, true);
app.setAppPath(appPath || path.dirname(main));
// Awaited on purpose: a packaged app deadlocks on a top-level `await app.whenReady()`, and so does this.
try {
  await import(pathToFileURL(main).href);
} catch (error) {
  console.error('App threw an error during load\n', error?.stack ?? error);
  process.exit(1);
}
