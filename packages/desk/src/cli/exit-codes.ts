/** What a command answers the shell: all well, it failed, or it was given wrongly. */
export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const;
