import { config } from 'zod';

// Zod otherwise compiles schemas with `new Function`, which the page's content security policy forbids (rightly).
// This has to run before the first schema is made, so it is a module of its own and imported first.
config({ jitless: true });
