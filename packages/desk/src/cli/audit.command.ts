import type { Command } from 'commander';
import { exitCodes } from './exit-codes.ts';
import type { Kit } from './program.ts';

export function auditCommands(program: Command, kit: Kit): void {
  const audit = program.command('audit').description(kit.text('audit'));
  kit.withDesk(
    kit.command(audit, 'verify', 'auditVerify', async ({ terminal, withDoor }) => {
      const verified = await withDoor((door) =>
        door.call<{ entries: number; brokenAt: number | null }>('GET', '/api/audit/verification'),
      );
      const { entries, brokenAt } = verified;
      terminal.result(verified, () =>
        brokenAt === null
          ? terminal.say('auditHolds', { entries })
          : terminal.say('auditBroken', { entries, brokenAt }),
      );
      return brokenAt === null ? exitCodes.ok : exitCodes.failed;
    }),
  );
}
