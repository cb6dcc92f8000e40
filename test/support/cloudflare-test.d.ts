// Types of `cloudflare:test`, which the Vitest plugin provides inside workerd.
/// <reference types="@cloudflare/vitest-plugin/types" />
