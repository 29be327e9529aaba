export type { AccountRows, Block, BlockEntry, Coverage, LedgerWriter, Movement, MovementKind } from './model.ts';
