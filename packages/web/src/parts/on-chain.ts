import { createContext, use } from 'react';

/** The chain that the addresses and transactions of a part of a page are of; null where they are of several. */
export const ChainContext = createContext<string | null>(null);
export const useChain = (): string | null => use(ChainContext);
