import type { Bounds } from './model.ts';

/**
 * Bounds of a trace that names none. Hops: what a page and an evidence package can still carry. Addresses: at a few
 * milliseconds for some thousand addresses in one read, a trace at this bound ends within seconds. Movements of one address:
 * a person's wallet has fewer after a theft; an address with more is a service that no tag names yet.
 */
export const defaultBounds: Bounds = { hopsMax: 50_000, addressesMax: 20_000, movementsPerAddressMax: 5_000 };
