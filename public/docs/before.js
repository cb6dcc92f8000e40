// Scalar's copy of zod asks `new Function('')` whether it may compile; the page's policy refuses that and reports it. This is
// zod's own switch for such pages, and it is read when the next script loads.
globalThis.__zod_globalConfig = { jitless: true }
