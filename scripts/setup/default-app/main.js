// What `electron <folder>` runs in an Electron that came without its default application: finds the folder among the
// arguments and starts what its package.json names.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (!folder) {
  process.stderr.write('usage: electron <application folder>\n');
  process.exit(1);
}
const appPath = resolve(folder);
const about = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8'));
app.setName(about.productName ?? about.name);
app.setVersion(about.version);
app.setAppPath(appPath);
// Electron holds the `ready` event back until this module has been evaluated, and with it the application's.
await import(pathToFileURL(join(appPath, about.main)).href);
