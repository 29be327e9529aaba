import { z } from 'zod';

// Zod would compile its schemas with `new Function`, which the content security policy forbids; it tries when a schema is
// made, so this must be imported before the contract.
z.config({ jitless: true });
